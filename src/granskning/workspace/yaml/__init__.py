"""Text and values: reads YAML with its places, and cuts edits into it. Knows nothing of the field."""
