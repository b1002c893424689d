"""Counts over many organisations in, figures out: shares, ranks as intervals, groups too small to name. No words."""
