from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.workspace.public import public_form
from granskning.workspace.yaml.source import decode, read

ROOT = Path(__file__).parents[4]
FOLDERS = ("criteria", "strategies", "tests/cases/base")


def values(data: bytes) -> object:
    text = decode(data)
    assert isinstance(text, str)
    return read(text).value


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_ships_says_the_same_without_comments(folder: str) -> None:
    files = list((ROOT / folder).rglob("*.yaml"))
    assert files
    for path in files:
        shorter = public_form(path.read_bytes())
        assert values(shorter) == without_notes(values(path.read_bytes())), path
        assert not shorter.startswith(b"{"), f"{path} is written out anew"
        assert not any(line.lstrip().startswith("#") for line in shorter.decode().splitlines()), path
        assert public_form(shorter) == shorter, path


def without_notes(value: Any) -> Any:
    if value["schema"] == "granskning/review/1":
        for answer in value["answers"].values():
            (answer or {}).pop("note", None)
    return value


def review(body: str, head: str = "") -> bytes:
    return f"{head}schema: granskning/review/1\nanswers:\n{body}".encode()


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("  a:\n    level: 1\n    note: >-\n      hemligt\n      mer\n  b:\n    level: 2\n",
         "  a:\n    level: 1\n  b:\n    level: 2\n"),
        ("  a:\n    note: hemligt  # och mer\n    level: 1\n", "  a:\n    level: 1\n"),
        ("  a:\n    note: |-\n      x\n\n      y\n    level: 1\n", "  a:\n    level: 1\n"),
        ("  a:\n    note:\n    level: 1\n", "  a:\n    level: 1\n"),
        ("  a:\n    note: 'hemligt\n      mer'\n    level: 1\n", "  a:\n    level: 1\n"),
        ("  a:\n    note: hemligt\n", "  a:\n"),
        ("  a:\n    level: 1  # varför\n    # hemlig kommentar\n", "  a:\n    level: 1\n"),
        ("  a:\n    justification: >-\n      Se #1 och\n      # det här hör dit.\n      slut\n   # men inte det här\n",
         "  a:\n    justification: >-\n      Se #1 och\n      # det här hör dit.\n      slut\n"),
        ('  a:\n    justification: "a # b"  # c\n', '  a:\n    justification: "a # b"\n'),
        ("  a:\n    justification: a#b\n", "  a:\n    justification: a#b\n"),
        ("  a:\n    justification: >-  # c\n      x\n", "  a:\n    justification: >-\n      x\n"),
    ],
)  # fmt: skip
def test_comments_and_notes_are_cut_out(body: str, wanted: str) -> None:
    assert public_form(review(body, "# yaml-language-server: x\n")).decode() == review(wanted).decode()


@pytest.mark.parametrize(
    "body",
    ["  a: {level: 1, note: hemligt}\n", "  a: {note: hemligt, level: 1}\n", "  {a: {level: 1, note: hemligt}}\n"],
)
def test_what_cannot_be_cut_is_written_out_anew(body: str) -> None:
    shorter = public_form(review(body))
    assert b"hemligt" not in shorter
    assert values(shorter) == {"schema": "granskning/review/1", "answers": {"a": {"level": 1}}}


def test_notes_elsewhere_are_published() -> None:
    text = b"schema: granskning/strategy/1\neditions:\n  - note: allm\xc3\xa4n\nanswers:\n  a:\n    note: kvar\n"
    assert public_form(text) == text


def test_line_ends_and_byte_order_marks() -> None:
    assert public_form(b"\xef\xbb\xbfa: 1\r\n# x\r\nb: 2\r\n") == b"a: 1\nb: 2\n"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a: [ # hemligt", b""])
def test_nothing_is_published_of_what_cannot_be_read(data: bytes) -> None:
    assert public_form(data) == b""


PROSE = st.text(st.sampled_from("ab #:'\"\n-|>å"), max_size=30)


@given(st.lists(st.tuples(st.sampled_from("abc"), PROSE), max_size=4, unique_by=lambda pair: pair[0]), PROSE)
def test_no_note_is_left_and_nothing_else_is_lost(pairs: list[tuple[str, str]], note: str) -> None:
    lines = []
    for key, text in pairs:
        block = "".join(f"      {line}\n" for line in f"x{text}".split("\n"))
        secret = "".join(f"      {line}\n" for line in f"HEMLIGT{note}".split("\n"))
        lines.append(f"  {key}:\n    justification: |-\n{block}    note: >-\n{secret}    level: 1 # HEMLIGT\n")
    data = review("".join(lines) or "  z:\n")
    before = values(data)
    shorter = public_form(data)
    assert b"HEMLIGT" not in shorter
    after = values(shorter)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert after["answers"] == {
        key: ({name: value for name, value in answer.items() if name != "note"} if answer else answer)
        for key, answer in before["answers"].items()
    }


def test_who_has_a_role_is_not_published_and_what_it_is_called_is() -> None:
    text = (
        "schema: granskning/workspace/1\norganisation: O\ncriteria: c\nroles:\n  chef:\n    title: chef\n"
        "    may: [approve]\n    users: [cia]\n"
    )
    shown = public_form(text.encode()).decode()
    assert "cia" not in shown
    assert "approve" not in shown
    assert '"title":"chef"' in shown
