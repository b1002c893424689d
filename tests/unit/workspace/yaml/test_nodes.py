"""Where a value stands in a YAML text, and where its own characters end."""

from __future__ import annotations

import pytest

from granskning.workspace.yaml import nodes
from granskning.workspace.yaml.nodes import YamlDocument

TEXT = """\
# top
title: T  # words
list:
- a: 1
  b: [x, {y: z}]

# about the next
- c: |
    one

    two

  d: {}
- - deep
empty:
last: >-
  folded
  text
# end
"""


def own(text: str, *path: str | int) -> str:
    """A value's own characters."""
    document = YamlDocument(text)
    spot = document.find(path)
    assert spot is not None
    return text[spot.node.start_mark.index : document.end(spot.node)]


@pytest.mark.parametrize(
    ("path", "characters"),
    [
        (("title",), "T"),
        (("list", 0), "a: 1\n  b: [x, {y: z}]"),
        (("list", 0, "b"), "[x, {y: z}]"),
        (("list", 0, "b", 1), "{y: z}"),
        (("list", 0, "b", 1, "y"), "z"),
        (("list", 1, "c"), "|\n    one\n\n    two"),
        (("list", 1), "c: |\n    one\n\n    two\n\n  d: {}"),
        (("list", 2), "- deep"),
        (("list", 2, 0), "deep"),
        (("empty",), ""),
        (("last",), ">-\n  folded\n  text"),
    ],
)
def test_the_characters_of_a_value(path: tuple[str | int, ...], characters: str) -> None:
    assert own(TEXT, *path) == characters
    assert own(TEXT.replace("\n", "\r\n"), *path) == characters.replace("\n", "\r\n")


def test_the_whole_text_is_found_by_the_empty_path() -> None:
    spot = YamlDocument(TEXT).find(())
    assert spot is not None
    assert (spot.key, spot.parent, spot.flow) == (None, None, False)
    whole = YamlDocument("{a: 1}\n").find(())
    assert whole is not None
    assert whole.flow


@pytest.mark.parametrize(
    "path",
    [
        ("none",),
        ("list", 3),
        ("list", -1),
        ("list", "0"),
        ("title", "x"),
        ("title", 0),
        ("list", 0, "a", 0),
        ("list", 0, 0),
    ],
)
def test_a_path_that_leads_nowhere(path: tuple[str | int, ...]) -> None:
    assert YamlDocument(TEXT).find(path) is None


def test_whether_a_value_is_within_a_flow() -> None:
    document = YamlDocument(TEXT)
    for path, flow in (
        (("list", 0, "a"), False),
        (("list", 0, "b"), False),
        (("list", 0, "b", 0), True),
        (("list", 0, "b", 1, "y"), True),
    ):
        spot = document.find(path)
        assert spot is not None
        assert spot.flow is flow
    second = document.find(("list", 1))
    assert second is not None
    assert second.place == 1


def test_what_stands_after_a_key_and_where_an_item_has_its_mark() -> None:
    document = YamlDocument(TEXT)
    ends: dict[tuple[str | int, ...], str] = {
        ("title",): "title:", ("list", 0, "b"): "b:", ("list", 0): "list:\n-", ("list", 1): "next\n-",
        ("list", 2): "d: {}\n-", ("list", 2, 0): "- -",
    }  # fmt: skip
    for path, before in ends.items():
        spot = document.find(path)
        assert spot is not None
        assert TEXT[: document.after_key(spot)].endswith(before)
    airy = "a:\n  -   x\n\n  # c\n\n  - y\n"
    spot = YamlDocument(airy).find(("a", 1))
    assert spot is not None
    assert YamlDocument(airy).column(spot) == 2


@pytest.mark.parametrize(
    ("path", "on_line", "below"),
    [
        (("title",), "T", None),
        (("list", 0, "b"), "[x, {y: z}]", None),
        (
            ("list",),
            "",
            "\n- a: 1\n  b: [x, {y: z}]\n\n# about the next\n- c: |\n    one\n\n    two\n\n  d: {}\n- - deep",
        ),
        (("list", 0), "a: 1\n  b: [x, {y: z}]", None),
        (("list", 1, "c"), "|", "\n    one\n\n    two"),
        (("last",), ">-", "\n  folded\n  text"),
        (("empty",), "", None),
    ],
)
def test_what_of_a_value_is_on_its_line_and_what_below(
    path: tuple[str | int, ...], on_line: str, below: str | None
) -> None:
    document = YamlDocument(TEXT)
    spot = document.find(path)
    assert spot is not None
    start, end, lines = document.extent(spot)
    assert TEXT[start:end] == on_line
    assert (None if lines is None else TEXT[lines[0] : lines[1]]) == below


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a: |\n    x\n", 4),
        ("a: |\n\n   x\n", 3),
        ("a: |2\n    x\n", 2),  # told in the header: two beyond its key
        ("a: |\n", 2),
        ("a:\n  b: >-\n       x\n", 7),
    ],
)
def test_how_far_in_the_content_of_a_block_stands(text: str, column: int) -> None:
    document = YamlDocument(text)
    spot = document.find(("a", "b") if "b:" in text else ("a",))
    assert spot is not None
    assert document.block_column(spot) == column
    item = YamlDocument("a:\n   - |\n")
    of_item = item.find(("a", 0))
    assert of_item is not None
    assert item.block_column(of_item) == 5


@pytest.mark.parametrize(
    ("text", "step", "dash"),
    [
        ("a: 1\n", 2, 2),
        ("a:\n    b: 1\nc:\n- x\n", 4, 0),
        ("a:\n    - b:\n         c: 1\n", 3, 4),
        ("a: {b: 1}\nc: [x]\nd:\n   e:\n     f: 1\n", 3, 2),
        ("- a:\n     b: 1\n- c:\n    d: 1\n", 3, 2),
    ],
)
def test_how_a_text_indents(text: str, step: int, dash: int) -> None:
    document = YamlDocument(text)
    assert (document.step, document.dash) == (step, dash)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("a\nb\r\nc\r\n", "\r\n"),
        ("a\nb\nc\r\n", "\n"),
        ("a\rb\rc\n", "\r"),
        ("", "\n"),
        ("a\nb\r\n", "\n"),
        ("a\r\n", "\r\n"),
    ],
)
def test_the_usual_line_end(text: str, end: str) -> None:
    assert nodes.usual_line_end(text) == end


def test_lines_and_their_ends() -> None:
    text = "ab\r\ncd\nef\rgh"
    for at, start, end, following in ((1, 0, 2, 4), (4, 4, 6, 7), (8, 7, 9, 10), (11, 10, 12, 12), (12, 10, 12, 12)):
        assert (nodes.line_start(text, at), nodes.line_end(text, at), nodes.next_line(text, at)) == (
            start,
            end,
            following,
        )
    assert [nodes.previous_end(text, at) for at in (1, 4, 7, 10)] == [0, 2, 6, 9]
    assert [nodes.line_start(text, 2) for text in ("\nab", "\rab", "ab\n")] == [1, 1, 0]
    assert [nodes.previous_end(text, 2) for text in ("\r\nab", "\n\nab", "ab")] == [0, 1, 0]
    assert nodes.is_first_on_line("  a b", 2)
    assert not nodes.is_first_on_line("  a b", 4)
    assert nodes.is_first_on_line("x\n  a", 4)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a: 1\n# c\n# d\nb: 2\n", 5),
        ("a: 1\n# c\n\nb: 2\n", 10),
        ("a: 1\n  # c\nb: 2\n", 11),  # not equally far in
        ("# c\nb: 2\n", 0),
        ("b: 2\n", 0),
        ("a: 1 # c\nb: 2\n", 9),
        ("a: 1\r\n# c\r\nb: 2\r\n", 6),
    ],
)
def test_the_comments_right_above_belong_to_a_line(text: str, start: int) -> None:
    assert nodes.comments_above(text, text.index("b:")) == start


def test_comments_above_a_line_that_is_further_in() -> None:
    text = "a:\n  # c\n  b: 1\n"
    assert nodes.comments_above(text, text.index("b:")) == 3


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("a: |\n  x\n\n# c\nb: 1\n", "a: |\n  x"),
        ("a: |+\n  x\n\n\nb: 1\n", "a: |+\n  x\n\n"),
        ("a: | # +\n  x\n\n\nb: 1\n", "a: | # +\n  x"),
        ("a: |\n  x\n   \nb: 1\n", "a: |\n  x\n   "),
        ("a: |\n  x\n  \nb: 1\n", "a: |\n  x"),
        ("a: |\n\n\nb: 1\n", "a: |"),
        ("a: |\n  x\n # c\nb: 1\n", "a: |\n  x"),
        ("a: |2\n    x\n   y\nb: 1\n", "a: |2\n    x\n   y"),
        ("a: >\n  x\n\n  y\n", "a: >\n  x\n\n  y"),
        ("a: |2\n\n    x\n   y\nb: 1\n", "a: |2\n\n    x\n   y"),
    ],
)
def test_where_a_block_ends(text: str, ended: str) -> None:
    document = YamlDocument(text)
    spot = document.find(("a",))
    assert spot is not None
    assert text[: document.end(spot.node)] == ended


def test_whether_children_are_parted_by_empty_lines() -> None:
    def is_airy(text: str) -> bool:
        document = YamlDocument(text)
        node = document.root
        starts = [nodes.first_of(child).start_mark.index for child in node.value]
        return document.is_airy(node, starts)

    assert is_airy("a: 1\n\nb: 2\n")
    assert is_airy("a: 1\r\n  \r\nb: 2\r\n")
    assert not is_airy("a: 1\nb: 2\n\nc: 3\n")
    assert not is_airy("a: 1\n")
    assert is_airy("- a\n\n- b\n")
    assert nodes.last_of((1, 2)) == 2
    assert nodes.last_of(3) == nodes.first_of(3) == 3
