"""The folder on a desk: what is kept, what is read again, and what is written answer by answer or as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from altered_files import change_file, copy_altered, values_of
from granskning.errors import ChangedOnDiskError, EditRefusedError, UnknownFileError, UsageError
from granskning.tasks.editing.edit_session import MOMENT, EditSession, KeptByVersion, answers_in, values_in
from granskning.tasks.folder.save import open_file

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
OTHER = REVIEW.replace("granskaren", "annan")
STRATEGY = "strategies/provplan/strategy.yaml"
ACTIONS = "strategies/provplan/actions.yaml"


def add(root: Path, file: str, *pieces: tuple[str, str]) -> None:
    copy_altered(root / REVIEW, root / file, *pieces)


def test_what_was_made_is_given_again_while_its_version_is_the_same() -> None:
    kept = KeptByVersion()
    made: list[None] = []

    def make() -> int:
        made.append(None)
        return len(made)

    assert [kept.get(("a",), version, make) for version in (1, 1, 2, 2, 1)] == [1, 1, 2, 2, 3]


def test_twenty_four_pages_are_kept_and_the_oldest_goes() -> None:
    kept = KeptByVersion()
    made: list[object] = []
    for name in [*range(24), 0, 24, 1, 24]:  # the first is among the latest by age of making only
        kept.get((str(name),), 1, lambda name=name: made.append(name))  # type: ignore[misc]
    assert made == [*range(24), 24]
    kept.get(("0",), 1, lambda: made.append("again"))
    assert made[-1] == "again"
    kept.get(("2",), 2, lambda: made.append("newer"))  # made anew, so it is the youngest now
    kept.get(("25",), 1, lambda: made.append(25))
    kept.get(("2",), 2, lambda: made.append("lost"))
    assert "lost" not in made


def test_a_folder_that_has_not_changed_is_the_same_and_one_that_has_is_another(workspace: Path) -> None:
    desk = EditSession(workspace)
    first = desk.loaded()
    assert (desk.loaded() is first, desk.version) == (True, 1)
    change_file(workspace / REVIEW, ("level: 3", "level: 2"))
    second = desk.loaded()
    assert (second is first, desk.version) == (False, 2)
    assert second.workspace.criteria is first.workspace.criteria, "only the review is read again"
    change_file(workspace / STRATEGY, ("owner: Provlän", "owner: Provlän och kommunerna"))
    assert desk.loaded().workspace.strategies["provplan"].owner == ("Provlän och kommunerna",)


def test_within_a_moment_the_disk_is_looked_at_once_and_again_after_a_write(workspace: Path) -> None:
    desk, token = EditSession(workspace), MOMENT.set(object())
    try:
        first = desk.loaded()
        change_file(workspace / REVIEW, ("level: 3", "level: 2"))
        assert desk.loaded() is first
        with desk.writing():
            pass
        assert desk.loaded() is not first
    finally:
        MOMENT.reset(token)


@pytest.mark.parametrize("what", ["changed", "added", "gone", "broken", "doubled", "acted", "turned"])
def test_what_is_read_again_by_itself_says_what_the_whole_folder_would(workspace: Path, what: str) -> None:
    """The desk that has seen the folder before and one that sees it for the first time know the same."""
    add(workspace, OTHER, ("reviewer: granskaren", "reviewer: annan"), ("level: 1", "level: 9"))
    add(workspace, "strategies/provplan/reviews/2026-12/granskaren.yaml", ("round: 2026-11", "round: 2026-12"))
    third = OTHER.replace("annan", "tredje")
    add(workspace, third, ("reviewer: granskaren", "reviewer: tredje"), ("edition: remiss", "edition: antagen"))
    with (workspace / STRATEGY).open("a", encoding="utf-8") as strategy:
        strategy.write("  - {id: antagen, stage: adopted, date: 2026-10}\n")
    desk = EditSession(workspace)
    assert OTHER in {one.at.file for one in desk.loaded().findings}
    assert desk.findings(OTHER) == tuple(one for one in desk.loaded().findings if one.at.file == OTHER)
    if what == "changed":
        change_file(workspace / OTHER, ("level: 9", "level: 2"))
    elif what == "added":
        add(workspace, OTHER.replace("annan", "a"), ("reviewer: granskaren", "reviewer: a"), ("level: 3", "level: 8"))
    elif what == "gone":
        (workspace / OTHER).unlink()
    elif what == "broken":
        (workspace / REVIEW).write_text("answers: [\n", "utf-8")
    elif what == "doubled":
        change_file(workspace / OTHER, ("reviewer: annan", "reviewer: granskaren"))
    elif what == "turned":  # the others' edition is another than that of most, though their files are as they were
        change_file(workspace / REVIEW, ("edition: remiss", "edition: antagen"))
    else:
        text = (workspace / ACTIONS).read_text("utf-8")
        (workspace / ACTIONS).write_text(text.partition("actions:")[0] + "actions:\n  - {id: ny, title: Ny, "
                                         "status: proposed, round: 2030-01}\n", "utf-8")  # fmt: skip
    again, fresh = desk.loaded(), EditSession(workspace).loaded()
    assert again.workspace.reviews == fresh.workspace.reviews
    assert again.workspace.left_out == fresh.workspace.left_out
    assert again.workspace.actions == fresh.workspace.actions
    assert sorted(map(str, again.findings)) == sorted(map(str, fresh.findings))
    assert sorted(again.read) == sorted(fresh.read)


def test_only_what_is_another_review_now_is_scored_again(workspace: Path) -> None:
    add(workspace, OTHER, ("reviewer: granskaren", "reviewer: annan"))
    desk = EditSession(workspace)
    first = desk.scored()
    assert set(first) == {REVIEW, OTHER}
    change_file(workspace / OTHER, ("level: 3", "level: 2"))
    second = desk.scored()
    assert second[OTHER] != first[OTHER]
    change_file(workspace / OTHER, ("status: draft", "status: borta"))
    assert set(desk.scored()) == {REVIEW}
    assert desk.open_review(OTHER) is None


def test_a_round_of_several_reviewers_has_a_joint_result(workspace: Path) -> None:
    desk = EditSession(workspace)
    assert desk.round("provplan", "2026-11") is None
    add(workspace, OTHER, ("reviewer: granskaren", "reviewer: annan"))
    add(workspace, "strategies/provplan/reviews/2026-12/granskaren.yaml", ("round: 2026-11", "round: 2026-12"))
    joint = desk.round("provplan", "2026-11")
    assert joint is not None
    add(workspace, OTHER.replace("annan", "tredje"), (": granskaren", ": tredje"), ("prov@1.0.0", "prov@9.0.0"))
    assert desk.round("provplan", "2026-11") is not None, "one that cannot be scored hinders no other"
    assert desk.round("provplan", "2026-12") is None
    assert desk.round("annan", "2026-11") is None


def test_results_may_leave_reviews_out(workspace: Path) -> None:
    desk = EditSession(workspace)
    criteria = desk.loaded().workspace.criteria["prov@1.0.0"]
    assert set(desk.results(criteria)) == {"provplan"}
    assert desk.results(criteria, frozenset({REVIEW})) == {}


def test_an_answer_is_kept_and_one_that_is_the_same_writes_nothing(workspace: Path) -> None:
    desk = EditSession(workspace)
    base = answers_in((workspace / REVIEW).read_bytes())["makt-samrad"]
    before = (workspace / REVIEW).read_bytes()
    kept = desk.keep_answer(REVIEW, "makt-samrad", base, {"judgement": {"level": 3}, "justification": " Alla hördes."})
    assert (kept.changed, kept.clashes, kept.refused) == ((), (), ())
    assert (workspace / REVIEW).read_bytes() == before
    kept = desk.keep_answer(REVIEW, "makt-samrad", base, {"judgement": {"level": 2}, "justification": "Några."})
    assert kept.changed == ("judgement", "justification")
    assert answers_in((workspace / REVIEW).read_bytes())["makt-samrad"] == kept.values == {
        **base, "level": 2, "justification": "Några.",
    }  # fmt: skip
    with pytest.raises(UsageError, match="no question"):
        desk.keep_answer(REVIEW, "finns-inte", {}, {"judgement": {"level": 2}})


def test_a_judgement_without_its_reason_is_not_kept_but_shown_again(workspace: Path) -> None:
    desk = EditSession(workspace)
    base = answers_in((workspace / REVIEW).read_bytes())["makt-samrad"]
    before = (workspace / REVIEW).read_bytes()
    parts = {"judgement": {"not_applicable": " "}}
    kept = desk.keep_answer(REVIEW, "makt-samrad", base, parts)
    assert (kept.changed, [one.rule.code for one in kept.refused]) == ((), ["GR204"])
    assert kept.wanted == {"not_applicable": " ", "justification": base["justification"], "evidence": base["evidence"]}
    assert (workspace / REVIEW).read_bytes() == before
    kept = desk.keep_answer(REVIEW, "makt-samrad", base, {**parts, "note": "Se över."})
    assert (kept.changed, [one.rule.code for one in kept.refused]) == (("note",), ["GR204"])
    assert kept.wanted["not_applicable"] == " "
    stored = answers_in((workspace / REVIEW).read_bytes())["makt-samrad"]
    assert (stored["level"], stored["note"]) == (3, "Se över.")


def test_what_the_form_cannot_hold_is_withheld_and_the_rest_is_kept(workspace: Path) -> None:
    desk = EditSession(workspace)
    base = answers_in((workspace / REVIEW).read_bytes())["makt-samrad"]
    kept = desk.keep_answer(REVIEW, "makt-samrad", base, {"evidence": [{"edition": "remiss", "page": {"x": 1}}]})
    assert kept.refused
    assert kept.wanted["evidence"] == [{"edition": "remiss", "page": {"x": 1}}]
    assert answers_in((workspace / REVIEW).read_bytes())["makt-samrad"]["evidence"] == [{"edition": "remiss"}]
    assert desk.open_review(REVIEW) is not None


def test_the_head_is_merged_field_by_field(workspace: Path) -> None:
    desk, before = EditSession(workspace), (workspace / REVIEW).read_bytes()
    base = values_in(before)
    change_file(workspace / REVIEW, ("reading_depth: full_text", "reading_depth: contents"))
    kept = desk.keep_head(REVIEW, base, {"summary": "Kort.", "reading_depth": "not_read", "date": base["date"]})
    assert (kept.changed, [clash.part for clash in kept.clashes]) == (("summary",), ["reading_depth"])
    kept = desk.keep_head(REVIEW, values_of(workspace / REVIEW), {"summary": None})
    assert kept.changed == ("summary",)
    assert "summary" not in values_of(workspace / REVIEW)


def test_a_field_with_a_fault_is_refused_and_the_others_are_kept(workspace: Path) -> None:
    desk, base = EditSession(workspace), values_of(workspace / REVIEW)
    kept = desk.keep_head(REVIEW, base, {"summary": "Kort.", "date": "2026-02-30"})
    assert kept.refused
    assert (values_of(workspace / REVIEW)["summary"], str(values_of(workspace / REVIEW)["date"])) == (
        "Kort.",
        "2026-11-23",
    )
    kept = desk.keep_head(REVIEW, values_of(workspace / REVIEW), {"summary": "Kort.", "status": "borta"})
    assert kept.refused
    assert values_of(workspace / REVIEW)["status"] == "draft"


BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize("mark", [b"", BOM])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_a_text_keeps_its_mark_and_its_line_ends(workspace: Path, mark: bytes, ends: bytes) -> None:
    path = workspace / REVIEW
    path.write_bytes(mark + path.read_bytes().replace(b"\n", ends))
    desk = EditSession(workspace)
    text, opened = desk.text(REVIEW)
    assert not text.startswith("\ufeff")
    wanted = mark + b"a: \xc3\xa5" + ends + b"b: 2" + ends
    assert desk.keep_text(REVIEW, "a: å\r\nb: 2\n", opened) == open_file(path)[1]
    assert path.read_bytes() == wanted
    with pytest.raises(ChangedOnDiskError):
        desk.keep_text(REVIEW, "annat\n", opened)
    assert path.read_bytes() == wanted


def test_what_is_not_text_is_shown_and_never_written(workspace: Path) -> None:
    path = workspace / REVIEW
    path.write_bytes(b"summary: h\xf6rt\n")
    desk = EditSession(workspace)
    text, opened = desk.text(REVIEW)
    assert text == "summary: h\ufffdrt\n"
    with pytest.raises(EditRefusedError, match="not text"):
        desk.keep_text(REVIEW, "summary: hört\n", opened)
    assert path.read_bytes() == b"summary: h\xf6rt\n"
    assert (values_in(b"\xff"), values_in(b"- x\n"), answers_in(b"answers: [1]\n"), answers_in(b"answers: [\n")) == (
        {}, {}, {}, {},
    )  # fmt: skip


def test_nothing_but_the_folders_own_files_is_opened(workspace: Path) -> None:
    desk = EditSession(workspace)
    for file in ("eget.txt", "../arbetsmapp/granskning.yaml", REVIEW.replace("granskaren", "saknas")):
        with pytest.raises(UnknownFileError, match="no file"):
            desk.text(file)
    outside = workspace.parent / "utanfor.yaml"
    outside.write_bytes((workspace / REVIEW).read_bytes())
    (workspace / OTHER).symlink_to(outside)
    with pytest.raises(UnknownFileError):
        EditSession(workspace).text(OTHER)
    change_file(workspace / REVIEW, ("status: draft", "status: borta"))
    with pytest.raises(UsageError, match="cannot be filled in"):
        desk.keep_head(REVIEW, {}, {"summary": "x"})
