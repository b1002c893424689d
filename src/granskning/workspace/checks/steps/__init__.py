"""One step of a criteria set in, findings about its own numbers out; it never looks at other steps."""
