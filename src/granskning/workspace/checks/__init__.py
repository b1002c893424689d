"""A model in, findings out: one file a family of rules. Never changes what it reads."""
