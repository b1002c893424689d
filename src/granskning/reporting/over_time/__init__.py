"""The reports of a strategy over time: moments and rounds in, Report out. Never reads git."""
