"""On a shared page: a request and its user in, whether it may be done and a line of the log out; never a review."""
