"""A criteria set as rows of texts in one language: what a workbook, a CSV file and the page show of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.model.question_fields import ABOUT_FIELDS, YES
from granskning.tasks.criteria.question_edits import row_of, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def about_row(values: Mapping[str, Any], language: str) -> dict[str, str]:
    """What is said of the set itself."""
    own = str(values.get("language") or "sv")
    texts = {key: values.get(key) if key in ("id", "version", "owner", "language") else
             text_in(values.get(key), language, own) for key in ABOUT_FIELDS}  # fmt: skip
    return {key: str(text) for key, text in texts.items() if text}


def scale_rows(values: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """The levels of the usual scale, lowest first; none where it is a range of numbers."""
    own = str(values.get("language") or "sv")
    scales = values.get("scales") or [{}]
    levels = values.get("scale") or scales[0].get("levels") or []
    return [
        {
            "value": str(level.get("value")),
            "label": text_in(level.get("label"), language, own),
            "description": text_in(level.get("description"), language, own),
            "means_missing": YES if level.get("means_missing") is True else "",
        }
        for level in levels
    ]


def question_rows(values: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """A row for each question, in the order of the set, with its id and what its target is called."""
    own = str(values.get("language") or "sv")

    def walk(targets: Any) -> Iterator[dict[str, str]]:
        for target in targets or ():
            head = {"target": text_in(target.get("title"), language, own),
                    "target.picture": text_in(target.get("picture"), language, own)}  # fmt: skip
            for criterion in target.get("criteria") or ():
                yield {"id": str(criterion.get("id")), **head, **row_of(criterion, language, own)}
            yield from walk(target.get("targets"))

    return list(walk(values.get("targets")))
