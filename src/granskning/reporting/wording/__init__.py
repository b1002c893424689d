"""Results and how they came about, in words: a scored review in, sentences and lines out. Never a page."""
