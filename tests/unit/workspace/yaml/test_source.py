from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from granskning import files
from granskning.findings.finding import Place
from granskning.workspace.yaml.source import MAX_DEPTH, Fault, Locator, TextLines, YamlReading, decode, read, scalar

# --- scalars: the core rules of YAML 1.2, narrowed ------------------------------------------------------------------

TEXT = [
    "no", "No", "yes", "on", "off", "y", "n", "nej", "ja",  # YAML 1.1 would make truths of them
    "010", "007", "00", "-01", "0x1F", "0o17", "0b1", "1_000", "1,5", "+", "1e3", "1.", ".5", ".inf", "-.inf", ".nan",
    "12:30", "1:2:3", "190:20:30", "2026-11-23", "2026-11", "2026-11-23T10:00:00Z", "1.2.3", "1 000", "80 %",
    "nULL", "tRUE", "None", "null.", "~~", "å", "🙂", "a b",
]  # fmt: skip
OTHER: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "0": 0, "1": 1, "-1": -1, "+7": 7, "123456789012345678": 123456789012345678,
    "0.5": 0.5, "-1.25": -1.25, "+2.0": 2.0, "1.5e3": 1500.0, "1.5E-3": 0.0015,
}  # fmt: skip


@pytest.mark.parametrize("plain", TEXT)
def test_scalar_that_stays_text(plain: str) -> None:
    assert scalar(plain) == plain
    assert read(f"key: {plain}\n").value == {"key": plain}


@pytest.mark.parametrize("plain", OTHER)
def test_scalar_that_is_something_else(plain: str) -> None:
    value = read(f"key: {plain}\nlist: [{plain or '~'}]\n").value
    assert value == {"key": OTHER[plain], "list": [OTHER[plain]]}
    assert type(value["key"]) is type(OTHER[plain])


@pytest.mark.parametrize("style", ["'{}'", '"{}"', "|-\n  {}", ">-\n  {}"])
def test_quoted_scalars_are_text(style: str) -> None:
    for plain in (*TEXT[:9], *OTHER):
        if plain or style[0] in "'\"":
            assert read(f"key: {style.format(plain)}\n").value == {"key": plain}


@pytest.mark.parametrize("plain", ["no", "1", "2026-11", "true", "12:30", "1.5", "null"])
def test_keys_are_text(plain: str) -> None:
    assert read(f"{plain}: x\n").value == {plain: "x"}


def test_a_long_number_stays_exact_or_text() -> None:
    assert scalar("1234567890123456789012") == "1234567890123456789012"


# --- what is not allowed --------------------------------------------------------------------------------------------


def faults(text: str) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.place.line, fault.place.column) for fault in read(text).faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("GR102", 3, 1)]),
        ("x:\n  a: 1\n  'a': 2\n  a: 3\n", [("GR102", 3, 3), ("GR102", 4, 3)]),
        ("1: x\n'1': y\n", [("GR102", 2, 1)]),
        ("{a: 1, a: {b: 1, b: 2}}\n", [("GR102", 1, 8), ("GR102", 1, 18)]),
        ("a: &x 1\n", [("GR103", 1, 4)]),
        ("a: *x\n", [("GR103", 1, 4)]),
        ("- &x [1]\n- *x\n", [("GR103", 1, 3), ("GR103", 2, 3)]),
        ("*x : 1\n", [("GR103", 1, 1)]),
        ("a: &x {b: 1}\n", [("GR103", 1, 4)]),
        ("a: !!int 3\n", [("GR104", 1, 4)]),
        ("a: !ruby/object {b: 1}\n", [("GR104", 1, 4)]),
        ("a: !!python/object/apply:os.system ['true']\n", [("GR104", 1, 4)]),
        ("!x\na: 1\n", [("GR104", 1, 1)]),
        ("a: {<<: {b: 1}}\n", [("GR105", 1, 5)]),
        ("<<: 1\n", [("GR105", 1, 1)]),
        ("a: 1\n---\nb: 2\n", [("GR106", 2, 1)]),
        ("--- a\n--- b\n", [("GR106", 2, 1)]),
        ("? [a]\n: 1\n", [("GR107", 1, 3)]),
        ("{a: 1}: 2\n", [("GR107", 1, 1)]),
        ("", [("GR005", 1, 1)]),
        ("# only a comment\n", [("GR005", 1, 1)]),
        ("---\n", [("GR005", 1, 1)]),
        ("~\n", [("GR005", 1, 1)]),
        ("a: [1\n", [("GR101", 2, 1)]),
        ("a: b: c\n", [("GR101", 1, 5)]),
        ("a: 'x\n", [("GR101", 2, 1)]),
        ("a:\n\tb: 1\n", [("GR101", 2, 1)]),
        ("a: @x\n", [("GR101", 1, 4)]),
        ("a: 1\n b: 2\n", [("GR101", 2, 2)]),
        ("%YAML 1.1\n%YAML 1.1\n---\na: 1\n", [("GR101", 2, 1)]),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", [("GR007", 1, 1)]),
        ("a: 1\n<<<<<<< HEAD\n", [("GR007", 2, 1)]),
    ],
)
def test_faults_of_a_text(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "'<<': quoted is a key like any other\n",
        "a: '&x *y !z <<'\n",
        "a: >-\n  <<<<<<< in a block\n",
        "a: x <<<<<<< y\n",
        "---\na: 1\n...\n",
        "a: |\n  ---\n  still the same document\n",
        "? a\n: 1\n",
        "# -*- coding: latin-1 -*-\na: å\n",
        "a: =======\n",
        "\ufeffa: 1\n",
    ],
)
def test_what_is_allowed(text: str) -> None:
    reading = read(text)
    assert (reading.faults, reading.whole) == ((), True)


def test_reading_goes_on_after_a_small_fault_and_the_first_of_two_keys_counts() -> None:
    reading = read("a: 1\nb: &x 2\na: {c: 3}\nd: 4\n<<: {e: 5}\n")
    assert [fault.code for fault in reading.faults] == ["GR103", "GR102", "GR105"]
    assert reading == YamlReading({"a": 1, "b": 2, "d": 4}, reading.faults, whole=True)


@pytest.mark.parametrize("text", ["a: [1\n", "a: 1\n---\nb: 2\n", "? [a]\n: 1\n", "", "[" * 99, "<<<<<<< x\n"])
def test_where_reading_stops_nothing_is_whole(text: str) -> None:
    assert not read(text).whole


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "[" * 100_000 + "]" * 100_000],
    ids=["lists", "mappings", "items", "closed lists"],
)
def test_depth_hangs_nothing(text: str) -> None:
    start = time.perf_counter()
    assert [fault.code for fault in read(text).faults] == ["GR006"]
    assert time.perf_counter() - start < 2


def test_depth_at_the_limit() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).faults == ()
    assert faults("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [("GR006", 1, MAX_DEPTH + 1)]


def test_the_billion_laughs_are_not_laughed() -> None:
    text = "a: &a [x,x]\n" + "".join(
        f"{b}: &{b} [*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    reading = read(text)
    assert {fault.code for fault in reading.faults} == {"GR103"}
    assert reading.value["i"] == [None, None, None]


# --- prose cut short by ` #` ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("why: cut # here\n", 10),
        ("why: cut\t# here\n", 10),
        ("why: å🙂 #1 här\n", 9),
        ("why: # nothing left\n", 6),
        ("sv: a#b #c\n", 9),
        ("{why: cut # here\n}\n", 11),
        ("why: two\n  lines # cut\n", 9),
    ],
)
def test_prose_cut_short(text: str, column: int) -> None:
    reading = read(text)
    assert [(fault.code, fault.place.column) for fault in reading.faults] == [("GR108", column)]
    assert reading.whole


def test_of_what_was_cut_away_no_more_is_told_than_a_long_line() -> None:
    """Nor is more of the text looked at, so that many texts on one line cost no more than their number."""
    for length in (198, 199, 200, 300):
        (fault,) = read(f"why: cut #{'x' * (length - 1)}\n").faults
        assert len(str(fault.values["rest"])) == min(length, 199)


@pytest.mark.parametrize(
    "text",
    ["why: a#b\n", "why: 'a # b'\n", 'why: "a" # mine\n', "why: >-\n  a # b\n", "why: a\n# mine\n", "level: 1 # mine\n",
     "why:\n  # mine\n  text\n", "why: a\n\n  # mine\n"],
)  # fmt: skip
def test_prose_not_cut(text: str) -> None:
    assert read(text).faults == ()


# --- bytes to text --------------------------------------------------------------------------------------------------


def fault_of(data: bytes) -> tuple[str, int, int]:
    found = decode(data)
    assert isinstance(found, Fault)
    return found.code, found.place.line, found.place.column


def test_bytes_that_are_not_text() -> None:
    assert fault_of("å: 1\nb: ö".encode() + b"\xe5\n") == ("GR002", 2, 5)
    assert fault_of("å".encode("utf-16")) == ("GR002", 1, 1)
    assert fault_of("\ufeffå".encode("utf-16-be")) == ("GR002", 1, 1)
    assert fault_of("a: å🙂\0\n".encode()) == ("GR003", 1, 6)
    assert fault_of(b"\x89PNG\r\n\x1a\n\0\0\xff\xff") == ("GR003", 1, 1)
    assert fault_of(b"a" * (files.TEXT.most + 1)) == ("GR004", 1, 1)
    assert fault_of(b"\xef\xbb\xbfa\n\xff") == ("GR002", 2, 1)
    assert fault_of(b"\xed\xa0\x80")[0] == "GR002"


def test_the_largest_file_is_read() -> None:
    assert decode(b"a" * files.TEXT.most) == "a" * files.TEXT.most


def test_byte_order_mark_is_dropped() -> None:
    assert decode(b"\xef\xbb\xbfa: \xc3\xa5\n") == "a: å\n"


@pytest.mark.parametrize("char", ["\x01", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_control_characters_have_their_place(char: str) -> None:
    text = f"å: ö🙂\nb: é{char}\n"
    assert faults(text) == [("GR003", 2, 5)]


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_no_bytes_surprise(data: bytes) -> None:
    text = decode(data)
    if isinstance(text, str):
        reading = read(text)
        assert reading.whole or reading.faults


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n\t1~<é🙂\r\ufeff", max_size=60))
@settings(max_examples=500)
@example("a: &a\n*a: b")
@example("? &a [*a]\n: 1")
def test_no_text_surprises(text: str) -> None:
    reading = read(text)
    assert reading.whole or reading.faults
    for fault in reading.faults:
        assert fault.place.line >= 1
        assert fault.place.column >= 1


# --- the same as PyYAML, where both accept --------------------------------------------------------------------------

plain_values = st.recursive(
    st.text("abcåäö XY.,", max_size=12) | st.integers(-999, 999) | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcåö", min_size=1, max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcåö", min_size=1, max_size=5), plain_values, min_size=1, max_size=5), st.booleans())
@settings(max_examples=150)
def test_reads_what_others_write(values: dict[str, Any], flow: bool) -> None:  # noqa: FBT001  # hypothesis fills it in
    text = yaml.safe_dump(values, allow_unicode=True, default_flow_style=flow)
    reading = read(text)
    if "&" not in text:
        assert reading.value == values


# --- places ---------------------------------------------------------------------------------------------------------

NESTED = """\
# kommentar å
åtgärd:
  - 🙂: "värde" # note
    långt: >-
      flera
      rader
    tomt:
  - [ett, två, {tre: fyra}]
"""


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        ((), False, (2, 1)),
        (("åtgärd",), True, (2, 1, 2, 7)),
        (("åtgärd", 0, "🙂"), True, (3, 5, 3, 6)),
        (("åtgärd", 0, "🙂"), False, (3, 8, 3, 15)),
        (("åtgärd", 0, "långt"), False, (4, 12)),
        (("åtgärd", 0, "tomt"), False, (7, 5, 7, 9)),
        (("åtgärd", 0, "tomt"), True, (7, 5, 7, 9)),
        (("åtgärd", 1, 1), False, (8, 11, 8, 14)),
        (("åtgärd", 1, 2, "tre"), False, (8, 22, 8, 26)),
        (("åtgärd", 1, 2), False, (8, 16)),
        (("åtgärd", 1, 3), False, (8, 5)),
        (("åtgärd", 1, 9), False, (8, 5)),
        (("åtgärd", 1, "ett"), False, (8, 5)),
        (("åtgärd", 0, 0), True, (3, 5)),
        (("åtgärd", 0, "🙂", 0), False, (3, 8, 3, 15)),
        (("åtgärd", 0, "finns inte"), True, (3, 5)),
        (("finns", "inte"), False, (2, 1)),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_place_by_characters(path: tuple[str | int, ...], key: bool, expected: tuple[int, ...], line_end: str) -> None:  # noqa: FBT001
    place = Locator(NESTED.replace("\n", line_end)).place(path, key=key)
    assert (place.line, place.column) == expected[:2]
    if expected[2:]:
        assert (place.end_line, place.end_column) == expected[2:]


def test_place_of_the_first_of_two_keys() -> None:
    assert Locator("a: 1\na: 2\n").place(("a",)) == Place(1, 4, 1, 5)


def test_a_text_that_cannot_be_read_has_a_beginning() -> None:
    assert Locator("a: [").place(("a",)) == Place(1, 1, 1, 1)


@given(st.lists(st.text("aåö🙂é z", max_size=8), min_size=1, max_size=6))
def test_places_point_at_the_very_characters(words: list[str]) -> None:
    text = "".join(f"k{number}: '{word}'\n" for number, word in enumerate(words))
    locator, lines = Locator(text), text.split("\n")
    for number, word in enumerate(words):
        place = locator.place((f"k{number}",))
        assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == f"'{word}'"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: *x\nb: 1\n", {"a": None, "b": 1}),
        ("a: [*x, 2]\nb: 1\n", {"a": [None, 2], "b": 1}),
        ("*x : v\nb: 1\n", {"b": 1}),
        ("*x : {c: 1}\nb: [*x , {*y : 2, d: 3}]\n", {"b": [None, {"d": 3}]}),
    ],
)
def test_where_something_is_referred_to_the_rest_is_read_as_it_stands(text: str, values: object) -> None:
    reading = read(text)
    assert (reading.value, {fault.code for fault in reading.faults}) == (values, {"GR103"})


def test_each_fault_has_its_line_and_the_columns_it_takes() -> None:
    assert read("a: 1\nb: \x01\n").faults[-1].place == Place(2, 4, 2, 5)
    assert read("a: 1\njustification: Se #2.\n").faults[-1].place == Place(2, 19, 2, 20)
    assert read("a: 1\njustification: #2.\n").faults[-1].place == Place(2, 16, 2, 17)


def test_beyond_the_last_line_there_is_an_empty_one() -> None:
    lines = TextLines("a: 1\r\nb: 2")
    assert [lines.line(number) for number in (1, 2, 3, 9)] == ["a: 1", "b: 2", "", ""]


def test_a_key_that_is_no_text_hides_no_other() -> None:
    assert Locator("? [a]\n: b\nc: 1\n").place(("c",)) == Place(3, 4, 3, 5)
