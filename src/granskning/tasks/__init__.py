"""The only place where doors and rooms meet: one file for each thing that a user asks for."""
