"""What becomes of a criteria set from version to version: what it declares, and what its questions keep in common."""
