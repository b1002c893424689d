"""What git remembers, scored and compared. Never writes."""
