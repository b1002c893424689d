"""Text × edits → text: only what is edited changes, and what comes out is proved to say what was meant.

    edit_text(text, [Set(("answers", "resor-vardag", "level"), 2)], order)

Comments, order, quotation marks, indentation, line ends, a byte order mark and a missing last line end stay as they
are. The new text is read by the strict reader and compared with the value meant; where they differ, or where the text
has faults of its own, nothing is changed and EditRefusedError says why. Never writes a file; a task does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from granskning.errors import EditRefusedError
from granskning.i18n import N_
from granskning.workspace.yaml.edits import Insert, Set, apply_edit, is_same, smaller_edits, spell
from granskning.workspace.yaml.source import TEXTS, Fault, decode, read
from granskning.workspace.yaml.splice import splice
from granskning.workspace.yaml.yaml_text import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.findings.finding import Path
    from granskning.workspace.yaml.edits import Edit
    from granskning.workspace.yaml.splice import Order

_MARK = b"\xef\xbb\xbf"
_HARMLESS = frozenset({"GR108"})
"""Faults of a text that do not hinder an edit elsewhere in it."""


def unordered(path: Path) -> Sequence[str]:  # noqa: ARG001  # an order knows nothing of any path
    """The order that puts every new key last."""
    return ()


def edit_bytes(data: bytes, edits: Sequence[Edit], order: Order = unordered) -> bytes:
    """The bytes of a file after the edits."""
    text = decode(data)
    if isinstance(text, Fault):
        raise _broken(text)
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + edit_text(text, edits, order).encode()


def edit_text(text: str, edits: Sequence[Edit], order: Order = unordered) -> str:
    """The text after the edits, one after another; the same text where they change nothing."""
    values = _values(text)
    out = text
    for edit in map(as_read, edits):
        for small in smaller_edits(values, edit):
            values = apply_edit(values, small)
            try:
                out = splice(out, small, order)
            except (yaml.YAMLError, ValueError) as error:
                raise _unproved(small) from error
    if out != text:
        _prove(out, values, edits)
    return out


def as_read(edit: Edit) -> Edit:
    """The edit as it will be read back: a number under a key whose values are text is that text."""
    if isinstance(edit, Set):
        return replace(edit, value=_as_read(edit.value, edit.path[-1]))
    return replace(edit, value=_as_read(edit.value, None)) if isinstance(edit, Insert) else edit


def _as_read(value: Any, key: str | int | None) -> Any:
    if isinstance(value, dict):
        return {name: _as_read(content, name) for name, content in value.items()}
    if isinstance(value, list):
        return [_as_read(content, None) for content in value]
    return inline(value) if key in TEXTS and type(value) in (int, float) else value


def _values(text: str) -> Any:
    reading = read(text)
    faults = [fault for fault in reading.faults if fault.code not in _HARMLESS]
    if faults or not reading.whole:
        raise _broken(faults[0]) if faults else EditRefusedError(_NOT_READ, _MEND, line=1)
    return reading.value


def _prove(out: str, meant: Any, edits: Sequence[Edit]) -> None:
    reading = read(out)
    faults = [fault for fault in reading.faults if fault.code not in _HARMLESS]
    if faults or not reading.whole or not is_same(reading.value, meant):
        raise _unproved(edits[0])


_NOT_READ = N_("the file cannot be edited before its fault on line {line} is mended")
_MEND = N_("see: granskning check")


def _broken(fault: Fault) -> EditRefusedError:
    return EditRefusedError(_NOT_READ, _MEND, line=fault.place.line)


def _unproved(edit: Edit) -> EditRefusedError:
    message = N_("{path} cannot be edited without touching more of the file, so nothing was changed")
    return EditRefusedError(message, N_("make the change in a text editor"), path=spell(edit.path))
