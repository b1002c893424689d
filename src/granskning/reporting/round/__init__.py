"""The report of one round, with several reviewers: values in, Report out. Never HTML."""
