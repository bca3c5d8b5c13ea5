"""Where articles come from: adapters that turn foreign bytes into domain data."""
