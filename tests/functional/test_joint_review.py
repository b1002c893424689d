"""From disagreement to a joint review: three reviewers, `new --kind consensus`, filling in, `check`, `score`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

FOLDER = "strategies/provplan/reviews/2026-11"
JOINT = f"{FOLDER}/samlad.yaml"
REASONED = """\
    justification: >-
      Några hördes, men inte alla.
    evidence:
      - edition: remiss
        page: 1
        paraphrase: >-
          Räknar upp några.
"""


@pytest.fixture
def disputed(workspace: Path) -> Path:
    """Three reviewers, who agree on one question and differ on two."""
    file = workspace / FOLDER / "granskaren.yaml"
    text = file.read_text("utf-8")
    for name, pairs in {
        "anna": [("level: 3", "level: 1"), ("Alla hördes.", "Bara några: #1 och #2.")],
        "bo": [
            ("  resor-barn:\n    not_applicable: >-\n      Planen gäller inte barn.", "  resor-barn:\n    level:"),
            ("Omsorgsresor nämns en gång.\n    evid", 'En gång, på "sidan" 1.\n\n      Mer finns inte.\n    evid'),
        ],
    }.items():
        changed = text.replace("reviewer: granskaren", f"reviewer: {name}")
        for old, new in pairs:
            assert old in changed
            changed = changed.replace(old, new, 1)
        (workspace / FOLDER / f"{name}.yaml").write_text(changed, "utf-8")
    return workspace


def make_joint(root: Path, granskning: Run) -> str:
    done = granskning("--lang", "en", "new", "provplan", "--round", "2026-11", "--kind", "consensus", cwd=root)
    assert (done.returncode, done.stdout) == (0, f"{JOINT}\n"), done.stderr
    return (root / JOINT).read_text("utf-8")


def fill_in(root: Path, *pairs: tuple[str, str]) -> None:
    text = (root / JOINT).read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (root / JOINT).write_text(text, "utf-8")


def scored(root: Path, granskning: Run) -> dict[str, Any]:
    done = granskning("score", "--format", "json", cwd=root)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_from_disagreement_to_a_joint_review(disputed: Path, granskning: Run) -> None:
    text = make_joint(disputed, granskning)
    assert "kind: consensus\n" in text
    assert "reading_depth: full_text\n" in text
    assert text.count("level: 1\n") == 2  # the agreed answer, and the example at the top
    assert '      Omsorgsresor nämns en gång.\n\n      En gång, på "sidan" 1.\n' in text
    for view in ("anna: 1 Nämns. Bara några: #1 och #2.", "granskaren: 3 Styr. Alla hördes.", "bo: inte besvarad"):
        assert f"  #   {view}\n" in text

    checked = granskning("--lang", "en", "check", cwd=disputed)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert granskning("check", JOINT, cwd=disputed).returncode == 0

    fill_in(disputed, ("status: draft\n", "status: submitted\n"))
    checked = granskning("--lang", "en", "check", JOINT, cwd=disputed)
    assert checked.returncode == 1
    assert "GR212 error: the review is submitted but has questions without an answer: 2 (resor-barn, makt-samrad)" in (
        checked.stdout
    )

    fill_in(
        disputed,
        ("  resor-barn:\n    level:\n", "  resor-barn:\n    not_applicable: >-\n      Planen gäller inte barn.\n"),
        ("  makt-samrad:\n    level:\n", "  makt-samrad:\n    level: 2\n"),
    )
    checked = granskning("--lang", "en", "check", JOINT, cwd=disputed)
    assert checked.returncode == 1
    assert "GR218 error: the joint answer departs from all reviewers (1, 3) without a justification" in checked.stdout

    fill_in(
        disputed,
        ("  makt-samrad:\n    level: 2\n", f"  makt-samrad:\n    level: 2\n{REASONED}"),
    )
    assert granskning("--lang", "en", "check", "--fail-on", "warning", cwd=disputed).returncode == 0
    result = scored(disputed, granskning)
    joint = next(one for one in result["reviews"] if one["reviewer"] == "samlad")
    assert [target["value"] for target in joint["targets"]] == [1.0, 2.0]
    assert joint["total"]["value"] == 1.5
    (held,) = result["rounds"]
    assert (held["strategy"], held["round"], held["method"]) == ("provplan", "2026-11", "consensus")
    assert (held["total"]["value"], held["agreement"]["reviewers"]) == (1.5, ["anna", "bo", "granskaren"])
    assert [one["criterion"] for one in held["disagreements"]] == ["makt-samrad"]


def test_a_round_is_told_where_it_has_a_result_of_its_own(workspace: Path, disputed: Path, granskning: Run) -> None:
    """What skript.md says of `rounds`: also of a review that is named alone; a single review's round has none."""
    done = granskning("score", f"{FOLDER}/anna.yaml", "--format", "json", cwd=disputed)
    told = json.loads(done.stdout)
    assert [one["reviewer"] for one in told["reviews"]] == ["anna"]
    assert [one["agreement"]["reviewers"] for one in told["rounds"]] == [["anna", "bo", "granskaren"]]
    for name in ("anna", "bo"):
        (workspace / FOLDER / f"{name}.yaml").unlink()
    assert scored(workspace, granskning)["rounds"] == []


def test_what_is_not_yet_agreed_is_an_interval(disputed: Path, granskning: Run) -> None:
    (before,) = scored(disputed, granskning)["rounds"]
    assert (before["standing"], before["total"]) == ("cannot_be_assessed", None)
    make_joint(disputed, granskning)
    (held,) = scored(disputed, granskning)["rounds"]
    assert (held["standing"], held["total"]["value"]) == ("interval", None)
    assert held["total"]["low"] < held["total"]["high"]


def test_a_joint_review_is_never_overwritten(disputed: Path, granskning: Run) -> None:
    before = make_joint(disputed, granskning)
    done = granskning("--lang", "en", "new", "provplan", "--round", "2026-11", "--kind", "consensus", cwd=disputed)
    assert (done.returncode, done.stdout) == (2, "")
    assert (disputed / JOINT).read_text("utf-8") == before


def test_a_joint_review_of_a_round_that_nobody_has_begun_is_empty(workspace: Path, granskning: Run) -> None:
    done = granskning("new", "provplan", "--round", "2027-01", "--kind", "consensus", cwd=workspace)
    assert done.returncode == 0
    assert granskning("check", "--fail-on", "warning", cwd=workspace).returncode == 0


def test_a_second_joint_review_is_told_of(disputed: Path, granskning: Run) -> None:
    make_joint(disputed, granskning)
    text = (disputed / JOINT).read_text("utf-8").replace("reviewer: samlad", "reviewer: samsyn")
    (disputed / FOLDER / "samsyn.yaml").write_text(text, "utf-8")
    done = granskning("--lang", "en", "check", cwd=disputed)
    assert f"{FOLDER}/samsyn.yaml:8:7: GR319 error: the round has a joint review already: {JOINT}\n" in done.stdout
