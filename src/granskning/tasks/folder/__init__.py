"""A working folder opened, scored and saved: what all other tasks begin with."""
