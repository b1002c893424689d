"""A sound criteria set in, what it says in vain or unclearly out, all of it warnings; never a score."""
