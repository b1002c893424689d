"""A report and templates in, HTML out. Never decides what is said."""
