"""The page where reviews are filled in: a face like the command line. Request → task → response, nothing else."""
