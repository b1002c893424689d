"""What git remembers of an approval and of the first use of a version; and who may sign what anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from granskning.edges.disk import FolderFiles
from granskning.errors import UsageError
from granskning.tasks.editing.approve import Wish, approve_review
from granskning.tasks.history.approval_changes import _differences, find_approval_changes
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past
    from granskning.findings.finding import Finding
    from granskning.tasks.editing.approve import Approved

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
SET = "criteria/prov.yaml"
EARLIER = "criteria/earlier/prov-1.0.0.yaml"
STRATEGY = "strategies/provplan/strategy.yaml"


def approve(root: Path, body: str | None = None, number: str | None = None) -> Approved:
    return approve_review(root, Wish(root / REVIEW, "chef", "2026-11-24", number, body))


def findings_of(root: Path, code: str) -> list[Finding]:
    loaded = load_files(FolderFiles(root))
    return [finding for finding in find_approval_changes(root, loaded) if finding.rule.code == code]


def is_of(finding: Finding, commit: str) -> bool:
    """Whether a finding tells a commit, by as much of its id as is needed and by its day."""
    return re.fullmatch(rf"commit {commit[:10]} \(20\d\d-\d\d-\d\d\)", str(finding.values["where"])) is not None


def what_changed(root: Path) -> list[object]:
    return [finding.values["what"] for finding in findings_of(root, "GR220")]


def unexplained(root: Path) -> list[object]:
    """The same findings as they are without git."""
    loaded = load_files(FolderFiles(root))
    return [finding.values["what"] for finding in loaded.findings if finding.rule.code == "GR220"]


def test_only_what_has_changed_since_the_approval_is_named(past: Past) -> None:
    approve(past.root)
    past.commit("godkänd")
    assert what_changed(past.root) == []
    past.change(REVIEW, ("level: 3", "level: 2"))
    assert what_changed(past.root) == ["answers.makt-samrad"]
    past.commit("ändrad")  # the approved version is an earlier one now
    past.change(REVIEW, ("reading_depth: full_text", "reading_depth: contents"))
    past.commit("ändrad igen")
    assert what_changed(past.root) == ["answers.makt-samrad, reading_depth"]


def test_it_is_named_too_where_the_version_is_an_earlier_one(past: Past) -> None:
    """No set that may still change is in use then, so nothing else asks git."""
    frozen = past.root / "criteria/earlier/prov-1.0.0.yaml"
    frozen.parent.mkdir()
    frozen.write_bytes((past.root / SET).read_bytes())
    past.change(SET, ("version: 1.0.0", "version: 2.0.0"))
    approve(past.root)
    past.commit("godkänd")
    past.change(REVIEW, ("level: 3", "level: 2"))
    assert what_changed(past.root) == ["answers.makt-samrad"]


def test_another_document_than_was_approved_is_named(past: Past) -> None:
    approve(past.root)
    past.commit("godkänd")
    text = (past.root / STRATEGY).read_text("utf-8")
    old = text.partition("sha256: ")[2].partition("\n")[0]
    past.change(STRATEGY, (old, "0" * 64))
    assert what_changed(past.root) == ["edition"]


def test_the_edition_that_was_approved_is_found_among_others(past: Past) -> None:
    """An edition that came before it is none of what was approved."""
    approve(past.root)
    past.change(STRATEGY, ("editions:\n", "editions:\n  - {id: skiss, stage: consultation, date: 2025-05}\n"))
    past.commit("godkänd")
    past.change(REVIEW, ("level: 3", "level: 2"))
    assert what_changed(past.root) == ["answers.makt-samrad"]


def test_what_git_never_saw_is_not_explained(past: Past) -> None:
    approve(past.root)
    past.change(REVIEW, ("level: 3", "level: 2"))
    told = what_changed(past.root)
    assert told == unexplained(past.root) != []
    assert "answers" not in str(told)


def test_a_version_that_git_cannot_read_is_passed_over(past: Past) -> None:
    approve(past.root)
    past.commit("godkänd")
    whole = (past.root / REVIEW).read_bytes()
    (past.root / REVIEW).write_bytes(b"answers: [\n")
    past.commit("trasig")
    (past.root / REVIEW).unlink()
    past.commit("borta")
    (past.root / REVIEW).write_bytes(whole.replace(b"level: 3", b"level: 2"))
    assert what_changed(past.root) == ["answers.makt-samrad"]


APPROVAL, ANSWERS, EDITIONS = (rf"{key}:\n(?:  .*\n)+" for key in ("approval", "answers", "editions"))


@pytest.mark.parametrize(
    ("file", "whole", "half"),
    [
        (REVIEW, APPROVAL, "approval: nej\n"),
        (REVIEW, APPROVAL, "approval: [1]\n"),
        (REVIEW, ANSWERS, "answers: [1]\n"),
        (REVIEW, ANSWERS, "answers: {a: x, b: {evidence: [x]}}\n"),
        (REVIEW, "criteria: .*", "criteria: [x]"),
        (STRATEGY, EDITIONS, "editions:\n"),
        (STRATEGY, EDITIONS, "editions: [x]\n"),
    ],
)
def test_what_git_has_half_written_explains_nothing(past: Past, file: str, whole: str, half: str) -> None:
    """Versions are saved while people write, so any may break its schema: a traceback before."""
    approve(past.root)
    texts = {path: (past.root / path).read_text("utf-8") for path in (REVIEW, STRATEGY)}
    (past.root / file).write_text(re.sub(whole, half, texts[file]), "utf-8")
    past.commit("halvskriven")
    (past.root / file).write_text(texts[file], "utf-8")
    past.change(REVIEW, ("level: 3", "level: 2"))
    assert what_changed(past.root) == unexplained(past.root) != []


def test_a_variant_of_a_half_written_set_is_told_by_its_commit(past: Past) -> None:
    text = (past.root / SET).read_text("utf-8")
    (past.root / SET).write_text("id: prov\nversion: 1.0.0\ntargets: x\n", "utf-8")
    head = "schema: granskning/criteria/1\nid: egen\nversion: 1.0.0\ntitle: {sv: Egen, en: Own}\nextends: prov@1.0.0\n"
    (past.root / "criteria/egen.yaml").write_text(
        f"{head}removes: {{criteria: [makt-samrad], targets: [makt]}}\n", "utf-8"
    )
    past.change(REVIEW, ("prov@1.0.0", "egen@1.0.0"))
    past.commit("halvskriven")
    (past.root / SET).write_text(text, "utf-8")
    assert findings_of(past.root, "GR471") == []


def test_at_most_eight_answers_are_named() -> None:
    def parts(count: int, *, level: int) -> dict[str, object]:
        return {"answers": {f"a{number}": {"level": level} for number in range(count)}, "reading_depth": "full_text"}

    named = [f"answers.a{number}" for number in range(8)]
    assert _differences(parts(8, level=1), parts(8, level=2)) == named
    assert _differences(parts(9, level=1), parts(9, level=2)) == [*named, "…"]
    assert _differences(parts(1, level=1), parts(2, level=1)) == ["answers.a1"]
    assert _differences(parts(2, level=1), {**parts(1, level=1), "reading_depth": "x"}) == [
        "answers.a1",
        "reading_depth",
    ]


def test_a_version_changed_after_its_first_use_is_told_with_the_commit_and_the_line(past: Past) -> None:
    assert findings_of(past.root, "GR471") == []
    first = past.git("rev-parse", "HEAD")
    past.change(SET, ("from: 1.5", "from: 1.6"))
    (found,) = findings_of(past.root, "GR471")
    assert is_of(found, first)
    assert found.excerpt == "version: 1.0.0"
    assert found.place is not None
    assert found.place.line == (past.root / SET).read_text("utf-8").splitlines().index("version: 1.0.0") + 1
    past.commit("ändrad")
    past.change("granskning.yaml", ("organisation: ", "organisation: Nya "))
    past.commit("annat")
    (found,) = findings_of(past.root, "GR471")  # the first use counts, not the last
    assert is_of(found, first)
    past.change(SET, ("version: 1.0.0", "version: 1.1.0"))
    assert findings_of(past.root, "GR471") == []


def test_a_version_changed_where_it_lies_among_the_earlier_ones_is_told_too(past: Past) -> None:
    """It was put to use where the current version lies; nothing was said of it before."""
    first = past.git("rev-parse", "HEAD")
    frozen = past.root / EARLIER
    frozen.parent.mkdir()
    frozen.write_bytes((past.root / SET).read_bytes())
    past.change(SET, ("version: 1.0.0", "version: 2.0.0"))
    past.commit("fryst")
    assert findings_of(past.root, "GR471") == []
    past.change(EARLIER, ("from: 1.5", "from: 1.6"))
    (found,) = findings_of(past.root, "GR471")
    assert found.at.file == EARLIER
    assert is_of(found, first)
    (past.root / SET).unlink()
    past.commit("bara den tidigare")
    assert len(findings_of(past.root, "GR471")) == 1


def test_the_first_use_is_that_of_a_review_that_is_here_and_was_whole(past: Past) -> None:
    """A review that came and went put nothing to use; nor is a set that cannot be read what it was used as."""
    text = (past.root / SET).read_text("utf-8")
    review = (past.root / REVIEW).read_text("utf-8")
    (past.root / REVIEW).unlink()
    (past.root / REVIEW.replace("granskaren", "annan")).write_text(review, "utf-8")
    (past.root / SET).write_text(text.replace("version: 1.0.0", "version: 2.0.0"), "utf-8")
    past.commit("en annan")
    (past.root / REVIEW.replace("granskaren", "annan")).write_text(review.replace("prov@1.0.0", "prov@2.0.0"), "utf-8")
    past.commit("en annan, med den nya")
    (past.root / REVIEW.replace("granskaren", "annan")).unlink()
    past.commit("som gick")
    whole = text.replace("version: 1.0.0", "version: 2.0.0").replace("from: 1.5", "from: 1.6")
    (past.root / SET).write_text(f"{whole}about: [\n", "utf-8")
    (past.root / REVIEW).write_text(review.replace("prov@1.0.0", "prov@2.0.0"), "utf-8")
    past.commit("trasig")
    (past.root / SET).write_text(whole.replace("from: 1.6", "from: 1.7"), "utf-8")
    assert findings_of(past.root, "GR471") == []
    past.change(REVIEW, ("level: 3", "level: 2"))
    used = past.commit("hel")
    past.change(SET, ("from: 1.7", "from: 1.8"))
    (found,) = findings_of(past.root, "GR471")
    assert is_of(found, used)


def test_a_version_that_nobody_used_yet_may_change(past: Past) -> None:
    review = (past.root / REVIEW).read_bytes()
    past.change(SET, ("version: 1.0.0", "version: 2.0.0"))
    past.change(REVIEW, ("level: 3", "level: 2"))
    past.commit("ny version, som ingen använder: granskningen säger fortfarande den förra")
    past.change(SET, ("from: 1.5", "from: 1.6"))
    past.commit("ändrad")
    (past.root / REVIEW).write_bytes(review.replace(b"prov@1.0.0", b"prov@2.0.0"))
    assert findings_of(past.root, "GR471") == []
    past.commit("tagen i bruk")
    assert findings_of(past.root, "GR471") == []


def test_what_is_signed_is_signed_anew_only_when_it_has_changed(past: Past) -> None:
    first = approve(past.root, "Nämnden", "1/2026")
    assert (first.is_again, first.is_unchanged, first.joint) == (False, False, None)
    signed = (past.root / REVIEW).read_bytes()
    assert b"status: approved" in signed
    with pytest.raises(UsageError):
        approve(past.root)
    assert (past.root / REVIEW).read_bytes() == signed
    past.change(REVIEW, ("level: 3", "level: 2"))
    again = approve(past.root)
    assert (again.is_again, again.is_unchanged) == (True, False)
    text = (past.root / REVIEW).read_text("utf-8")
    assert "body: Nämnden" in text
    assert "1/2026" in text
    past.change(REVIEW, ("status: approved", "status: draft"))
    assert approve(past.root, "Styrelsen").is_unchanged
    assert "body: Styrelsen" in (past.root / REVIEW).read_text("utf-8")


def test_the_joint_review_of_the_round_is_named(past: Past) -> None:
    joint = REVIEW.replace("granskaren", "samlad")
    text = (past.root / REVIEW).read_text("utf-8").replace("reviewer: granskaren", "reviewer: samlad")
    (past.root / joint).write_text(text.replace("kind: reviewer", "kind: consensus"), "utf-8")
    assert approve(past.root).joint == joint
    other = REVIEW.replace("granskaren", "annan")
    (past.root / other).write_text(text.replace("reviewer: samlad", "reviewer: annan"), "utf-8")
    (past.root / joint).unlink()
    past.change(REVIEW, ("level: 3", "level: 2"))
    assert approve(past.root).joint is None


@pytest.mark.parametrize("missing", [("edition: remiss", "edition: annan"), ("prov@1.0.0", "prov@9.0.0")])
def test_what_rests_on_nothing_is_not_approved(past: Past, missing: tuple[str, str]) -> None:
    past.change(REVIEW, missing)
    before = (past.root / REVIEW).read_bytes()
    with pytest.raises(UsageError, match="its criteria, strategy or edition cannot be read"):
        approve(past.root)
    assert (past.root / REVIEW).read_bytes() == before
