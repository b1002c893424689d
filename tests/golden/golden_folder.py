"""Everything that the program says of the teaching example: written into a folder, file by file.

Reports that differ from others in their words alone are not printed for the tests: all that would be printed is kept
instead, their HTML and every file that they carry, and the printing itself is held by the reports beside them.

The example is copied into a repository of its own with fixed dates, so neither the day, nor the commit of the checkout,
nor where it lies changes a byte. Nothing is started but git: commands and pages answer in this process.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import hashlib
import io
import json
import os
import shutil
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from granskning.cli.app import run
from granskning.edges.printing.pdf import Printed
from granskning.tasks.editing.edit_session import EditSession
from granskning.tasks.reports import build
from granskning.tasks.reports.attachments import MANIFEST
from granskning.web.access.request_checks import Access
from granskning.web.app import make_app
from granskning.web.parts.context import AppState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from starlette.types import Message

    from granskning.errors import GranskningError
    from granskning.tasks.reports.printing import Job

ROOT = Path(__file__).resolve().parents[2]
PLAN = "exempellan-transportplan"
REVIEWS = f"strategies/{PLAN}/reviews"
JOINT = f"{REVIEWS}/2026-11/samlad.yaml"
DRAFT = f"{REVIEWS}/2026-11/planerare-infrastruktur.yaml"
KINDS = (
    "workspace", "criteria", "strategy", "review", "actions", "indicator", "check", "score", "history", "diff",
    "export", "followup", "verify", "manifest", "moments", "publication",
)  # fmt: skip

UNPRINTED = (f"{PLAN}/2026-04/*", f"{PLAN}/2026-11/controller.*", f"{PLAN}/2026-11/strateg-jamstalldhet.*")
"""Reviews beside a joint one and a draft, which are printed."""

SETS = ("criteria/earlier/jamstalld-tillvaxt-0.9.0.yaml", "criteria/jamstalld-tillvaxt.yaml")

READING: dict[str, tuple[str, ...]] = {
    "score.json": ("score", "--format", "json"),
    "score.csv": ("score", "--format", "csv"),
    "score-explain.json": ("score", "--explain", "--format", "json"),
    "history.json": ("history", "--format", "json"),
    "history.csv": ("history", "--format", "csv"),
    "actions.json": ("actions", "--as-of", "2026-11-30", "--format", "json"),
    "actions.csv": ("actions", "--as-of", "2026-11-30", "--format", "csv"),
    "actions-history.json": ("actions", "--as-of", "2026-11-30", "--history", "--format", "json"),
    "diff-rounds.json": ("diff", f"{PLAN}/2026-04", f"{PLAN}/2026-11", "--format", "json"),
    "diff-commits.json": ("diff", "HEAD~3", "HEAD", "--format", "json"),
    "diff-commit.html": ("diff", "HEAD~1", "--format", "html"),
    "diff-sets.json": ("diff", *SETS, "--format", "json"),
    "export.json": ("export", "--format", "json", "-o", "-"),
    "export-reviews.csv": ("export", "--table", "reviews", "-o", "-"),
    "export-answers.csv": ("export", "--table", "answers", "--delimiter", ";", "-o", "-"),
    **{f"schema-{kind}.json": ("schema", kind) for kind in KINDS},
}  # fmt: skip
"""What is the same in each language."""

SAYING: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "score": ("score",),
    "score-explain": ("score", "--explain"),
    "history": ("history",),
    "actions": ("actions", "--as-of", "2026-11-30", "--history"),
    "actions-overdue": ("actions", "--overdue", "--as-of", "2026-11-30"),
    "diff-rounds": ("diff", f"{PLAN}/2026-04", f"{PLAN}/2026-11"),
    "diff-commits": ("diff", "HEAD~3", "HEAD"),
    "diff-sets": ("diff", *SETS),
    "migrate": ("migrate", DRAFT, "--to", "jamstalld-tillvaxt@0.10.0", "--dry-run"),
    "explain": ("explain",),
    "explain-one": ("explain", "GR212"),
    "schema": ("schema",),
}

PAGES = {
    "overview": "/",
    "review": f"/granskning/{PLAN}/2026-11/planerare-infrastruktur",
    "joint-review": f"/granskning/{PLAN}/2026-11/samlad",
    "review-report": f"/granskning/{PLAN}/2026-11/planerare-infrastruktur/rapport",
    "approve": f"/granskning/{PLAN}/2026-11/samlad/godkann",
    "strategy": f"/strategi/{PLAN}",
    "strategy-report": f"/strategi/{PLAN}/rapport",
    "new-action": f"/strategi/{PLAN}/atgard",
    "action": f"/strategi/{PLAN}/atgard/bestam-tid",
    "round": f"/omgang/{PLAN}/2026-11",
    "round-report": f"/omgang/{PLAN}/2026-11/rapport",
    "portfolio": "/portfolj",
    "history": f"/historik/{PLAN}",
    "difference": f"/skillnad?fran={PLAN}/2026-04&till={PLAN}/2026-11",
    "version": "/spara",
    "text": f"/text/{DRAFT}",
    "not-there": "/ingen-sida",
}


def write_golden(folder: Path, *, workers: int = 1, whole: bool = True) -> None:
    """Write all there is into an empty folder; the `whole` of it has every report in print."""
    with _surroundings(), contextlib.nullcontext() if whole else _some_unprinted():
        _write_all(folder, workers)


def _write_all(folder: Path, workers: int) -> None:
    root = folder / "folder"
    lay_out(root)
    commands = folder / "commands"
    for name, words in READING.items():
        _save(commands / name, _command(root, words))
    for language in ("sv", "en"):
        for name, words in SAYING.items():
            _save(commands / f"{name}.{language}.txt", _command(root, words, language))
        for name, text in _pages(root, language):
            _save(folder / "pages" / language / f"{name}.html", text)
    _command(root, ("build", "--jobs", str(workers), "--format", "pdf", "--format", "html"))
    _collect(root / "build", folder / "reports")
    built = f"build/{PLAN}/2026-11.pdf"
    sha256 = _sum((root / built).read_bytes())
    verified = _command(root, ("verify", built, "--format", "json"))
    _save(commands / "verify.json", verified.replace(sha256, "SHA-256 OF THE FILE"))
    shutil.rmtree(root / "build")
    for name, words in _single_reports():
        _command(root, ("render", *words, "-o", name))
    _command(root, ("export", JOINT, "-o", "build/samlad.xlsx"))
    _collect(root / "build", folder / "reports")
    _write_changed(root, folder)
    shutil.rmtree(root)


def _write_changed(root: Path, folder: Path) -> None:
    """What commands write into files, reports in English, and what is said of faults."""
    commands = folder / "commands"
    new = ("new", PLAN, "--reviewer", "controller")
    short = ("--round", "2028-05", "--short", "--criteria", "kort-form")
    _save(commands / "approve.txt", _command(root, ("approve", JOINT, "--role", "chef", "--case-number", "RT 2026-1")))
    _save(commands / "new.txt", _command(root, (*new, "--round", "2027-05", "--from", "2026-11")))
    _save(commands / "new-short.txt", _command(root, (*new, *short)))
    _save(commands / "revise.txt", _command(root, ("revise", "jamstalld-tillvaxt", "0.12.0")))
    _save(commands / "schema-write.txt", _command(root, ("schema", "--write")))
    for path in sorted((root / REVIEWS).glob("202[78]-05/*.yaml")):
        _save(folder / "written" / f"{path.parent.name}-{path.name}", path.read_text("utf-8"))
    for path in (root / JOINT, root / "criteria/jamstalld-tillvaxt.yaml"):
        _save(folder / "written" / path.name, path.read_text("utf-8"))
    for path in sorted((root / ".granskning").rglob("*.json")):
        _save(folder / "written" / path.name, path.read_text("utf-8"))
    _git(root, "checkout", "-q", "--", ".")
    _git(root, "clean", "-q", "-f", "-d", "-x")
    _change(root / "granskning.yaml", "language: sv", "language: en")
    _command(root, ("build", "--jobs", "1", "--format", "html"))
    _collect(root / "build", folder / "reports-en")
    _change(root / DRAFT, "status: draft", "status: submitted")
    _change(root / JOINT, "    level: 2\n", "    level: 7\n    nivo: 2\n")
    for form in ("text", "json", "sarif", "junit", "github"):
        _save(commands / f"faults.{form}.txt", _command(root, ("check", "--format", form)))
    _save(commands / "faults.en.txt", _command(root, ("check",), "en"))


def lay_out(root: Path) -> None:
    """The teaching example in a repository: four commits, dates that stand still."""
    strategy = f"strategies/{PLAN}"
    shutil.copytree(ROOT / "criteria", root / "criteria", copy_function=shutil.copyfile)
    leave = shutil.ignore_patterns("source", "2026-11", "actions.yaml")
    shutil.copytree(ROOT / strategy, root / strategy, copy_function=shutil.copyfile, ignore=leave)
    shutil.copyfile(ROOT / "granskning.yaml", root / "granskning.yaml")
    (root / ".gitignore").write_text("build/\n", "utf-8", newline="\n")
    early = root / REVIEWS / "2026-04/controller.yaml"
    early.write_text(early.read_text("utf-8").replace("    level: 1\n", "    level: 2\n", 3), "utf-8", newline="\n")
    _git(root, "init", "-q", "-b", "main")
    for key, value in (("name", "prov"), ("email", "prov@exempel.se")):  # whoever's computer this is
        _git(root, "config", f"user.{key}", value)
    _commit(root, "Första omgången", "2026-04-30")
    shutil.copyfile(ROOT / REVIEWS / "2026-04/controller.yaml", early)
    _commit(root, "Tre svar rättade", "2026-05-12")
    shutil.copyfile(ROOT / strategy / "actions.yaml", root / strategy / "actions.yaml")
    _commit(root, "Åtgärder", "2026-06-15")
    shutil.copytree(ROOT / REVIEWS / "2026-11", root / REVIEWS / "2026-11", copy_function=shutil.copyfile)
    _commit(root, "Andra omgången", "2026-11-25")


def _single_reports() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the reports that `build` does not make: where to, and how."""
    yield "build/annex.pdf", (JOINT, "--report", "annex")
    yield "build/annex.html", (JOINT, "--report", "annex")
    yield "build/page.html", (JOINT, "--report", "page")
    yield "build/review-internal.html", (JOINT, "--internal")
    yield "build/round-archive.pdf", (JOINT, "--report", "round", "--archive")
    for kind in ("review", "round", "strategy", "portfolio", "annex"):
        yield f"build/{kind}.docx", (JOINT, "--report", kind)
    yield "build/change.docx", (JOINT, "--report", "change", "--against", "2026-04")


def _command(root: Path, words: tuple[str, ...], language: str = "sv") -> str:
    """What a command says on both outputs, and its exit code where that is not 0."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.chdir(root):
        code = run(["--no-cache", "--color", "never", "--lang", language, *words])
    told = "".join(_content(stream) for stream in (err, out)).replace(str(root), "FOLDER")
    return told if code == 0 else f"{told}exit code {code}\n"


def _content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def _pages(root: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield each view of the page by its name."""
    access = Access(hosts=frozenset({"localhost"}))
    app = make_app(AppState(EditSession(root), access, language))
    for name, address in PAGES.items():
        yield name, answer_of(app, address).replace(str(root), "FOLDER")


def answer_of(app: Any, address: str) -> str:
    """The body that the page answers with, without a server."""
    with ThreadPoolExecutor(1) as apart:  # a browser's tests leave a loop running in the thread that they had
        return apart.submit(lambda: asyncio.run(_ask(app, address))).result()


async def _ask(app: Any, address: str) -> str:
    """The body of an answer."""
    path, _, query = address.partition("?")
    parts: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "root_path": "",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80), "client": ("localhost", 1), "asgi": {"version": "3.0"},
    }  # fmt: skip
    await app(scope, receive, send)
    return b"".join(parts).decode()


@contextlib.contextmanager
def _some_unprinted() -> Iterator[None]:
    """Leave the paper of some reports: what would be printed is written in the place of the PDF."""
    printer = build.print_all  # type: ignore[attr-defined]  # what it prints with, as it stands there now

    def print_some(
        jobs: Sequence[Job], templates: Mapping[str, str], **options: Any
    ) -> Iterator[tuple[str, Printed | GranskningError]]:
        left = [job for job in jobs if any(fnmatch(job.output, pattern) for pattern in UNPRINTED)]
        for job in left:
            yield job.output, Printed(_text_of_job(job))
        yield from printer([job for job in jobs if job not in left], templates, **options)

    with mock.patch.object(build, "print_all", print_some):
        yield


def _text_of_job(job: Job) -> bytes:
    """All that decides the bytes of a print, as text; but not which libraries this computer has."""
    carried = {one.name: one for one in job.attachments}
    manifest = json.loads(carried[MANIFEST].data)
    values = {
        "html": _sum(job.html.encode()),
        "identity is of": [name for name, one in carried.items() if job.identity == _sum(one.data)],
        "manifest": {key: value for key, value in manifest.items() if key != "libraries"},
        "attachments": [
            [name, one.description, one.date.isoformat(), one.relationship, "" if name == MANIFEST else _sum(one.data)]
            for name, one in carried.items()
        ],
    }
    return f"{json.dumps(values, ensure_ascii=False, indent=1)}\n".encode()


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _collect(source: Path, target: Path) -> None:
    """Copy what was built. A workbook is unpacked: its parts bear the time that they were packed."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".js":
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as packed:
                    packed.extractall(place)
            elif path.suffix == ".pdf" and path.read_bytes().startswith(b"{"):
                shutil.copyfile(path, place.with_name(f"{place.name}.json"))
            else:
                shutil.copyfile(path, place)


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


class _Still(dt.datetime):
    """The clock stands still, at noon after the last round."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> _Still:
        moment = cls(2026, 12, 1, 12, tzinfo=dt.UTC)
        return moment.astimezone(tz) if tz else moment.astimezone().replace(tzinfo=None)


@contextlib.contextmanager
def _surroundings() -> Iterator[None]:
    """A terminal of a fixed width, a day that stands still, and no settings of whoever runs this."""
    environment, clock = dict(os.environ), dt.datetime
    for name in ("NO_COLOR", "FORCE_COLOR", "PY_COLORS"):
        os.environ.pop(name, None)
    os.environ.update({"COLUMNS": "100", "TERM": "dumb"})
    dt.datetime = _Still  # type: ignore[misc]
    try:
        yield
    finally:
        dt.datetime = clock  # type: ignore[misc]
        os.environ.clear()
        os.environ.update(environment)


def _commit(root: Path, subject: str, day: str) -> None:
    _git(root, "add", "-A", day=day)
    _git(root, "commit", "-q", "-m", subject, day=day)


def _git(root: Path, *words: str, day: str = "2026-01-01") -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {f"GIT_{role}_{what}": "prov" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = f"{day}T12:00:00+00:00"
    env = {**kept, **who, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *words], cwd=root, env=env, check=True)
