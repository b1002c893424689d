"""Indicators as they are written and as they were read go in, what is wrong in them comes out; nothing is fetched."""
