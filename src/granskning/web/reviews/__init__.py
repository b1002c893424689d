"""Reviews and rounds on the page: shown, filled in, handed in, approved and previewed."""
