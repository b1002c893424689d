"""Reports made, printed and written. Never scores by rules of its own."""
