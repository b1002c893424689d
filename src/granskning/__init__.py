"""granskning reviews public strategies against target pictures."""

__version__ = "0.1.0"
