"""Criteria compiled and evaluated: a plan and answers in, results out. Only scoring itself looks in here."""
