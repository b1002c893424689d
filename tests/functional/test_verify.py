"""`verify` on good files, and on files in which one thing was changed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pikepdf
import pytest

from granskning.edges.readers import pdf_reading
from granskning.errors import UnreadableFileError
from granskning.i18n import Translator
from granskning.tasks.proof import verify_sources
from granskning.tasks.proof.publish import publish_review
from granskning.tasks.proof.verify import verify_pdf
from granskning.tasks.reports.render import render_review
from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run
    from granskning.tasks.proof.verification_report import VerificationAnswer, Verified

pytestmark = [pytest.mark.usefixtures("printed_once"), pytest.mark.xdist_group("verify")]

BASE = Path(__file__).parents[1] / "cases" / "base"
REVIEW = Path("strategies/provplan/reviews/2026-11/granskaren.yaml")
CARRIED = "strategies_provplan_reviews_2026-11_granskaren.yaml"


def git(root: Path, *words: str) -> str:
    settings = ("-c", "user.name=Prov", "-c", "user.email=prov@exempel.se", "-c", "init.defaultBranch=main")
    day = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-11-24T12:00:00+01:00")
    env = {**os.environ, **day}  # the same commit in every copy, and so the same report
    done = subprocess.run(["git", *settings, *words], cwd=root, env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def save(root: Path, words: str = "prov") -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", words)


def make_workspace(root: Path) -> None:
    """The base workspace in a repository, with an approved review that has an internal note and comments."""
    shutil.copytree(BASE, root, copy_function=shutil.copyfile)
    text = (root / REVIEW).read_text("utf-8")
    text = text.replace("status: draft", "status: approved  # i går").replace(
        "  resor-barn:", "    note: >-\n      Hemlig anteckning.\n  # en kommentar\n  resor-barn:"
    )
    (root / REVIEW).write_text(text, "utf-8")
    git(root, "init", "-q")
    save(root)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that tests leave as it is."""
    folder = tmp_path_factory.mktemp("prov") / "arbetsmapp"
    make_workspace(folder)
    return folder


@pytest.fixture(scope="module")
def good(root: Path) -> bytes:
    """The PDF of its review."""
    return render_review(root, REVIEW, form="pdf")[1]


def answers(data: bytes, start: Path) -> tuple[VerificationAnswer, VerificationAnswer, VerificationAnswer]:
    sources, in_git, published = verify_pdf(data, start).answers
    return sources, in_git, published


def told(answer: VerificationAnswer) -> str:
    t = Translator("en")
    lines = [f"{one.where}: {one.said.text(t)}" for one in answer.disagreements]
    return "\n".join([*lines, *(said.text(t) for said in (*answer.remarks, *answer.tried))])


def changed(data: bytes, change: Callable[[pikepdf.Pdf], Any]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        saved = io.BytesIO()
        document.save(saved)
    return saved.getvalue()


def attach(document: pikepdf.Pdf, name: str, data: bytes) -> None:
    """Put another content in an attachment, and leave the rest as it is."""
    for one in document.Root.AF:
        if str(one.UF) == name:
            one.EF.F.write(data)
            return
    raise AssertionError(name)


def content(document: pikepdf.Pdf, name: str) -> bytes:
    return document.attachments[name].get_file().read_bytes()


def reword(document: pikepdf.Pdf, old: str, new: str) -> None:
    """Change words in a line on some page, as an editor of PDFs does, with letters that its font has."""
    for page in document.pages:
        told: list[Any] = []
        done = False
        alphabet: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, instruction.operator
            if str(operator) == "Tf":
                table = page.resources.Font[str(operands[0])].ToUnicode.read_bytes().decode()
                pairs = re.findall(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>", table)
                alphabet = {int(c, 16): bytes.fromhex(x).decode("utf-16-be") for c, x in pairs}
            if str(operator) == "TJ" and not done:
                codes = b"".join(bytes(one) for one in operands[0] if isinstance(one, pikepdf.String))
                text = "".join(alphabet[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2))
                if old in text:
                    back = {letter: code for code, letter in alphabet.items()}
                    other = b"".join(back[letter].to_bytes(2) for letter in text.replace(old, new))
                    told.append(([pikepdf.Array([pikepdf.String(other)])], operator))
                    done = True
                    continue
            told.append((operands, operator))
        if done:
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(told))
            return
    raise AssertionError(f"no line has {old!r}")


# A good file


@pytest.mark.usefixtures("printed_anew")
def test_a_good_file_agrees(good: bytes, root: Path) -> None:
    sources, in_git, published = answers(good, root)
    assert (sources.outcome, in_git.outcome, published.outcome) == ("agrees", "agrees", "cannot_be_tried")
    assert "every byte of the file" in told(sources)


def test_it_agrees_wherever_it_lies(good: bytes, tmp_path: Path) -> None:
    sources, in_git, published = answers(good, tmp_path)
    assert (sources.outcome, in_git.outcome, published.outcome) == ("agrees", "cannot_be_tried", "cannot_be_tried")
    assert "no working folder at hand" in told(in_git)


def test_what_is_internal_is_not_in_it(good: bytes) -> None:
    with pikepdf.open(io.BytesIO(good)) as document:
        carried = b"".join(content(document, name) for name in document.attachments)
    for words in ("Hemlig anteckning", "en kommentar", "i går"):
        assert words.encode() not in carried
        assert words not in "".join(line for page in pdf_reading.read_pdf(good).pages for line in page)


def test_internal_keeps_it_says_so_on_every_page_and_agrees(root: Path) -> None:
    data = render_review(root, REVIEW, form="pdf", internal=True)[1]
    with pikepdf.open(io.BytesIO(data)) as document:
        assert content(document, CARRIED) == (root / REVIEW).read_bytes()
    pages = pdf_reading.read_pdf(data).pages
    assert [number for number, lines in enumerate(pages) if not any("INTERN" in line for line in lines)] == []
    assert any("Hemlig anteckning." in line for page in pages for line in page)
    assert [one.outcome for one in answers(data, root)] == ["agrees", "agrees", "cannot_be_tried"]


def test_a_file_saved_anew_agrees_and_it_is_told(good: bytes, root: Path) -> None:
    sources, in_git, _ = answers(changed(good, lambda _document: None), root)
    assert (sources.outcome, in_git.outcome) == ("agrees", "agrees")
    assert "another program has saved it anew" in told(sources)


def test_an_id_with_a_line_end_in_it_is_the_same_when_saved_anew() -> None:
    """One report in sixteen has such a byte in its id, and each manifest another id."""
    manifest = next(text for number in range(1000) if b"\r" in id_of(text := str(number).encode()))
    page = pikepdf.Pdf.new()
    page.add_blank_page()
    bare = io.BytesIO()
    page.save(bare, static_id=True)
    written = re.sub(rb"(/ID ?\[)<[0-9a-f]+>", lambda found: found[1] + b"(" + id_of(manifest) + b")", bare.getvalue())
    saved = changed(written, lambda _document: None)
    identities = [pdf_reading.read_pdf(data).identity for data in (written, saved)]
    assert identities[0] == id_of(manifest) != identities[1]
    assert all(verify_sources.is_id_of(manifest, identity) for identity in identities)
    assert not verify_sources.is_id_of(manifest, bytes(16))


def id_of(manifest: bytes) -> bytes:
    return hashlib.sha256(manifest).digest()[:16]


# One thing changed


def test_a_changed_embedded_file(good: bytes, root: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        attach(document, CARRIED, content(document, CARRIED).replace(b"level: 1", b"level: 2"))

    sources, in_git, _ = answers(changed(good, change), root)
    assert sources.outcome == in_git.outcome == "disagrees"
    assert f"{CARRIED}: the file is not the one that the manifest names" in told(sources)
    assert "report.json" in told(sources)
    assert f"{REVIEW.as_posix()}: the embedded file does not say what git has" in told(in_git)


def test_a_changed_embedded_file_with_a_manifest_to_match(good: bytes, root: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        other = content(document, CARRIED).replace(b"Alla h\xc3\xb6rdes.", b"Ingen h\xc3\xb6rdes.")
        before = hashlib.sha256(content(document, CARRIED)).hexdigest().encode()
        attach(document, CARRIED, other)
        manifest = content(document, "manifest.json")
        attach(document, "manifest.json", manifest.replace(before, hashlib.sha256(other).hexdigest().encode()))

    sources, in_git, _ = answers(changed(good, change), root)
    assert "manifest.json: the manifest is not the one that the file was made with" in told(sources)
    assert "Ingen" in told(sources)
    assert in_git.outcome == "disagrees"


@pytest.mark.parametrize(
    ("key", "value"), [("as_of", "2027-01-01"), ("commit", "0" * 40), ("fingerprint", "0" * 64), ("internal", True)]
)
def test_a_changed_manifest(good: bytes, root: Path, monkeypatch: pytest.MonkeyPatch, key: str, value: object) -> None:
    monkeypatch.setattr(verify_sources, "missing_libraries", lambda: ("pango-1.0",))  # it is seen before any page is

    def change(document: pikepdf.Pdf) -> None:
        values = json.loads(content(document, "manifest.json"))
        attach(document, "manifest.json", json.dumps({**values, key: value}).encode())

    sources, _, _ = answers(changed(good, change), root)
    assert sources.outcome == "disagrees"
    assert "manifest.json: the manifest is not the one that the file was made with" in told(sources)


def test_a_number_changed_on_a_page(good: bytes, root: Path) -> None:
    sources, in_git, _ = answers(changed(good, lambda document: reword(document, "2,0", "3,0")), root)
    assert (sources.outcome, in_git.outcome) == ("disagrees", "agrees")
    assert re.search(r"page:\d+: ”.*3,0.*” stands there; the sources give ”.*2,0", told(sources))


def test_a_line_changed_on_a_page(good: bytes, root: Path) -> None:
    sources, _, _ = answers(changed(good, lambda document: reword(document, "Alla hördes", "Alla hörs")), root)
    assert "Alla hörs" in told(sources)
    assert sources.outcome == "disagrees"


def test_the_running_foot_changed_on_a_page(good: bytes, root: Path) -> None:
    sources, _, _ = answers(changed(good, lambda document: reword(document, "Prov 1.0.0", "Prov 1.0.1")), root)
    assert "Prov 1.0.1" in told(sources)


def test_a_page_taken_out(good: bytes, root: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        del document.pages[1]

    assert answers(changed(good, change), root)[0].outcome == "disagrees"


def test_something_painted_over_a_page(good: bytes, root: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[1].contents_add(b"q 0 0 0 rg 100 600 60 12 re f Q")

    sources, _, _ = answers(changed(good, change), root)
    assert told(sources).startswith("page:2: the page does not look like")


def test_a_remark_laid_on_a_page(good: bytes, root: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 9, 9], Contents="3,0"
        )
        page = document.pages[0]
        page.Annots = pikepdf.Array([*page.get("/Annots", []), document.make_indirect(note)])

    assert "remarks, stamps or fields have been added on the pages: 1" in told(answers(changed(good, change), root)[0])


def test_the_embedded_files_taken_out(good: bytes, root: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        for name in list(document.attachments):
            del document.attachments[name]

    sources, in_git, _ = answers(changed(good, change), root)
    assert "they have been taken out" in told(sources)
    assert in_git.outcome == "cannot_be_tried"


def test_a_file_added_among_the_embedded(good: bytes, root: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments["extra.txt"] = pikepdf.AttachedFileSpec(
            document, b"x", filename="extra.txt", description="", mime_type="text/plain", creation_date="", mod_date=""
        )

    assert "extra.txt: the file is not named in the manifest" in told(answers(changed(good, change), root)[0])


# What cannot be tried


def test_a_file_of_a_newer_version(good: bytes, root: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        manifest = content(document, "manifest.json")
        attach(document, "manifest.json", manifest.replace(b"granskning/manifest/1", b"granskning/manifest/2"))

    sources, in_git, _ = answers(changed(good, change), root)
    assert (sources.outcome, in_git.outcome) == ("cannot_be_tried", "cannot_be_tried")
    assert "newer version" in told(sources)


def test_another_version_is_not_blamed_for_its_words(good: bytes, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_sources, "__version__", "9.9.9")
    other = changed(good, lambda document: reword(document, "Alla hördes", "Alla hörs"))
    sources, _, _ = answers(other, root)
    assert sources.outcome == "cannot_be_tried"
    assert "made with granskning" in told(sources)


def test_without_pango_the_numbers_are_tried_and_the_pages_not(
    good: bytes, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_sources, "missing_libraries", lambda: ("pango-1.0",))
    sources, _, _ = answers(good, root)
    assert sources.outcome == "cannot_be_tried"
    assert "pango-1.0 is missing" in told(sources)
    assert "the scores and words of the report" in told(sources)


def test_a_shallow_clone_has_no_commit_to_tell(root: Path, tmp_path: Path) -> None:
    git(root, "clone", "-q", "--depth", "1", f"file://{root}", str(tmp_path / "kopia"))
    data = render_review(tmp_path / "kopia", REVIEW, form="pdf")[1]
    assert any("version okänd" in line for page in pdf_reading.read_pdf(data).pages for line in page)
    sources, in_git, _ = answers(data, root)
    assert (sources.outcome, in_git.outcome) == ("agrees", "cannot_be_tried")


def test_sources_that_git_had_not(root: Path, tmp_path: Path) -> None:
    git(root, "clone", "-q", str(root), str(tmp_path / "kopia"))
    path = tmp_path / "kopia" / REVIEW
    path.write_text(path.read_text("utf-8").replace("Alla hördes.", "Alla hördes till sist."), "utf-8")
    data = render_review(tmp_path / "kopia", REVIEW, form="pdf")[1]
    sources, in_git, _ = answers(data, tmp_path / "kopia")
    assert (sources.outcome, in_git.outcome) == ("agrees", "cannot_be_tried")
    assert "changes that git did not have" in told(in_git)


def test_sources_from_branches_that_were_merged(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopia"
    git(root, "clone", "-q", str(root), str(copy))
    strategy = copy / "strategies/provplan/strategy.yaml"
    git(copy, "checkout", "-q", "-b", "gren")
    strategy.write_text(strategy.read_text("utf-8").replace("Provplanen", "Den nya provplanen"), "utf-8")
    save(copy, "gren")
    git(copy, "checkout", "-q", "main")
    (copy / REVIEW).write_text((copy / REVIEW).read_text("utf-8").replace("Alla hördes.", "Alla hördes nu."), "utf-8")
    save(copy, "main")
    git(copy, "merge", "-q", "--no-edit", "gren")
    data = render_review(copy, REVIEW, form="pdf")[1]
    assert [one.outcome for one in answers(data, copy)] == ["agrees", "agrees", "cannot_be_tried"]


def _locked(data: bytes, **words: str) -> bytes:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(saved, encryption=pikepdf.Encryption(owner="a", user=words.get("user", "")))
    return saved.getvalue()


def _other() -> bytes:
    saved = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(saved)
    return saved.getvalue()


def test_files_that_cannot_be_read_at_all(good: bytes, root: Path) -> None:
    for data, words in (
        (b"", "not a PDF"),
        (b"# en text\n", "not a PDF"),
        (good[:400], "not a whole PDF"),
        (b"%PDF-1.7\n" + b"\0" * 2000, "not a whole PDF"),
        (_locked(good, user="b"), "password"),
    ):
        with pytest.raises(UnreadableFileError, match=words):
            verify_pdf(data, root)


def test_a_file_cut_short_is_never_sound(good: bytes, root: Path) -> None:
    for share in (0.3, 0.6, 0.9, 0.999):
        try:
            verified: Verified = verify_pdf(good[: int(len(good) * share)], root)
        except UnreadableFileError:
            continue
        assert verified.answers[0].outcome != "agrees"
        assert "cut short" in told(verified.answers[0])


def test_a_file_of_another_program(root: Path) -> None:
    outcomes = [one.outcome for one in answers(_other(), root)]
    assert outcomes == ["cannot_be_tried"] * 3


# The command


def test_the_command_tells_in_words_and_as_json(good: bytes, root: Path, tmp_path: Path, granskning: Run) -> None:
    (tmp_path / "rapport.pdf").write_bytes(good)
    done = granskning("-C", str(root), "verify", str(tmp_path / "rapport.pdf"))
    assert done.returncode == 0
    assert "1. Rapporten och dess egna källor: stämmer" in done.stdout
    assert "3. Filen och det som har publicerats: kan inte prövas" in done.stdout
    assert "inte vem som har gjort filen" in " ".join(done.stdout.split())
    done = granskning("verify", "rapport.pdf", "--format", "json")
    assert done.returncode == 0
    values = json.loads(done.stdout)
    jsonschema.validate(values, load_schema("verify"))
    assert [one["outcome"] for one in values["answers"]] == ["agrees", "cannot_be_tried", "cannot_be_tried"]


def test_exit_codes(good: bytes, root: Path, tmp_path: Path, granskning: Run) -> None:
    (tmp_path / "andrad.pdf").write_bytes(changed(good, lambda document: reword(document, "2,0", "3,0")))
    done = granskning("-C", str(root), "verify", str(tmp_path / "andrad.pdf"))
    assert done.returncode == 1
    assert "✗ sida" in done.stdout
    (tmp_path / "annan.pdf").write_bytes(_other())
    assert granskning("verify", "annan.pdf").returncode == 2
    (tmp_path / "text.pdf").write_text("text", "utf-8")
    done = granskning("verify", "text.pdf")
    assert (done.returncode, done.stdout) == (2, "")
    assert granskning("verify", "saknas.pdf").returncode == 2
    assert granskning("verify", str(root)).returncode == 2


def test_the_manifest_follows_its_schema(good: bytes) -> None:
    with pikepdf.open(io.BytesIO(good)) as document:
        values = json.loads(content(document, "manifest.json"))
        jsonschema.validate(values, load_schema("manifest"))
        for one in values["files"]:
            assert hashlib.sha256(content(document, one["name"])).hexdigest() == one["sha256"]


# What has been published


@pytest.fixture
def published(root: Path, tmp_path: Path) -> Path:
    """A copy of the workspace, with the report of its review published."""
    copy = tmp_path / "utgivet"
    shutil.copytree(root, copy)
    publish_review(copy, REVIEW)
    return copy


def test_what_has_been_published_is_known(published: Path) -> None:
    folder = published / "strategies/provplan/published/001"
    for name in ("provplan-2026-11-granskaren.pdf", "provplan-2026-11-granskaren-arkiv.pdf"):
        found = answers((folder / name).read_bytes(), published)
        assert [one.outcome for one in found] == ["agrees"] * 3, (name, *map(told, found))


def test_a_file_that_differs_from_the_published_one(published: Path) -> None:
    path = published / "strategies/provplan/published/001/provplan-2026-11-granskaren.pdf"
    other = changed(path.read_bytes(), lambda document: reword(document, "2,0", "3,0"))
    sources, _, register = answers(other, published)
    assert (sources.outcome, register.outcome) == ("disagrees", "disagrees")
    assert "publication 1 of provplan has another SHA-256" in told(register)


def test_a_report_of_other_sources_is_not_held_against_it(published: Path) -> None:
    path = published / REVIEW
    path.write_text(path.read_text("utf-8").replace("Alla hördes.", "Alla hördes till sist."), "utf-8")
    save(published)
    data = render_review(published, REVIEW, form="pdf")[1]
    assert [one.outcome for one in answers(data, published)] == ["agrees", "agrees", "cannot_be_tried"]
