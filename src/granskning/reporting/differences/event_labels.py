"""What happened at a moment of a line of time, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.wording.uncounted import code_reason, is_readable_yet_left_out, unassessed_reason

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


def event_label(moment: Moment, t: Translator, *, verbose: bool) -> str:
    """What happened, in words, and what the commit said of it."""
    source = moment.source or ""
    words = [t(EVENTS[event], source=source[:_SHORT] if event == "reverted" else source) for event in moment.events]
    if moment.broken and is_readable_yet_left_out(moment.broken[0]) and "broken" in moment.events:
        words[moment.events.index("broken")] = t("not counted")
    words.append(_why(moment, t))
    events = ", ".join(word for word in words if word).replace(", (", " (")
    who = f" – {moment.author}" if verbose and moment.author else ""
    return f"{events}: {moment.subject}{who}" if moment.subject else f"{events}{who}"


def _why(moment: Moment, t: Translator) -> str:
    """Why there is no result, in brackets; empty where there is one."""
    if moment.broken:
        code, row, file = moment.broken
        if is_readable_yet_left_out(code) and file == moment.file and "broken" in moment.events:
            return f"({code_reason(code, t)})"
        if file != moment.file:
            return f"({code}, {file})"
        return f"({t('{code}, line {line}', code=code, line=row)})" if row else f"({code})"
    if not moment.unassessed:
        return ""
    if moment.reviews is None:
        return f"({t('nothing is judged')})"
    files = [f"{file.rpartition('/')[2]} {code}".strip() for file, code in moment.left_out]
    reason = unassessed_reason(len(files), t)
    return f"({reason}: {', '.join(files)})" if files else f"({reason})"
