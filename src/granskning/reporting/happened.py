"""What happened at a moment of a line of time, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.scoring.timeline import Event, Moment

EVENTS: dict[Event, str] = {
    "begins_here": N_("the history begins here"),
    "added": N_("new"),
    "changed": N_("changed"),
    "criteria": N_("the criteria changed"),
    "moved": N_("moved from {source}"),
    "renamed": N_("renamed from {source}"),
    "deleted": N_("deleted"),
    "reborn": N_("back again"),
    "reverted": N_("as it was in {source}"),
    "merged": N_("lines merged"),
    "broken": N_("broken"),
    "mended": N_("mended"),
    "uncommitted": N_("not saved with git"),
}
"""What happened, in words."""
_SHORT = 8


def happened(one: Moment, t: Translator, *, verbose: bool) -> str:
    """What happened, in words, and what the commit said of it."""
    source = one.source or ""
    words = [t(EVENTS[event], source=source[:_SHORT] if event == "reverted" else source) for event in one.events]
    if one.broken:
        code, row, file = one.broken
        told = (
            code
            if file == one.file and not row
            else f"{code}, {file}"
            if file != one.file
            else t("{code}, line {line}", code=code, line=row)
        )
        words.append(f"({told})")
    events = ", ".join(words).replace(", (", " (")
    who = f" – {one.author}" if verbose and one.author else ""
    return f"{events}: {one.subject}{who}" if one.subject else f"{events}{who}"
