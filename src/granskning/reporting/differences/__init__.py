"""The told_findings of a difference: two versions compared in, lines and blocks out. Never compares by itself."""
