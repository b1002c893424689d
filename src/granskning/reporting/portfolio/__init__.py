"""The reports of many strategies together: values in, Report out. Never HTML."""
