"""Agreement of raters as exact numbers: ratings in, coefficients with intervals out. Never words, never a review."""
