"""Shows the page in the user's browser, when the user asks for that."""

from __future__ import annotations

from granskning.edges.machine import open_address

__all__ = ["open_address"]
