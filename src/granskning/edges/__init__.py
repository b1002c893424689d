"""The doors to the world: disk, git, PDF. They know the nouns and nothing else."""
