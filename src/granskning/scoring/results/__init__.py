"""What scoring says, as values: numbers, scored answers and cards. Never works anything out from answers."""
