"""Laws of exact edits, over the shipped reviews and made ones: what is meant is what is read, and all else stays."""

from __future__ import annotations

import random
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tries import tries

from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.yaml.edit import as_read, edit_bytes, edit_text
from granskning.workspace.yaml.edits import MISSING, Edit, Insert, Remove, Set, apply_edit, is_same, value_at
from granskning.workspace.yaml.source import read

ROOT = Path(__file__).parent.parent.parent
REVIEWS = sorted((ROOT / "strategies").glob("*/reviews/*/*.yaml"))
FILES = [*REVIEWS, *(ROOT / "strategies").glob("*/actions.yaml"), *(ROOT / "strategies").glob("*/strategy.yaml")]

WORDS = (  # noqa: SIM905  # easier to read
    "mål: cykel # nej 'citat' \"hej\" ja no 2024-05-01 1:30 åäö — – \\ {a} [b] & * ! % @ ` | > - ? 5 0x1f null ~ 🙂 "
    "resor till förskola och vård behöver fungera för kvinnor och män i hela länet, också kvällar"
).split()
AWKWARD = (
    "ja", "no", "true", "null", "~", "5", "#",
    "# x", "a #b", "a: b", "a:", ": b", "- x", "---", "--- x", "...",
    "? x",
    "! x", "&a", "*a", "%a", "@a", "`a", "|", ">-", "{", "}", "[", "]", ",", "'", '"', "\\", "  x", "x ", " x ", "x\n",
    "\nx", "x\n\n", "rad 1\nrad 2", "stycke\n\nstycke", "  in\nut", "a\n  b\nc", "a \nb", "\ttab", "a\tb", "🙂",
    "🙂 🙂",
    "\u00a0",
    "5\u00a0%", "\u2028", "a\u2029b", "\u0085", "a\u0007b", "\ufeff", "é", "<<", "<<<<<<< HEAD", "a" * 300, "ab " * 200,
    "1_000", "0123", "1.50", "=", "y", "Off", "2026-11-23", "x" * 90 + " # " + "y" * 30,
    "ord " * 30 + "- ord: " + "ord " * 20,
)  # fmt: skip


LAID_OUT = """\
schema: granskning/review/1
answers:
  # fråga
  a:
    level:  # nivå
    justification: enkel  # c
  b:
    level: 2
    justification: 'ett'
    evidence:
      - edition: remiss
        page: 14
        quote: >-  # d
          lång
          rad

        # kommentar
      - quote: |
          a

          b
  c: {justification: x, level: 1}
  d:
    justification: "två"
"""
"""Every style there is, with comments wherever one can be."""


def variants(data: bytes) -> list[bytes]:
    """The file as it is, with Windows line ends, with a byte order mark, and without its last line end."""
    windows = data.replace(b"\n", b"\r\n")
    return [
        data,
        windows,
        b"\xef\xbb\xbf" + data,
        b"\xef\xbb\xbf" + windows,
        data.rstrip(b"\n"),
        windows.rstrip(b"\r\n"),
    ]


def values_of(data: bytes) -> Any:
    reading = read(data.decode("utf-8-sig"))
    assert reading.whole
    return reading.value


def leaves(values: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    found = [path] if path else []
    for step, value in below:
        found += leaves(value, (*path, step))
    return found


def some_text(r: random.Random) -> str:
    return r.choice(AWKWARD) if r.random() < 0.4 else " ".join(r.choices(WORDS, k=r.randint(1, 40)))


def some_value(r: random.Random, depth: int = 0) -> Any:
    roll = r.random()
    if depth < 2 and roll < 0.1:
        return {
            r.choice(("edition", "quote", "page", "note", "text", "x-y")): some_value(r, depth + 1) for _ in range(3)
        }
    if depth < 2 and roll < 0.18:
        return [some_value(r, depth + 1) for _ in range(r.randint(1, 3))]
    if roll < 0.3:
        return r.choice((None, True, False, 0, 3, -1, 2.5, 1e-7, 12345678901.25, 10**17))
    return some_text(r)


def some_edit(r: random.Random, values: Any) -> Edit:
    paths = leaves(values)
    path = r.choice(paths)
    lists = [one for one in paths if isinstance(at(values, one), list)]
    maps = [one for one in paths if isinstance(at(values, one), dict)]
    roll = r.random()
    if roll < 0.2 and lists:
        chosen = r.choice(lists)
        return Insert(chosen, r.randint(0, len(at(values, chosen)) + 1), some_value(r))
    if roll < 0.35 and len(path) > 1:
        return Remove(path)
    if roll < 0.55 and maps:
        return Set(
            (*r.choice(maps), r.choice(("note", "justification", "nytt-svar", "recommendation", "page"))), some_value(r)
        )
    return Set(path, some_value(r))


def at(values: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        values = values[step]
    return values


def comments(data: bytes) -> list[bytes]:
    return [line.strip() for line in data.splitlines() if line.lstrip().startswith(b"#")]


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_edits_say_what_was_meant_and_touch_nothing_else(seed: int) -> None:
    r = random.Random(seed)  # noqa: S311  # the same edits each time
    for number in range(100):
        path = r.choice(FILES)
        data = r.choice(variants(path.read_bytes()))
        values = values_of(data)
        edit = some_edit(r, values)
        after = edit_bytes(data, [edit], order_of("review" if path in REVIEWS else path.stem))
        meant = apply_edit(values, as_read(edit))
        assert is_same(values_of(after), meant), (seed, number, path, edit)
        assert after.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
        if not data.replace(b"\r\n", b"").count(b"\n"):
            assert not after.replace(b"\r\n", b"").count(b"\n"), edit
        assert_same_outside(data, after, edit)


def span_of(data: bytes, path: tuple[str | int, ...]) -> tuple[int, int, bool]:
    """The bytes of the lines of a path's key and value (or the nearest there is), and whether it is there."""
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    text = data[mark:].decode()
    node: Any = yaml.compose(text, yaml.CSafeLoader)
    start = node
    whole = True
    for step in path:
        if isinstance(node, yaml.MappingNode) and step in [key.value for key, _ in node.value]:
            start, node = next(pair for pair in node.value if pair[0].value == step)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            start = node = node.value[step]
        else:
            whole = False
            break
    first = text.rfind("\n", 0, start.start_mark.index) + 1
    last = text.find("\n", node.end_mark.index) + 1 or len(text)
    return mark + len(text[:first].encode()), mark + len(text[:last].encode()), whole


def assert_same_outside(data: bytes, after: bytes, edit: Edit) -> None:
    """No byte has changed but on the lines of what was edited, and no comment outside it is gone."""
    if data == after:
        return
    path = edit.path
    if isinstance(edit, Remove) and len(at(values_of(data), path[:-1])) == 1:
        path = path[:-1]
    start, stop, whole = span_of(data, path)
    before, rest = data[:start], data[stop:]
    if isinstance(edit, Remove) and not rest and not data.endswith(b"\n"):
        before = before.removesuffix(b"\n").removesuffix(b"\r")  # a file without a line end at its end stays so
    assert after.startswith(before), edit
    # what follows a list item's first key moves up to its dash
    assert after.endswith(rest.lstrip() if isinstance(edit, Remove) else rest), edit
    if (isinstance(edit, Insert) or not whole) and at_or_nothing(data, edit.path) != []:
        kept = iter(after.splitlines())
        assert all(line in kept for line in data.splitlines()), edit  # what is added takes no line away
    inside = data[start:stop]
    lost = Counter(comments(data)) - Counter(comments(after))
    assert all(line in inside for line in lost), edit
    if not isinstance(edit, Remove) and not isinstance(at_or_nothing(data, edit.path), dict | list):
        assert not lost, edit


def at_or_nothing(data: bytes, path: tuple[str | int, ...]) -> Any:
    found = value_at(values_of(data), path)
    return None if found is MISSING else found


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_words_survive_everywhere(text: str) -> None:
    paths: list[tuple[str | int, ...]] = [
        ("answers", "a", "justification"), ("answers", "b", "justification"), ("answers", "b", "evidence", 0, "quote"),
        ("answers", "b", "evidence", 1, "quote"), ("answers", "c", "justification"), ("answers", "d", "justification"),
        ("answers", "a", "recommendation"), ("answers", "c", "note"), ("answers", "e", "justification"),
        ("answers", "b", "evidence", 0, "section"), ("answers", "a", "level"),
    ]  # fmt: skip
    for path, (variant, data) in product(paths, enumerate(variants(LAID_OUT.encode()))):
        after = edit_bytes(data, [Set(path, text)])
        assert at(values_of(after), path) == text, (path, variant)
        assert comments(data) == [one for one in comments(after) if one in comments(data)], (path, variant)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_inserted_and_removed_leaves_no_trace(seed: int) -> None:
    r = random.Random(seed)  # noqa: S311  # the same edits each time
    for _ in range(40):
        path = r.choice(FILES)
        data = r.choice(variants(path.read_bytes()))
        values = values_of(data)
        lists = [one for one in leaves(values) if isinstance(at(values, one), list) and at(values, one)]
        maps = [one for one in leaves(values) if isinstance(at(values, one), dict) and at(values, one)]
        value = some_value(r)
        if r.random() < 0.5 and lists:
            chosen = r.choice(lists)
            index = r.randint(0, len(at(values, chosen)))
            there = edit_bytes(data, [Insert(chosen, index, value)])
            assert edit_bytes(there, [Remove((*chosen, index))]) == data, (path, chosen, index)
        else:
            chosen = r.choice(maps)
            there = edit_bytes(data, [Set((*chosen, "helt-nytt"), value)], lambda _: ())
            assert edit_bytes(there, [Remove((*chosen, "helt-nytt"))]) == data, (path, chosen)


@given(st.text(), st.sampled_from(["plain", "'q'", '"d"', ">-\n    f", "|-\n    l", ""]))
@tries(300)
def test_any_text_can_take_the_place_of_any(text: str, old: str) -> None:
    source = f"a:\n  quote: {old}\n  # c\n  b: 1\n"
    if "\ud800" <= max(text, default="") <= "\udfff" or any("\ud800" <= c <= "\udfff" for c in text):
        return
    after = edit_text(source, [Set(("a", "quote"), text)])
    assert read(after).value == {"a": {"quote": text, "b": 1}}
    assert after.endswith("\n  # c\n  b: 1\n")
    assert edit_text(after, [Set(("a", "quote"), "plain")]).endswith("\n  # c\n  b: 1\n")
