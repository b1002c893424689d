"""The report of one review: values in, Report out. Never HTML."""
