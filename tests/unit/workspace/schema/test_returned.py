"""What the program once wrote is taken back only as it writes it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from granskning.workspace.schema.returned import read_cached, read_returned

KEY = "a" * 64
SOUND: dict[str, Any] = {
    "build": {"schema": "granskning/build/1", "outputs": {"index.html": {"key": KEY, "sha256": KEY}}},
    "moments": {"schema": "granskning/moments/2", "earlier": 0, "moments": []},
    "workbook": {"schema": "granskning/workbook/1", "language": "en", "answers": {}},
    "workbook#answer": {"level": 1, "evidence": []},
}
BRIEF = ["1,5", "", "value", 1.5, 1.5, None, 0.0, 3.0, 2, 2]
CACHED: dict[str, Any] = {
    "facts": [*["x"] * 9, 0, "full", ["a"], "m", "w"],
    "strategy": ["lan", {"remiss": "2026-01-01"}],
    "set": ["a@1.0.0", "d", "", "", "s", [["c", True, ["ig1"], ["lan"]]]],
    "outcome": [BRIEF, [["resor", BRIEF]], ["a", "1.0.0", "h", "s"]],
    "history": [[[["c", "d", "e", "f"], []], [BRIEF], [[0, 1, [], 0, ""]],
                 [["s", None, None, [[0, 1, ["f", None, None, None, None], 0, None, 1, [["f", "GR001"]], False]],
                   ["s"]]]], [], False],
    "document": {"pages": [{"text": "x", "label": None, "is_picture": False}],
                 "headings": [{"title": "Mål", "level": 1, "page": 1}], "has_pages": True},
    "verdict": {"status": "changed", "found_page": "14", "found_pdf_page": 16, "similarity": 0.9, "closest": "x",
                "changes": [{"quoted": "a", "in_document": ""}], "reason": None, "pages_disagree": False,
                "path": ["Mål"], "passage": {"page": 16, "start": 0, "last_page": 16, "end": 9}},
}  # fmt: skip
STRAY = ["", "{", "[1]", "1", '"x"', "true", "[]", "{}", "[" * 100_000, "NaN", '{"schema": NaN}', '["\\ud800"]']


@pytest.mark.parametrize("kind", SOUND)
def test_a_file_comes_back(kind: str) -> None:
    text = json.dumps(SOUND[kind])
    assert read_returned(kind, text) == read_returned(kind, text.encode()) == SOUND[kind]
    taken = [stray for stray in STRAY if read_returned(kind, stray) is not None]
    assert taken == (["{}"] if kind == "workbook#answer" else [])
    assert read_returned(kind, b"\xff\xfe") is None
    for broken in broken_forms(SOUND[kind]):
        assert broken == {} or "answers" in broken or read_returned(kind, json.dumps(broken)) is None, broken


@pytest.mark.parametrize("entry", CACHED)
def test_an_entry_of_the_cache_comes_back(entry: str) -> None:
    assert read_cached(entry, json.dumps(CACHED[entry])) == CACHED[entry]
    for text in (*STRAY, *map(json.dumps, broken_forms(CACHED[entry]))):
        with pytest.raises(ValueError):  # noqa: PT011  # one error for all
            read_cached(entry, text)


def broken_forms(values: Any) -> list[Any]:
    """The values with each part at the top replaced by an object in an object, which nothing of ours has there."""
    stray: Any = {"": {"": [{}]}}
    if isinstance(values, list):
        replaced = [[*values[:place], stray, *values[place + 1 :]] for place in range(len(values))]
        return [*replaced, values[:-1], [*values, 1]]
    return [{**values, key: stray} for key in values]
