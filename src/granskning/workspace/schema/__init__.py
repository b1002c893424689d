"""Values against their schema, and sound values into the model; never a judgement on the content."""
