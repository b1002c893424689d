"""Changes to the files of a folder, each guarded by what was read before. Never overwrites what it has not seen."""
