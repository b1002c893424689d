"""A model in, an Excel workbook out, and back again. Never writes a file."""
