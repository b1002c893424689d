"""The command line: one file a command, one error boundary, nothing that knows how the work is done."""
