"""Criteria sets made and changed: brought in from tables and libraries, edited part by part, tried. Writes guarded."""
