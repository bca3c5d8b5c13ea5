"""The Bot API over HTTP: from a request to a method and its envelope."""
