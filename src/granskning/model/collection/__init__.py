"""What a collection of working folders is, and what its strategies come to: values alone, which know no file."""
