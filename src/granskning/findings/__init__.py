"""What can be wrong in a folder: findings, the rules they break, and what was probably meant. Values, never a check."""
