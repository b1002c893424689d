"""Readers of files that somebody else has made: bytes in, plain values out, each in a process with limits.

Only `reading` is called from outside. The libraries that take such files apart are loaded nowhere else, and never in
the process that asks.
"""
