"""A workspace and its scores in, tables out, as CSV, JSON, Parquet or a database. Never writes a file."""
