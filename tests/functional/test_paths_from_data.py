"""A path that stands in a file never leads out of the folder it is meant from: not by its words, not by a link."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import CRITERIA, REVIEW, STRATEGY
from granskning.edges.disk import FolderFiles, leads_inside, place_in
from granskning.edges.readers.pdf_reading import ReadPdf
from granskning.errors import TemplateFaultError, UnreadableFileError, WriteRefusedError
from granskning.files import is_plain
from granskning.tasks.proof.publications import Publication, sources_of
from granskning.tasks.proof.verify_sources import read_manifest
from granskning.tasks.reports.outputs import MANIFEST, Outputs
from granskning.tasks.reports.templates import load_templates

if TYPE_CHECKING:
    from conftest import Run, TreePrint

PRECIOUS = b"kan inte ers\xc3\xa4ttas\n"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the working folder, with a file that must stay."""
    folder = tmp_path / "utanför"
    folder.mkdir()
    (folder / "dyrbar.html").write_bytes(PRECIOUS)
    return folder


@pytest.mark.parametrize("path", ["a.html", "a/b/c.pdf", "documents/En plan, 2026: slutlig.pdf", "...", "a/..b"])
def test_plain_paths(path: str) -> None:
    assert is_plain(path)


@pytest.mark.parametrize(
    "path",
    ["", "/", "/etc/passwd", "..", "../a", "a/../b", "a/..", ".", "./a", "a//b", "a/", "C:/x", "c:x", "..\\a", "a\\b",
     "\\\\server\\share", "a\0b"],
)  # fmt: skip
def test_paths_that_are_not_plain(path: str) -> None:
    assert not is_plain(path)


# --- what a build made ----------------------------------------------------------------------------------------------


def _quiet(_output: str) -> None:
    """Tell nobody."""


def record(folder: Path, outputs: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / MANIFEST).write_text(json.dumps({"schema": "granskning/build/1", "outputs": outputs}))


def entry(data: bytes) -> dict[str, str]:
    return {"key": "0" * 64, "sha256": sha(data)}


def test_a_build_removes_nothing_outside_its_folder(workspace: Path, outside: Path, granskning: Run) -> None:
    precious = outside / "dyrbar.html"
    page = workspace / "strategies/provplan/sida.html"
    page.write_bytes(PRECIOUS)
    review = (workspace / REVIEW).read_bytes()
    record(workspace / "build", {
        f"../{REVIEW}": entry(review),
        "../strategies/provplan/sida.html": entry(PRECIOUS),
        precious.as_posix(): entry(PRECIOUS),
    })  # fmt: skip
    assert granskning("build", "--format", "html", cwd=workspace).returncode == 0
    assert (precious.read_bytes(), page.read_bytes()) == (PRECIOUS, PRECIOUS)
    assert (workspace / REVIEW).read_bytes() == review
    assert "../" not in (workspace / "build" / MANIFEST).read_text()


def test_a_build_follows_no_link_out_of_its_folder(workspace: Path, outside: Path, granskning: Run) -> None:
    record(workspace / "build", {"borta/dyrbar.html": entry(PRECIOUS)})
    (workspace / "build/borta").symlink_to(outside)
    (workspace / "build/provplan").symlink_to(outside)
    done = granskning("--lang", "en", "build", "--format", "html", cwd=workspace)
    assert done.returncode == 2
    assert "leads out of the folder" in done.stderr
    assert [path.name for path in outside.iterdir()] == ["dyrbar.html"]


def test_a_build_folder_that_is_a_link_out_has_to_be_named(workspace: Path, outside: Path, granskning: Run) -> None:
    (workspace / "build").symlink_to(outside)
    assert granskning("build", "--format", "html", cwd=workspace).returncode == 2
    assert [path.name for path in outside.iterdir()] == ["dyrbar.html"]
    assert granskning("build", "--format", "html", "-o", str(outside), cwd=workspace).returncode == 0


@pytest.mark.parametrize(
    "outputs",
    [[1], "x", None, {"a.html": 1}, {"a.html": {"key": 1, "sha256": 2}}, {"a.txt": entry(b"")}, {"a.yaml": entry(b"")},
     {"a.html": {**entry(b""), "more": 1}}, {"../a.html": entry(b"")}, {"a.html\n": entry(b"")}],
)  # fmt: skip
def test_a_record_that_we_did_not_write_makes_everything_stale(outputs: Any, tmp_path: Path) -> None:
    record(tmp_path, {"a.html": entry(b"x")})
    (tmp_path / "a.html").write_bytes(b"x")
    assert not Outputs(tmp_path, _quiet).is_stale("a.html", "0" * 64)
    record(tmp_path, outputs)
    mended = Outputs(tmp_path, _quiet)
    assert mended.is_stale("a.html", "0" * 64)
    mended.forget(lambda _output: True)
    assert mended.removed == set()


# --- documents, publications, manifests -----------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["documents/../strategy.yaml", "documents/../../../../utanför/dyrbar.html",
                                   "documents/länk.html", "documents//x", "documents/länkad/dyrbar.html"])  # fmt: skip
def test_a_document_lies_in_the_strategy(words: str, workspace: Path, outside: Path, granskning: Run) -> None:
    documents = workspace / "strategies/provplan/documents"
    documents.mkdir(exist_ok=True)
    (documents / "länk.html").symlink_to(outside / "dyrbar.html")
    (documents / "länkad").symlink_to(outside)
    text = (workspace / STRATEGY).read_text("utf-8").partition("    document:")[0]
    (workspace / STRATEGY).write_text(f"{text}    document: {words}\n    sha256: {sha(PRECIOUS)}\n", "utf-8")
    done = granskning("check", STRATEGY, cwd=workspace)
    assert ("GR321" if "länk" in words else "GR309") in done.stdout, done.stdout


@pytest.mark.parametrize("name", ["..", ".", "../../../strategy.yaml", "/etc/hosts", "länk.zip"])
def test_a_publication_is_looked_for_in_its_own_folder(name: str, workspace: Path, outside: Path) -> None:
    folder = "strategies/provplan/published/001"
    (workspace / folder).mkdir(parents=True)
    (workspace / folder / "länk.zip").symlink_to(outside / "dyrbar.html")
    data = PRECIOUS if name == "länk.zip" else b""
    publication = Publication(folder, {"files": [{"name": name, "role": "sources", "sha256": sha(data)}]})
    assert sources_of(publication, FolderFiles(workspace)) == ()
    with pytest.raises(UnreadableFileError):
        FolderFiles(workspace).read(f"{folder}/{name}")


def test_a_manifest_names_plain_paths_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("granskning.tasks.proof.verify_sources.read_returned", lambda _kind, data: json.loads(data))
    for name, path, is_sound in (("a", "granskning.yaml", True), ("a", "../x", False), ("/a", "x", False),
                                 ("a", "/etc/passwd", False)):  # fmt: skip
        data = json.dumps({"files": [{"name": name, "path": path}]}).encode()
        pdf = dataclasses.replace(_EMPTY, attachments=(("manifest.json", data),))
        assert (read_manifest(pdf) is not None) is is_sound, path


_EMPTY = ReadPdf(**{field.name: () for field in dataclasses.fields(ReadPdf)})  # type: ignore[arg-type]


# --- links -----------------------------------------------------------------------------------------------------------


def test_no_file_is_read_through_a_link_out(workspace: Path, outside: Path, granskning: Run) -> None:
    for path in (REVIEW, CRITERIA):
        (outside / Path(path).name).write_bytes((workspace / path).read_bytes())
        (workspace / path).unlink()
        (workspace / path).symlink_to(outside / Path(path).name)
        with pytest.raises(UnreadableFileError):
            FolderFiles(workspace).read(path)
    done = granskning("--lang", "en", "check", cwd=workspace)
    assert (done.returncode, done.stdout.count("it leads out of the folder")) == (1, 2)


def test_a_link_within_the_folder_is_read(workspace: Path) -> None:
    (workspace / "criteria/lank.yaml").symlink_to("prov.yaml")
    assert FolderFiles(workspace).read("criteria/lank.yaml") == (workspace / CRITERIA).read_bytes()


def test_a_folder_reached_by_a_link_is_a_folder(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "genväg").symlink_to(workspace)
    assert FolderFiles(tmp_path / "genväg").read(REVIEW)
    assert leads_inside(tmp_path / "genväg", REVIEW)
    assert place_in(tmp_path / "genväg", REVIEW) == tmp_path / "genväg" / REVIEW


@pytest.mark.parametrize(
    ("link", "command"),
    [
        ("strategies/provplan/reviews/2027-01", ["new", "provplan", "--round", "2027-01"]),
        (".granskning", ["new", "provplan", "--round", "2027-01"]),
        (".granskning", ["schema", "--write"]),
        ("criteria/earlier", ["revise", "prov", "1.1.0"]),
        ("build", ["export"]),
        ("build", ["render", REVIEW, "--format", "html"]),
    ],
)
def test_nothing_is_written_through_a_link_out(  # noqa: PLR0913  # fixtures
    link: str, command: list[str], workspace: Path, outside: Path, granskning: Run, fingerprint_tree: TreePrint
) -> None:
    (workspace / link).symlink_to(outside)
    before = fingerprint_tree(workspace)
    done = granskning("--lang", "en", *command, cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert "leads out of the folder, so it is not written" in done.stderr
    assert [path.name for path in outside.iterdir()] == ["dyrbar.html"]
    assert fingerprint_tree(workspace) == before


def test_publications_are_not_written_through_a_link_out(workspace: Path, outside: Path) -> None:
    (workspace / "strategies/provplan/published").symlink_to(outside)
    with pytest.raises(WriteRefusedError):
        place_in(workspace, "strategies/provplan/published/001")


def test_templates_are_not_read_through_a_link_out(workspace: Path, outside: Path) -> None:
    (outside / "hemlig.css").write_bytes(b"p { color: red }")
    (workspace / "templates").mkdir(exist_ok=True)
    (workspace / "templates/style.css").symlink_to(outside / "hemlig.css")
    with pytest.raises(TemplateFaultError):
        load_templates(workspace)
    (workspace / "templates/style.css").unlink()
    (workspace / "templates").rmdir()
    (workspace / "templates").symlink_to(outside)
    with pytest.raises(TemplateFaultError):
        load_templates(workspace)
