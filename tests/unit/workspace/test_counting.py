"""What does not count, and that what is wrong with the content of a sound file takes nothing away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import CRITERIA, REVIEW, STRATEGY
from granskning.files import HeldFiles
from granskning.tasks.folder.score import score_rounds, score_workspace, strategy_results
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from conftest import Alter, Load
    from granskning.workspace.loaded import Loaded

FOLDER = REVIEW.rpartition("/")[0]


def left_out(loaded: Loaded) -> dict[str, tuple[str, bool]]:
    return {item.file: (item.code, item.everywhere) for item in loaded.workspace.left_out}


def test_a_sound_folder_leaves_nothing_out(load: Load) -> None:
    assert load().workspace.left_out == ()


def test_a_copy_left_by_a_sync_program_takes_both_out(load: Load, base_files: dict[str, bytes]) -> None:
    copy = f"{FOLDER}/granskaren-LAPTOP.yaml"
    loaded = load({copy: base_files[REVIEW]})
    assert left_out(loaded) == {REVIEW: ("GR304", True), copy: ("GR304", True)}
    assert score_workspace(loaded.workspace) == ()
    (made,) = score_rounds(loaded.workspace)
    assert made.joint.cannot_be_assessed
    assert len(made.joint.left_out) == 2
    result = strategy_results(loaded.workspace, [made])["provplan"]
    assert (result.card, len(result.left_out)) == (None, 2)


def test_a_file_that_cannot_be_read_counts_nowhere_and_its_round_waits(load: Load, alter: Alter) -> None:
    other = f"{FOLDER}/annan.yaml"
    loaded = load({other: "schema: [", **alter(CRITERIA, ("scoring:\n", "scoring:\n  reviewers: {method: mean}\n"))})
    assert left_out(loaded) == {other: ("GR101", True)}
    (made,) = score_rounds(loaded.workspace)
    assert made.joint.method == "mean"
    assert made.joint.cannot_be_assessed


def test_the_review_that_names_no_edition_is_left_out_and_not_the_others(
    load: Load, base_files: dict[str, bytes]
) -> None:
    def named(reviewer: str, edition: str) -> dict[str, bytes]:
        text = base_files[REVIEW].decode().replace("reviewer: granskaren", f"reviewer: {reviewer}")
        text = text.replace("edition: remiss\ncriteria", f"edition: {edition}\ncriteria")
        return {f"{FOLDER}/{reviewer}.yaml": text.encode()}

    loaded = load({**named("a-fel", "finns-inte"), **named("b", "remiss")})
    assert left_out(loaded) == {f"{FOLDER}/a-fel.yaml": ("GR211", True)}
    blamed = {one.at.file for one in loaded.findings if one.rule.code == "GR305"}
    assert blamed == set()
    assert {one.review.reviewer for one in score_workspace(loaded.workspace)} == {"b", "granskaren"}


def test_a_broken_strategy_or_set_takes_its_reviews_out(load: Load) -> None:
    assert left_out(load({STRATEGY: "schema: ["}))[REVIEW][1]
    assert left_out(load({CRITERIA: "schema: ["}))[REVIEW][1]


def test_findings_about_content_take_nothing_away(load: Load, alter: Alter) -> None:
    loaded = load(alter(REVIEW, ("    justification: >-\n      Alla hördes.\n", "")))
    assert {one.rule.code for one in loaded.findings} == {"GR201"}
    assert loaded.workspace.left_out == ()
    assert len(score_workspace(loaded.workspace)) == 1


def test_a_file_checked_alone_knows_what_the_whole_folder_knows(base_files: dict[str, bytes]) -> None:
    text = base_files[REVIEW].decode().replace("reviewer: granskaren", "reviewer: annan")
    broken = text.replace("edition: remiss\ncriteria", "edition: finns-inte\ncriteria").encode()
    files = HeldFiles({**base_files, f"{FOLDER}/annan.yaml": broken, f"{FOLDER}/tredje.yaml": b"schema: ["})
    assert load_files(files, only=[REVIEW]).workspace.left_out == load_files(files).workspace.left_out
    assert len(load_files(files).workspace.left_out) == 2
