"""Records beside the answers: what was sought for a review, which documents belong to a strategy. Judges nothing."""
