"""Agreement of reviewers as exact numbers: their reviews in, coefficients with intervals out. Never words."""
