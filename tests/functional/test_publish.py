"""`publish`: the report, its archive copy and sources, and the register; what is refused, and what is never changed."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import page as validator
import pytest

from granskning.edges.printing.pdf import Printed
from granskning.errors import UsageError, WriteRefusedError
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.proof import publish as publishing
from granskning.tasks.proof.publish import publish_review
from granskning.tasks.proof.verify import verify_pdf
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.source import read
from small_picture import small_png

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conftest import Run, TreePrint
    from granskning.tasks.reports.printing import Job

pytestmark = [pytest.mark.usefixtures("printed_once"), pytest.mark.xdist_group("publish")]

BASE = Path(__file__).parents[1] / "cases" / "base"
REVIEW = Path("strategies/provplan/reviews/2026-11/granskaren.yaml")
FOLDER = Path("strategies/provplan/published")
NAME = "provplan-2026-11-granskaren"
ANNEX = "prov-1.0.0-bilaga.pdf"


def _save(root: Path) -> None:
    settings = ("-c", "user.name=Prov", "-c", "user.email=prov@exempel.se", "-c", "init.defaultBranch=main")
    day = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-11-24T12:00:00+01:00")
    env = {**os.environ, **day}  # the same commit in every copy, and so the same report
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "prov")):
        subprocess.run(["git", *settings, *words], cwd=root, env=env, capture_output=True, check=True)


def _change(root: Path, old: str, new: str, file: Path = REVIEW) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def approved(tmp_path: Path) -> Path:
    """A workspace in git with an approved review."""
    root = tmp_path / "arbetsmapp"
    shutil.copytree(BASE, root, copy_function=shutil.copyfile)
    _change(root, "status: draft", "status: approved\ncase_number: EX 2026/1\nbody: Nämnden")
    _save(root)
    return root


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is about the register, the folder and what is refused: in place of a PDF, all that decides its bytes."""

    def words_of(jobs: Sequence[Job], _: object, **__: object) -> Iterator[tuple[str, Printed]]:
        for job in jobs:
            yield job.output, Printed(repr(job).encode())

    monkeypatch.setattr(publishing, "print_all", words_of)


def test_what_is_published(approved: Path) -> None:
    made = publish_review(approved, REVIEW)
    folder = approved / FOLDER / "001"
    assert made.folder == (FOLDER / "001").as_posix()
    assert sorted(path.name for path in folder.iterdir()) == [
        ANNEX, f"{NAME}-arkiv.pdf", f"{NAME}-kallor.zip", f"{NAME}.pdf", "publication.yaml",
    ]  # fmt: skip
    register = read((folder / "publication.yaml").read_text("utf-8")).value
    assert check_values("publication", register, "publication.yaml") == []
    assert (register["number"], register["date"], register["case_number"]) == (1, "2026-11-23", "EX 2026/1")
    assert len(register["commit"]) == 40
    for one in register["files"]:
        data = (folder / one["name"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["size"], one["sha256"])
    for name, profiles in (
        (f"{NAME}.pdf", ("ua1", "3a")),
        (ANNEX, ("ua1", "3a")),
        (f"{NAME}-arkiv.pdf", ("ua1", "2a")),
    ):
        for profile in profiles:
            assert validator.validate_pdf_bytes((folder / name).read_bytes(), profile=profile).failures == []
    with zipfile.ZipFile(io.BytesIO((folder / f"{NAME}-kallor.zip").read_bytes())) as packed:
        assert packed.namelist()[0] == "manifest.json"
        assert packed.testzip() is None
    answers = verify_pdf((folder / ANNEX).read_bytes(), approved, beside=folder).answers
    assert [answer.outcome for answer in answers] == ["agrees", "agrees", "agrees"]
    other = (folder / ANNEX).read_bytes() + b"\n%"  # an annex that is not the one that was published
    assert verify_pdf(other, approved, beside=folder).answers[-1].outcome == "disagrees"
    assert not open_workspace(approved)[1].broken


@pytest.mark.usefixtures("unprinted")
def test_the_sign_off_stands_in_the_register_and_holds(approved: Path, granskning: Run) -> None:
    _change(approved, "status: approved", "status: submitted")
    words = ("--role", "ordförande", "--case-number", "EX 2026/2", "--body", "Nämnden")
    assert granskning("-C", str(approved), "approve", str(approved / REVIEW), *words).returncode == 0
    _save(approved)
    register = read((approved / publish_review(approved, REVIEW).folder / "publication.yaml").read_text("utf-8")).value
    assert (register["role"], register["case_number"], register["body"]) == ("ordförande", "EX 2026/2", "Nämnden")
    assert register["approval"].startswith("v1:")
    _change(approved, "level: 3", "level: 2")
    _save(approved)
    with pytest.raises(UsageError, match="has errors"):
        publish_review(approved, REVIEW)


def test_the_same_publication_is_the_same_bytes(approved: Path, tmp_path: Path) -> None:
    shutil.copytree(approved, tmp_path / "kopia")
    one, two = (
        {path.name: path.read_bytes() for path in (root / publish_review(root, REVIEW).folder).iterdir()}
        for root in (approved, tmp_path / "kopia")
    )
    assert one == two


@pytest.mark.usefixtures("unprinted")
def test_it_is_published_once_and_a_new_decision_gets_a_new_number(approved: Path, fingerprint_tree: TreePrint) -> None:
    publish_review(approved, REVIEW)
    before = fingerprint_tree(approved / FOLDER / "001")
    with pytest.raises(UsageError, match="is published already, as number 1"):
        publish_review(approved, REVIEW)
    _change(approved, "Alla hördes.", "Alla hördes till sist.")
    with pytest.raises(UsageError, match="changes that git does not have"):
        publish_review(approved, REVIEW)
    _save(approved)
    assert publish_review(approved, REVIEW).folder == (FOLDER / "002").as_posix()
    assert fingerprint_tree(approved / FOLDER / "001") == before


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_only_what_is_approved(approved: Path, status: str) -> None:
    _change(approved, "status: approved", f"status: {status}")
    with pytest.raises(UsageError, match="is not approved"):
        publish_review(approved, REVIEW)
    assert not (approved / FOLDER).exists()


def test_a_review_with_errors_is_refused(approved: Path) -> None:
    _change(approved, "level: 3", "level: 9")
    with pytest.raises(UsageError, match="has errors"):
        publish_review(approved, REVIEW)


@pytest.mark.usefixtures("unprinted")
def test_without_git_the_commit_is_unknown(approved: Path) -> None:
    shutil.rmtree(approved / ".git")
    assert publish_review(approved, REVIEW).commit is None


@pytest.mark.usefixtures("unprinted")
def test_all_or_nothing(approved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("granskning.edges.writing.os.fsync", full)
    with pytest.raises(WriteRefusedError):
        publish_review(approved, REVIEW)
    assert not (approved / FOLDER).exists()


@pytest.mark.usefixtures("unprinted")
def test_a_number_that_is_taken_while_printing_is_never_overwritten(
    approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = publishing._contents  # noqa: SLF001

    def meanwhile(*words: object) -> object:
        (approved / FOLDER / "001").mkdir(parents=True)
        (approved / FOLDER / "001" / "annan.txt").write_text("x", "utf-8")
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "_contents", meanwhile)
    with pytest.raises(WriteRefusedError):
        publish_review(approved, REVIEW)
    assert [path.name for path in (approved / FOLDER / "001").iterdir()] == ["annan.txt"]


@pytest.mark.usefixtures("unprinted")
def test_what_looks_private_is_told_with_its_place_and_refused(approved: Path, granskning: Run) -> None:
    _change(approved, "Alla hördes.", "Alla hördes, även 811218-9876 på namn@exempel.se.")
    _save(approved)
    done = granskning("-C", str(approved), "publish", str(approved / REVIEW))
    assert done.returncode == 1
    assert "granskaren.yaml:29:25: GR520 warning: 811218-9876" in done.stdout
    assert "GR521 notice: namn@exempel.se" in done.stdout
    assert "--accept GR520 --accept GR521" in done.stderr
    assert not (approved / FOLDER).exists()
    done = granskning("-C", str(approved), "publish", str(approved / REVIEW), "--accept", "GR520", "--accept", "GR521")
    assert done.returncode == 0
    assert "Personnamn kan inte hittas säkert" in done.stderr
    register = read((approved / FOLDER / "001" / "publication.yaml").read_text("utf-8")).value
    assert register["accepted"] == ["GR520", "GR521"]


@pytest.mark.usefixtures("unprinted")
def test_what_is_private_in_an_internal_note_is_no_hindrance(approved: Path) -> None:
    _change(approved, "  resor-barn:", "    note: Ring 070-174 06 05.\n  resor-barn:")
    _save(approved)
    assert publish_review(approved, REVIEW).findings == ()


def test_what_is_private_in_the_strategy_or_its_actions_is_one(approved: Path) -> None:
    _change(approved, "owner: Provlän", "owner: Provlän, 08-123 456 78", Path("strategies/provplan/strategy.yaml"))
    _change(approved, "Räkna omsorgens resor", "Fråga namn@exempel.se", Path("strategies/provplan/actions.yaml"))
    _save(approved)
    assert {one.rule.code for one in publish_review(approved, REVIEW).findings} == {"GR521", "GR522"}


def test_an_own_template_with_open_links_or_silent_pictures_is_told(approved: Path, granskning: Run) -> None:
    folder = approved / "templates" / "review"
    folder.mkdir(parents=True)
    (folder / "method.html.j2").write_text('<h2>Metod</h2><a href="#saknas">x</a><svg width="9" height="9"></svg>')
    _save(approved)
    done = granskning("-C", str(approved), "publish", str(approved / REVIEW))
    assert done.returncode == 1
    assert "en länk på sidan leder ingenstans: #saknas" in done.stdout
    assert "en bild på sidan saknar alternativtext: svg" in done.stdout


def test_codes_that_cannot_be_accepted(approved: Path, granskning: Run) -> None:
    done = granskning("-C", str(approved), "publish", str(approved / REVIEW), "--accept", "GR201")
    assert done.returncode == 2
    assert "GR520, GR521, GR522" in done.stderr


@pytest.mark.usefixtures("unprinted")
def test_what_is_evidence_is_kept_beside_the_report(tmp_path: Path) -> None:
    root = tmp_path / "arbetsmapp"
    shutil.copytree(BASE, root, copy_function=shutil.copyfile)
    picture = small_png()
    kept = root / "strategies/provplan/evidence/skylt.png"
    kept.parent.mkdir()
    kept.write_bytes(picture)
    digest = hashlib.sha256(picture).hexdigest()
    item = f"      - {{file: evidence/skylt.png, sha256: {digest}, paraphrase: Skylten.}}\n"
    _change(root, "status: draft", "status: approved")
    _change(root, "    evidence:\n", f"    evidence:\n{item}")
    _save(root)
    done = publish_review(root, root / REVIEW)
    assert (root / done.folder / "belagg-skylt.png").read_bytes() == picture
    register = read((root / done.folder / "publication.yaml").read_text("utf-8")).value
    assert {"name": "belagg-skylt.png", "role": "evidence", "size": len(picture), "sha256": digest} in register["files"]
    assert not list(check_values("publication", register, "publication.yaml"))
    kept.write_bytes(small_png(shade=10))
    with pytest.raises(UsageError, match="errors"):  # check says which file
        publish_review(root, root / REVIEW)
