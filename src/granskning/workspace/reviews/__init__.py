"""A review or its actions in, what is wrong in them out: answer by answer, with their evidence. Never a score."""
