"""Several working folders at once: found, read one after the other, checked, exported and reported on together."""
