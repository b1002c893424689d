"""Data in and out of a folder, and the state of the installation."""
