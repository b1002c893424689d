"""What begins on the page: a folder, a strategy with its document, an edition, a review; and decisions."""
