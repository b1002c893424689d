"""Publications made, and verified by making them again."""
