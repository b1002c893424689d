"""The colours of the reports by name, which a working folder's own style sheet may change. Values only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_STYLE = "style.css"
"""The name of the workspace's own style sheet among its templates."""

_PAPER, _NIGHT, _INK = "#ffffff", "#141417", "#1b1b1f"
_READABLE = 4.5

PALETTE: Mapping[str, tuple[str, str, float]] = {
    "--accent": ("#0b5c66", _PAPER, _READABLE),
    "--accent-on-dark": ("#7cc7d0", _NIGHT, _READABLE),
    "--ink": ("#1b1b1f", _PAPER, _READABLE),
    "--quiet": ("#55555c", _PAPER, _READABLE),
    "--tint": ("#f1f6f6", _INK, _READABLE),
    "--level-1": ("#d5e7e9", _INK, _READABLE),
    "--level-2": ("#a9cdd1", _INK, _READABLE),
    "--level-3": ("#6aa9b0", _INK, _READABLE),
    "--women": ("#5b3a8e", _PAPER, _READABLE),
    "--men": ("#0a5f4c", _PAPER, _READABLE),
}
"""The colours of the reports by name: as they ship, what they stand against, and the contrast that takes."""
