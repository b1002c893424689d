"""Everything from results to a page: values in, a Report out; a Report and templates in, HTML out.

A `Report` holds all that a page may print, as words and plain numbers in the reader's language. The templates only
place them. So the same report makes the PDF and the page on the screen, and its canonical text is its own cache key.
"""
