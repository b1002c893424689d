"""Number series in, SVG out. Never looks at a review or its results by itself."""
