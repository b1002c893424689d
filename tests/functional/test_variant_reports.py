"""A variant from file to report: chosen questions, frozen copies, git, and reports that carry the whole set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.shipped import framework_names
from granskning.tasks.proof.reproduce import reproduce_report
from granskning.tasks.reports.attachments import Attacher
from granskning.tasks.reports.render import open_review
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    import pytest

    from conftest import Past, Run

VARIANT = """\
schema: granskning/criteria/1
extends: prov@1.0.0
id: min
version: 1.0.0
title: {sv: Variant, en: Variant}
removes:
  criteria: [makt-samrad]
  targets: [makt]
targets:
  - id: resor
    criteria:
      - {id: resor-barn, number: A.1, tags: [ig1], core: true}
"""
REVIEW = "strategies/provplan/reviews/2026-12/annan.yaml"


def lay_out(root: Path) -> None:
    """A review with a variant, which asks one question by its tag."""
    (root / "criteria/min.yaml").write_text(VARIANT, "utf-8")
    text = (root / "strategies/provplan/reviews/2026-11/granskaren.yaml").read_text("utf-8")
    head = text.partition("answers:")[0].replace("prov@1.0.0", "min@1.0.0").replace("2026-11\n", "2026-12\n")
    answer = "answers:\n  resor-barn:\n    level: 2\n    justification: Mål.\n"
    path = root / REVIEW
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head.replace("reviewer: granskaren", "reviewer: annan") + "tags: [ig1]\n" + answer, "utf-8")


def score_of(granskning: Run, root: Path) -> tuple[str, int]:
    done = granskning("score", "--format", "json", REVIEW, cwd=root)
    [result] = [one for one in json.loads(done.stdout)["reviews"] if one["file"] == REVIEW]
    return result["total"]["shown"], result["total"]["asked"]


def test_a_revised_variant_is_frozen_whole_and_its_reviews_stay(workspace: Path, granskning: Run) -> None:
    lay_out(workspace)
    assert score_of(granskning, workspace) == ("2,0", 1)
    assert granskning("revise", "min", "1.1.0", cwd=workspace).returncode == 0
    frozen = (workspace / "criteria/earlier/min-1.0.0.yaml").read_text("utf-8")
    assert "variant_of: prov@1.0.0" in frozen
    assert "extends" not in frozen
    (workspace / "criteria/prov.yaml").unlink()
    assert score_of(granskning, workspace) == ("2,0", 1)


def test_a_report_carries_the_whole_set_and_can_be_made_again_without_the_other(workspace: Path) -> None:
    lay_out(workspace)
    opened = open_review(workspace, Path(REVIEW))
    report = opened.reporter.review(opened.scored)
    basis = opened.reporter.dependencies.basis("review", *opened.scored.review.identity)
    templates = load_templates(workspace, "")
    attached = {one.name: one.data for one in Attacher(opened.loaded.files, templates, opened.t).attach(basis, report)}
    manifest = json.loads(attached["manifest.json"])
    files = {entry["path"]: attached[entry["name"]] for entry in manifest["files"] if entry["role"] == "source"}
    assert "criteria/prov.yaml" not in files
    assert b"extends" not in files["criteria/min.yaml"]
    assert load_files(HeldFiles(files)).workspace.criteria["min@1.0.0"].variant_of == "prov@1.0.0"
    remade = reproduce_report(manifest, files, {})
    assert remade is not None
    assert remade.report == report


def test_history_reads_a_variant_with_the_set_that_its_commit_has(past: Past, granskning: Run) -> None:
    lay_out(past.root)
    past.commit("one")
    criteria = past.root / "criteria/prov.yaml"
    criteria.write_text(criteria.read_text("utf-8").replace("criteria: {method: mean}", "criteria: {method: best}"))
    past.commit("two")
    done = granskning("--no-cache", "history", "provplan", "--format", "json", cwd=past.root)
    timelines = json.loads(done.stdout)["timelines"]
    [moments] = [one["moments"] for one in timelines if (one["round"], one["reviewer"]) == ("2026-12", "annan")]
    assert [moment["subject"] for moment in moments] == ["one", "two"]
    assert [moment["total"]["shown"] for moment in moments] == ["2,0", "2,0"]


def test_new_asks_the_questions_with_a_tag(workspace: Path, granskning: Run) -> None:
    lay_out(workspace)
    words = ("new", "provplan", "--criteria", "min", "--reviewer", "tredje", "--round", "2027-01", "--tag")
    refused = granskning(*words, "ig2", cwd=workspace)
    assert refused.returncode == 2
    assert "ig1" in refused.stderr
    assert granskning(*words, "ig1", cwd=workspace).returncode == 0
    made = load_files(opened_files(workspace)).workspace
    [review] = [one for one in made.reviews if one.reviewer == "tredje"]
    assert (review.form, list(review.answers)) == ("full:ig1", ["resor-barn"])


def opened_files(root: Path) -> HeldFiles:
    paths = [path for path in root.rglob("*.yaml") if path.is_file()]
    return HeldFiles({path.relative_to(root).as_posix(): path.read_bytes() for path in paths})


def test_init_writes_a_framework_of_the_gallery(tmp_path: Path, granskning: Run) -> None:
    missed = granskning("init", "W", "--set", "rob2", cwd=tmp_path)
    assert missed.returncode == 2
    assert "rob-2" in missed.stderr
    assert not (tmp_path / "W").exists()
    assert len(framework_names()) >= 15
    assert granskning("init", "W", "--set", "glasgow-coma-scale", cwd=tmp_path).returncode == 0
    made = load_files(opened_files(tmp_path / "W"))
    assert not made.broken
    assert made.workspace.settings.criteria == "glasgow-coma-scale"
    assert all(one.example for one in made.workspace.strategies.values())
    assert [one.id for one in made.workspace.criteria.values()] == ["glasgow-coma-scale"]


def test_a_report_in_a_third_language_says_once_that_its_fixed_words_are_swedish(
    workspace: Path, granskning: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(workspace)
    for name in ("criteria/min.yaml", "granskning.yaml"):
        path = workspace / name
        text = path.read_text("utf-8").replace("{sv: Variant, en: Variant}", "{sv: Variant, fi: Muunnos}")
        text = text.replace("number: A.1", "number: A.1, question: {sv: Barn?, fi: Lapset?}")
        path.write_text(text.replace("language: sv", "language: fi"), "utf-8")
    assert granskning("render", REVIEW, "--format", "html", "-o", "r.html", cwd=workspace).returncode == 0
    page = (workspace / "r.html").read_text("utf-8")
    assert '<html lang="sv">' in page
    assert page.count("Texternas språk: fi.") == 1
    assert '<span class="number-of">A.1</span> <span lang="fi">Lapset?</span>' in page
    assert Translator("fi").language == "sv"
    capsys.readouterr()
