"""A folder of many tables' files, swapped in whole; and counting in such files with DuckDB, which few have."""
