"""Documents and quotations brought together: a folder in, where its quotations stand and what a search finds out."""
