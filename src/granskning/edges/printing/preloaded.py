"""What prints, loaded by being named: for the process that printing workers are forked from."""

from __future__ import annotations

from granskning.edges.printing.pdf import load_printing

load_printing()
