"""What git remembers, in the report of a strategy over time: made, made again, held against git."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page as validator
import pikepdf
import pytest

from granskning.edges.readers.pdf_reading import read_pdf
from granskning.i18n import Translator
from granskning.remembering import remembering_nothing
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.history.history import read_history
from granskning.tasks.proof.verify import verify_pdf
from granskning.tasks.reports import score_histories
from granskning.tasks.reports.attachments import HISTORY, MANIFEST, fingerprint
from granskning.tasks.reports.build import build
from granskning.tasks.reports.render_wide import render_wide

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.tasks.history.history import History
    from granskning.tasks.proof.verification_report import VerificationAnswer
    from granskning.tasks.reports.build import Built

pytestmark = [pytest.mark.usefixtures("printed_once"), pytest.mark.xdist_group("remembered")]

ROOT = Path(__file__).parents[2]
NAME = "exempellan-transportplan"
ROUNDS = f"strategies/{NAME}/reviews"
JOINT = f"{ROUNDS}/2026-04/samlad.yaml"
LATER = f"{ROUNDS}/2026-11/samlad.yaml"
AUTHOR, SUBJECT = "Greta Sparare", "Ändrat efter mötet med Greta"
TITLE = "Vad git minns"


def git(root: Path, *words: str, date: str = "2026-04-01T12:00:00+02:00") -> str:
    env = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    settings = ("-c", f"user.name={AUTHOR}", "-c", "user.email=greta@exempel.se", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *settings, *words], cwd=root, env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def save(root: Path, date: str) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", SUBJECT, date=date)
    return git(root, "rev-parse", "HEAD")


def level(root: Path, path: str, old: int, new: int) -> None:
    """Change the first answer of a level."""
    text = (root / path).read_text("utf-8")
    assert f"\n    level: {old}\n" in text
    (root / path).write_text(text.replace(f"\n    level: {old}\n", f"\n    level: {new}\n", 1), "utf-8")


def _past(root: Path) -> list[str]:
    """Three commits that gave another result each, the last one late in the evening."""
    for folder in ("criteria", f"strategies/{NAME}"):
        shutil.copytree(ROOT / folder, root / folder, copy_function=shutil.copyfile)
    shutil.copyfile(ROOT / "granskning.yaml", root / "granskning.yaml")
    (root / ".gitignore").write_text("build/\n", "utf-8")
    text = (root / JOINT).read_text("utf-8").replace("status: approved", "status: submitted")
    text = re.sub(r"^approval:\n(  .*\n)+", "", text, flags=re.MULTILINE)  # what is approved is not changed
    (root / JOINT).write_text(text, "utf-8")
    git(root, "init", "-q")
    later = root.with_name("senare")
    shutil.move(root / ROUNDS / "2026-11", later)
    commits = [save(root, "2026-04-01T12:00:00+02:00")]
    level(root, JOINT, 1, 2)
    commits.append(save(root, "2026-04-09T12:00:00+02:00"))
    shutil.move(later, root / ROUNDS / "2026-11")
    return [*commits, save(root, "2026-11-01T23:30:00-02:00")]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    root = tmp_path_factory.mktemp("minne") / "arbetsmapp"
    root.mkdir()
    return root, _past(root)


@pytest.fixture(scope="module")
def good(past: tuple[Path, list[str]]) -> bytes:
    return report(past[0], "pdf")


@pytest.fixture
def copy(past: tuple[Path, list[str]], tmp_path: Path) -> Path:
    git(tmp_path, "clone", "-q", str(past[0]), "kopia")
    return tmp_path / "kopia"


def report(root: Path, form: str = "html", **options: Any) -> bytes:
    return render_wide(root, Path(NAME), form=form, report="strategy", **options)[1]


def answers(data: bytes, root: Path) -> tuple[VerificationAnswer, VerificationAnswer]:
    sources, in_git, _ = verify_pdf(data, root).answers
    return sources, in_git


def told(answer: VerificationAnswer) -> str:
    t = Translator("en")
    lines = [f"{one.where}: {one.said.text(t)}" for one in answer.disagreements]
    return "\n".join([*lines, *(said.text(t) for said in (*answer.remarks, *answer.tried))])


def changed(data: bytes, change: Callable[[Any], object], *, manifest: bool = False) -> bytes:
    """Change what the file says that git remembered; with `manifest`, so that the manifest says the same."""
    with pikepdf.open(io.BytesIO(data)) as document:
        files = {str(one.UF): one for one in document.Root.AF}
        values = json.loads(files[HISTORY].EF.F.read_bytes())
        change(values)
        text = json.dumps(values).encode()
        files[HISTORY].EF.F.write(text)
        if manifest:
            named = json.loads(files[MANIFEST].EF.F.read_bytes())
            next(one for one in named["files"] if one["name"] == HISTORY).update(
                sha256=fingerprint(text), original_sha256=fingerprint(text)
            )
            files[MANIFEST].EF.F.write(json.dumps(named).encode())
        saved = io.BytesIO()
        document.save(saved)
    return saved.getvalue()


# --- the report -----------------------------------------------------------------------------------------------------


def test_chart_and_table_stand_in_the_report(past: tuple[Path, list[str]]) -> None:
    root, commits = past
    html = report(root).decode()
    chapter = html[html.index('id="commits"') :]
    chapter = chapter[: chapter.index("</section>")]
    assert "<svg" in chapter
    assert "Högre i slutet än i början: 1 Kunskap" in chapter
    for commit, date in zip(commits, ("2026-04-01", "2026-04-09", "2026-11-01"), strict=True):
        assert f"<td>{commit[:8]}</td>" in chapter
        assert date in chapter, "the day is that of whoever saved it"


def test_no_name_and_no_message_leaves_git(past: tuple[Path, list[str]], good: bytes) -> None:
    pdf = read_pdf(good)
    everything = [report(past[0]), *(data for _, data in pdf.attachments), str(pdf.pages).encode()]
    for data in everything:
        assert b"Greta" not in data
        assert "mötet med" not in data.decode("utf-8", "replace")


def test_it_is_accessible_and_archivable(past: tuple[Path, list[str]], good: bytes) -> None:
    archive = report(past[0], "pdf", archive=True)
    for data, profiles in ((good, ("ua1", "3a")), (archive, ("ua1", "2a"))):
        for profile in profiles:
            found = validator.validate_pdf_bytes(data, profile=profile)
            assert [f"{one.rule_id}: {one.message}" for one in found.failures] == []
    with pikepdf.open(io.BytesIO(good)) as opened:
        figures = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert len(figures) == 2
        assert all(len(str(one.Alt)) > 40 for one in figures)


def test_one_moment_tells_nothing(copy: Path) -> None:
    shutil.rmtree(copy / ".git")
    assert TITLE not in report(copy).decode(), "no repository"
    git(copy, "init", "-q")
    assert TITLE not in report(copy).decode(), "an empty one"
    save(copy, "2026-12-01T12:00:00+01:00")
    assert TITLE not in report(copy).decode(), "one commit"


def test_without_git_the_chapter_is_left_out(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert TITLE in report(copy).decode()
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    assert TITLE not in report(copy).decode()


def test_a_shallow_clone_says_that_it_begins_here(past: tuple[Path, list[str]], good: bytes, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{past[0]}", "grund")
    html = report(tmp_path / "grund").decode()
    assert "Historiken börjar här" in html
    assert past[1][1][:8] not in html, "nobody knows whether it was that commit"
    assert past[1][2][:8] in html
    data = report(tmp_path / "grund", "pdf")
    assert [one.outcome for one in answers(data, past[0])] == ["agrees", "cannot_be_tried"]
    assert "cannot be tried, since the history here is not whole" in told(answers(good, tmp_path / "grund")[1])


def test_what_is_not_saved_is_told_only_when_it_gives_another_result(copy: Path) -> None:
    before = report(copy).decode()
    (copy / LATER).write_text((copy / LATER).read_text("utf-8") + "# en kommentar\n", "utf-8")
    assert "inte sparat med git" not in report(copy).decode()
    level(copy, LATER, 2, 0)
    after = report(copy).decode()
    assert "inte sparat med git" not in before
    assert "Det som står sist är inte sparat med git." in after
    sources, _ = answers(report(copy, "pdf"), copy)
    assert sources.outcome == "agrees"


def test_the_line_breaks_where_the_criteria_became_others(copy: Path) -> None:
    path = copy / "criteria/earlier/jamstalld-tillvaxt-0.9.0.yaml"
    text = path.read_text("utf-8")
    changed_text = text.replace("uppdelad på kön?", "uppdelad på kön och ålder?").replace("by sex?", "by sex and age?")
    assert changed_text != text
    path.write_text(changed_text, "utf-8")
    commit = save(copy, "2026-12-01T12:00:00+01:00")
    html = report(copy).decode()
    assert f"Kriterierna ändrades vid 2026-12-01 ({commit[:8]})." in html
    chapter = html[html.index('id="commits"') :]
    assert "linjer är brutna" in chapter[: chapter.index("</section>")]


# --- repeatable -----------------------------------------------------------------------------------------------------


def test_commits_that_touch_other_files_change_nothing(
    copy: Path, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        (copy / "anteckningar.txt").write_text(f"{number}\n", "utf-8")
        save(copy, f"2027-0{number + 1}-01T12:00:00+01:00")
    git(copy, "checkout", "-q", "-b", "gren", "HEAD~1")
    (copy / "annat.txt").write_text("x\n", "utf-8")
    save(copy, "2027-03-01T12:00:00+01:00")
    git(copy, "checkout", "-q", "main")
    git(copy, "merge", "-q", "--no-edit", "gren", date="2027-03-02T12:00:00+01:00")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    with remembering_nothing():
        assert report(copy, "pdf") == good
    assert report(copy, "pdf") == good
    assert [one.outcome for one in answers(good, copy)] == ["agrees", "agrees"]


# --- verify ---------------------------------------------------------------------------------------------------------


def test_it_is_made_again_byte_by_byte_and_git_agrees(past: tuple[Path, list[str]], good: bytes) -> None:
    sources, in_git = answers(good, past[0])
    assert (sources.outcome, in_git.outcome) == ("agrees", "agrees")
    assert "every byte of the file" in told(sources)
    assert "3 moments of the results against git" in told(in_git)


def test_it_goes_on_agreeing_when_git_goes_on(copy: Path, good: bytes) -> None:
    level(copy, LATER, 2, 1)
    save(copy, "2026-12-01T12:00:00+01:00")
    git(copy, "checkout", "-q", "-b", "gren", "HEAD~2")
    level(copy, JOINT, 2, 0)
    save(copy, "2026-05-01T12:00:00+02:00")
    git(copy, "checkout", "-q", "main")
    git(copy, "merge", "-q", "--no-edit", "gren", date="2026-12-02T12:00:00+01:00")
    assert [one.outcome for one in answers(good, copy)] == ["agrees", "agrees"]
    merged = report(copy, "pdf")
    assert merged != good
    level(copy, LATER, 1, 0)
    save(copy, "2026-12-03T12:00:00+01:00")
    assert [one.outcome for one in answers(merged, copy)] == ["agrees", "agrees"]


@pytest.mark.parametrize("manifest", [False, True])
def test_a_changed_result_is_noticed_and_named(past: tuple[Path, list[str]], good: bytes, *, manifest: bool) -> None:
    def change(values: Any) -> None:
        values["moments"][1]["targets"][0].update(shown="9,9", low=3.0, high=3.0)

    sources, in_git = answers(changed(good, change, manifest=manifest), past[0])
    assert (sources.outcome, in_git.outcome) == ("disagrees", "disagrees")
    place = f"history.json: 2026-04-09 {past[1][1][:8]}"
    assert f'{place}.targets[0].shown: "9,9" stands there; git gives ' in told(in_git)
    assert all(one.where.startswith(place) for one in in_git.disagreements)
    assert "9,9" in told(sources)


def test_a_moment_left_out_or_made_up(past: tuple[Path, list[str]], good: bytes) -> None:
    root, commits = past
    _, left = answers(changed(good, lambda values: values["moments"].pop(1)), root)
    assert left.outcome == "disagrees"
    assert "history.json" in told(left)
    made_up = changed(good, lambda values: values["moments"][1].update(commit="ab" * 20))
    text = told(answers(made_up, root)[1])
    assert "history.json: 2026-04-09 abababab: git remembers no such moment" in text
    assert f"history.json: 2026-04-09 {commits[1][:8]}: git remembers this moment, but the report does not" in text


def test_a_history_of_another_form_is_no_crash(past: tuple[Path, list[str]], good: bytes) -> None:
    sources, in_git = answers(changed(good, lambda values: values.update(moments=[{"commit": 1}])), past[0])
    assert (sources.outcome, in_git.outcome) == ("disagrees", "disagrees")
    assert "history.json: the file is not the one that the manifest names" in told(sources)


# --- build ----------------------------------------------------------------------------------------------------------


def _build(root: Path, **options: Any) -> Built:
    folder, loaded = open_workspace(root)
    return build(folder, loaded, Translator("sv"), formats=["html"], **options)


def test_a_build_reads_the_history_once_and_only_for_strategies(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def counting(start: Path, t: Translator) -> History:
        asked.append(start)
        return read_history(start, t)

    monkeypatch.setattr(score_histories, "read_history", counting)
    other = copy / "strategies/annan-plan"
    shutil.copytree(copy / "strategies" / NAME, other)
    for path in other.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace(NAME, "annan-plan"), "utf-8")
    _build(copy, only=f"{NAME}/2026-04/*")
    assert asked == []
    made = _build(copy)
    assert {f"{NAME}/index.html", "annan-plan/index.html"} <= set(made.written)
    assert len(asked) == 1


def test_a_new_moment_makes_the_page_stale(copy: Path) -> None:
    page = f"{NAME}/index.html"
    assert page in _build(copy).written
    assert page in _build(copy).unchanged
    level(copy, LATER, 2, 1)
    save(copy, "2026-12-01T12:00:00+01:00")
    assert page in _build(copy).written
    level(copy, LATER, 1, 2)
    git(copy, "reset", "-q", "--hard", "HEAD~1")
    assert page in _build(copy).written
