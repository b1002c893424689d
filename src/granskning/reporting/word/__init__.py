"""A report's page in, a Word document out: real styles, headings and tables, for those who take text from it."""
