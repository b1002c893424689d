from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from granskning.errors import EditRefusedError
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.yaml.edit import edit_bytes, edit_text, unordered
from granskning.workspace.yaml.edits import (
    Insert,
    Remove,
    ReplaceComment,
    Set,
    apply_edit,
    is_same,
    smaller_edits,
    spell,
)
from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.workspace.yaml.edits import Edit

REVIEW = """\
# yaml-language-server: $schema=x
schema: granskning/review/1
status: draft
answers:

  # ----- Resor -----
  # Räknas vardagens resor?
  resor-vardag:
    level: 1   # osäker
    justification: >-
      Omsorgsresor nämns en gång, utan mål
      eller åtgärd.
    evidence:
      - edition: remiss
        page: 14
        quote: >-
          även resor till förskola
      # webben
      - address: https://exempel.se/plan
        retrieved: 2026-11-20

  # Är det tryggt?
  resor-trygghet:
    level:
  resor-barn:
    not_applicable: >-
      Planen omfattar inte skolskjuts.
"""


def edited(*edits: Edit, text: str = REVIEW) -> str:
    return edit_text(text, edits, order_of("review"))


def change(old: str, new: str, text: str = REVIEW) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_a_level_is_set_where_there_is_none() -> None:
    assert edited(Set(("answers", "resor-trygghet", "level"), 2)) == change(
        "  resor-trygghet:\n    level:\n", "  resor-trygghet:\n    level: 2\n"
    )


def test_a_level_is_changed_and_its_comment_stays() -> None:
    assert edited(Set(("answers", "resor-vardag", "level"), 3)) == change("level: 1   # osäker", "level: 3   # osäker")


def test_prose_is_folded_anew_at_its_own_indentation() -> None:
    words = "Omsorgsresor har nu ett mål: " + "ett ord till " * 12
    out = edited(Set(("answers", "resor-vardag", "justification"), words.strip()))
    told = out.split("justification: >-\n")[1].split("    evidence:")[0].splitlines()
    assert [line[:6].strip() for line in told] == ["", ""]
    assert " ".join(line.strip() for line in told) == words.strip()
    assert max(map(len, told)) <= 100


def test_prose_with_line_breaks_becomes_literal() -> None:
    out = edited(Set(("answers", "resor-trygghet", "justification"), "Ett.\n\nTvå."))
    assert out == change("    level:\n", "    level:\n    justification: |-\n      Ett.\n\n      Två.\n")


def test_a_state_takes_the_place_of_another() -> None:
    out = edited(Set(("answers", "resor-trygghet"), {"open": "Kapitel 3 saknas."}))
    assert out == change(
        "  resor-trygghet:\n    level:\n", "  resor-trygghet:\n    open: >-\n      Kapitel 3 saknas.\n"
    )
    out = edited(Set(("answers", "resor-barn"), {"level": 0, "justification": "Sökt: skolskjuts."}))
    assert out.endswith("  resor-barn:\n    level: 0\n    justification: >-\n      Sökt: skolskjuts.\n")


def test_evidence_is_put_in_and_taken_out() -> None:
    path = ("answers", "resor-vardag", "evidence")
    item = {"edition": "remiss", "page": 3, "paraphrase": "Cykel: ja"}
    lines = "      - edition: remiss\n        page: 3\n        paraphrase: >-\n          Cykel: ja\n"
    assert edited(Insert(path, 1, item)) == change("      # webben\n", lines + "      # webben\n")
    assert edited(Insert(path, 9, item)) == change("retrieved: 2026-11-20\n", "retrieved: 2026-11-20\n" + lines)
    assert edited(Remove((*path, 1))) == change(
        "      - address: https://exempel.se/plan\n        retrieved: 2026-11-20\n", ""
    )
    assert edited(Remove((*path, 0, "edition"))) == change("- edition: remiss\n        page: 14", "- page: 14")
    assert "    evidence: []\n" in edited(Remove((*path, 0)), Remove((*path, 0)))
    assert edited(Insert(("answers", "resor-trygghet", "evidence"), 0, item)) == change(
        "    level:\n", "    level:\n    evidence:\n" + lines
    )


def test_a_new_answer_finds_its_place_in_the_set(prov: CriteriaSet) -> None:
    first, second, third = (one.id for one in prov.criteria)
    text = f"answers:\n  # ett\n  {first}:\n    level: 1\n\n  # tre\n  {third}:\n    level: 2\n"
    new = Set(("answers", second), {"level": None}, comment=("Frågan?", "", "  0 Nej"))
    out = edit_text(text, [new], order_of("review", prov))
    assert out == (
        f"answers:\n  # ett\n  {first}:\n    level: 1\n\n  # Frågan?\n  #\n  #   0 Nej\n  {second}:\n    level:\n"
        f"\n  # tre\n  {third}:\n    level: 2\n"
    )


def test_answers_begin_where_there_are_none() -> None:
    for text in ("status: draft\nanswers:\n", "status: draft\nanswers: {}\n", "status: draft\n"):
        out = edited(Set(("answers", "a", "level"), 1), text=text)
        assert out == "status: draft\nanswers:\n  a:\n    level: 1\n"


def test_only_what_differs_is_touched() -> None:
    old = {"a": {"level": 1, "note": "x", "evidence": [{"page": 1}, {"page": 2}, {"page": 3}]}}
    new = {"level": 2, "evidence": [{"page": 1}, {"page": 3}], "open": "y"}
    assert list(smaller_edits(old, Set(("a",), new))) == [
        Set(("a", "level"), 2),
        Remove(("a", "evidence", 1)),
        Set(("a", "open"), "y"),
        Remove(("a", "note")),
    ]


def test_flow_collections_stay_flow() -> None:
    text = "a:\n  inherited: {from: 2025-10, level: 2}  # c\n  criteria: [x, y]\n"
    edits: list[Edit] = [
        Set(("a", "inherited", "level"), 3),
        Set(("a", "inherited", "note"), "a, b"),
        Remove(("a", "inherited", "from")),
        Insert(("a", "criteria"), 0, "först"),
        Remove(("a", "criteria", 2)),
    ]
    assert edit_text(text, edits) == ('a:\n  inherited: {level: 3, note: "a, b"}  # c\n  criteria: [först, x]\n')


def test_the_house_of_the_file_is_kept() -> None:
    text = "a:\n    b:\n    - x: 1\n      y: 2\n    c: 1\n"
    assert edit_text(text, [Insert(("a", "b"), 1, {"x": 3, "z": ["k"]}), Set(("a", "d"), {"e": 1})]) == (
        "a:\n    b:\n    - x: 1\n      y: 2\n    - x: 3\n      z:\n      - k\n    c: 1\n    d:\n        e: 1\n"
    )


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: &x 1\nb: *x\n", "a: [\n", "", "a: 1\n---\nb: 2\n"])
def test_a_text_with_faults_is_not_edited(text: str) -> None:
    with pytest.raises(EditRefusedError):
        edit_text(text, [Set(("a",), 3)])


@pytest.mark.parametrize("data", [b"a: \xff\n", b"a: 1\0", b"\xff\xfea\0"])
def test_bytes_that_are_no_text_are_not_edited(data: bytes) -> None:
    with pytest.raises(EditRefusedError):
        edit_bytes(data, [Set(("a",), 3)])


@pytest.mark.parametrize(
    "edit",
    [Remove(("x",)), Remove(("a", 7)), Insert(("b",), 0, 1), Set(("b", "c"), 1), Set(("a", 9), 1), Remove(("a", 0, 0))],
)
def test_what_leads_nowhere_is_refused(edit: Edit) -> None:
    with pytest.raises(EditRefusedError):
        edit_text("a:\n  - 1\n  - 2\nb: text\n", [edit])


def test_words_take_the_place_of_a_group_of_keys() -> None:
    text = "a:\n  b: 1\n  c: 2\nd: 2\n"
    assert edit_text(text, [Set(("a",), "ett\ntvå")]) == "a: |-\n  ett\n  två\nd: 2\n"
    assert edit_text(text.replace("  b", "  # c\n  b"), [Set(("a",), "ett")]) == "a: ett\n  # c\nd: 2\n"
    with pytest.raises(EditRefusedError):  # the comment would become part of the text
        edit_text(text.replace("  b", "  # c\n  b"), [Set(("a",), "ett\ntvå")])


def test_the_last_key_of_all_is_not_removed() -> None:
    with pytest.raises(EditRefusedError):
        edit_text("a: 1\n", [Remove(("a",))])


def test_long_words_and_a_hundred_thousand_letters() -> None:
    words = "ord " * 25_000 + "slut"
    out = edit_text(textwrap.dedent("a:\n  note: x\n"), [Set(("a", "note"), words)])
    assert max(map(len, out.splitlines())) <= 100


@pytest.mark.parametrize(("before", "after"), [("Kort", '"Nytt"'), ("'Kort'", "'Nytt'"), ('"Kort"', '"Nytt"')])
def test_a_few_words_before_a_comment_get_quotation_marks(before: str, after: str) -> None:
    """Without them it could not be told whether a # begins a comment or is of the text (GR108)."""
    text = f"schema: granskning/strategy/1\ntitle: {before}  # om planen\nkind: plan\n"
    assert edit_text(text, (Set(("title",), "Nytt"),), order_of("strategy")) == text.replace(before, after)


def test_a_text_cut_short_elsewhere_hinders_no_edit() -> None:
    """It is a warning (GR108), and the edit is proved in spite of it."""
    cut = f"{REVIEW}summary: Se mål #3\n"
    assert [fault.code for fault in read(cut).faults] == ["GR108"]
    changed = edited(Set(("status",), "submitted"), text=cut)
    assert changed == cut.replace("status: draft", "status: submitted")


def test_a_comment_is_told_anew_only_where_it_stands_word_for_word() -> None:
    path = ("answers", "resor-trygghet")
    told = ("Är resan trygg?", "", "  0 Nej")
    assert edited(ReplaceComment(path, ("Är det tryggt?",), told)) == change(
        "  # Är det tryggt?\n", "  # Är resan trygg?\n  #\n  #   0 Nej\n"
    )
    assert edited(ReplaceComment(path, ("Är det tryggt?",))) == change("  # Är det tryggt?\n", "")
    last = ReplaceComment(("answers", "resor-vardag"), ("Räknas vardagens resor?",), ("Räknas de?",))
    assert edited(last) == change("Räknas vardagens resor?", "Räknas de?")
    for old in ((), ("Annat",), ("Mer", "Är det tryggt?")):
        assert edited(ReplaceComment(path, old, told)) == REVIEW
    for nowhere in (("answers", "finns-inte"), ("answers", "resor-vardag", "evidence", 0)):
        assert edited(ReplaceComment(nowhere, ("webben",), told)) == REVIEW


def test_an_answer_goes_with_the_empty_line_that_set_it_apart() -> None:
    parts = {name: f"  {name}:\n    level: {number}\n" for number, name in enumerate("abc")}
    for eol in ("\n", "\r\n"):
        text = ("answers:\n" + "\n".join(parts.values())).replace("\n", eol)
        for name in parts:
            left = "\n".join(words for key, words in parts.items() if key != name)
            assert edited(Remove(("answers", name)), text=text) == f"answers:\n{left}".replace("\n", eol)
    for last, first, left in (("b", "a: 1", "a: 1"), ("a", "a: 1", "b: 2")):
        for end in ("", "\n"):
            assert edited(Remove((last,)), text=f"{first}\nb: 2{end}") == f"{left}{end}"


def test_an_item_becomes_a_group_of_keys_or_a_list_at_its_own_mark() -> None:
    text = "a:\n  - x\n  - y\n"
    assert edited(Set(("a", 0), {"b": 1, "c": 2}), text=text) == "a:\n  - b: 1\n    c: 2\n  - y\n"
    out = edited(Set(("a", 1), [1, 2]), text=text)
    assert read(out).value == {"a": ["x", [1, 2]]}
    assert out.startswith("a:\n  - x\n  - ")
    assert edited(Set(("k",), {"b": 1}), text="k: x\nl: y\n") == "k:\n  b: 1\nl: y\n"


def test_a_number_sign_within_the_old_words_is_no_comment_after_the_new_ones() -> None:
    assert edited(Set(("title", "sv"), "kort"), text="title:\n  sv: a#b\n") == "title:\n  sv: kort\n"


def test_what_lies_below_nothing_is_made_on_the_way() -> None:
    assert apply_edit({"l": [None]}, Set(("l", 0, "b", "c"), 1)) == {"l": [{"b": {"c": 1}}]}
    with pytest.raises(EditRefusedError):
        apply_edit({}, Set(("a", 0, "b"), 1))


def test_what_is_equal_at_both_ends_of_a_list_is_left() -> None:
    def edits(old: list[int], new: list[int]) -> list[Edit]:
        return list(smaller_edits({"a": old}, Set(("a",), new)))

    assert edits([1, 2, 3, 4, 5], [1, 4, 5]) == [Remove(("a", 2)), Remove(("a", 1))]
    assert edits([1, 4, 5], [1, 2, 3, 4, 5]) == [Insert(("a",), 1, 2), Insert(("a",), 2, 3)]
    assert edits([1, 2, 3], [1, 9, 3]) == [Set(("a", 1), 9)]
    assert edits([1, 1], [1]) == [Remove(("a", 1))]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:    1  # c\n", "a:    2  # c\n"),
        ("a:\n    1\n", "a:\n    2\n"),
        ("a:    [1]  # c\n", "a:    2  # c\n"),
        ("a:   'x'\n", "a:   2\n"),
    ],
)
def test_a_value_stays_at_its_place_on_its_line(before: str, after: str) -> None:
    assert edit_text(before, [Set(("a",), 2)], unordered) == after


def test_an_item_is_put_before_one_that_shares_its_line_with_the_list_around_it() -> None:
    text = "a:\n  - - b  # c\n    - d\n  - e\n"
    assert edit_text(text, [Insert(("a", 0), 0, "ny")], unordered) == "a:\n  - - ny\n    - b  # c\n    - d\n  - e\n"
    assert edit_text(text, [Insert(("a",), 0, "ny")], unordered) == "a:\n  - ny\n  - - b  # c\n    - d\n  - e\n"


def test_all_of_the_values_are_replaced_by_a_set_alone_and_what_was_given_stays() -> None:
    values, wanted = {"a": [1]}, {"b": [2]}
    after = apply_edit(values, Set((), wanted))
    after["b"].append(3)
    assert (values, wanted) == ({"a": [1]}, {"b": [2]})
    for edit in (Remove(()), Insert((), 0, 1)):
        with pytest.raises(EditRefusedError):
            apply_edit(values, edit)


@pytest.mark.parametrize(("value", "other"), [(1, 1.0), (1, True), ([1], [True]), ({"a": 1}, {"a": 1.0}), ("1", 1)])
def test_values_of_other_kinds_are_not_the_same(value: object, other: object) -> None:
    assert (is_same(value, other), is_same(value, value)) == (False, True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: >\n  x\n", "a: |\n  y\n  z\n"),
        ("a: >\n  x\nb: 1\n", "a: |\n  y\n  z\nb: 1\n"),
        ("a: |\n  x", 'a: "y\\nz\\n"'),  # the file has no line end to give
    ],
)
def test_a_line_end_last_in_a_text_is_kept_in_a_block_where_the_file_has_one_to_give(before: str, after: str) -> None:
    assert edit_text(before, [Set(("a",), "y\nz\n")], unordered) == after
    assert read(after).value["a"] == "y\nz\n"


def test_the_only_key_of_all_is_not_taken_away_and_an_only_key_below_leaves_nothing() -> None:
    with pytest.raises(EditRefusedError):
        apply_edit({"a": 1}, Remove(("a",)))
    assert apply_edit({"a": {"b": 1}}, Remove(("a", "b"))) == {"a": None}


@pytest.mark.parametrize(("path", "words"), [(("answers", "a", "evidence", 0, "page"), "answers.a.evidence[0].page"),
                                             ((0,), "[0]"), ((), ".")])  # fmt: skip
def test_a_path_is_told_as_people_read_it(path: tuple[str | int, ...], words: str) -> None:
    assert spell(path) == words


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("a: [1, 2, 3]\n", ("a", 0), "a: [2, 3]\n"),
        ("a: [1, 2, 3]\n", ("a", 1), "a: [1, 3]\n"),
        ("a: [1, 2, 3]\n", ("a", 2), "a: [1, 2]\n"),
        ("a: {b: 1, c: 2, d: 3}\n", ("a", "b"), "a: {c: 2, d: 3}\n"),
        ("a: {b: 1, c: 2, d: 3}\n", ("a", "c"), "a: {b: 1, d: 3}\n"),
    ],
)
def test_one_of_several_on_a_line_is_taken_away_with_its_own_comma(
    text: str, path: tuple[str | int, ...], after: str
) -> None:
    assert edit_text(text, [Remove(path)], unordered) == after
