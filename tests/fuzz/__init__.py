"""Fuzzing of every door: a file for each door, one judge, one loop, and the inputs that once broke the law."""
