"""What every report is made of: facts, badges and grids. Never a word about a result."""
