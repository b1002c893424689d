"""Figures over a collection in, its report out: shares, ranks as intervals, and what is not compared, in words."""
