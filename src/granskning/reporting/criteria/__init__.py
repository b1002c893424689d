"""The annex of a criteria set: what is the same in all its reviews, told once. Values in, Report out. Never HTML."""
