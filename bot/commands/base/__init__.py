"""What every command stands on: the request's context, callback data, names, guards."""
