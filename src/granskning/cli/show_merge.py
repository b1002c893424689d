"""What a workbook changes in a file, a part at a time: before and after, and where both have changed, all three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.wordings import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.i18n import Translator

_MOST = 160


def change_lines(head: str, before: Any, after: Any, t: Translator) -> Iterator[str]:
    """A part that is changed."""
    yield f"  {head}"
    yield f"    - {_shown(before, t)}"
    yield f"    + {_shown(after, t)}"


def clash_lines(head: str, values: tuple[Any, Any, Any], t: Translator) -> Iterator[str]:
    """A part that has been changed on both sides: what it was, what the file has, and what the workbook has."""
    yield f"  {head}: {t('changed both in the file and in the workbook; the file is left as it is')}"
    for place, value in zip((t("was"), t("in the file"), t("in the workbook")), values, strict=True):
        yield f"    {place}: {_shown(value, t)}"


def _shown(value: Any, t: Translator) -> str:
    """A part in one line, cut where it is long."""
    if isinstance(value, dict):
        words = [
            f"{t(STATES[key])}: {_shown(inner, t)}" if key in STATES else str(inner) for key, inner in value.items()
        ]
        text = ", ".join(words)
    elif isinstance(value, list):
        text = "; ".join(_item(item) for item in value)
    else:
        text = "" if value is None else str(value)
    text = " ".join(text.split())
    if not text:
        return t("(empty)")
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _item(item: dict[str, Any]) -> str:
    """Evidence in one line: where, and what stands there."""
    return ", ".join(str(value) for value in item.values() if value not in (None, ""))
