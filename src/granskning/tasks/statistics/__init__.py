"""Indicators fetched from their services, told apart from what is frozen, written whole or not at all; and shown."""
