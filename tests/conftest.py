"""What tests share: the sound base workspace, files held in memory, and the command line."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

from altered_files import change_file, with_pieces
from granskning.files import HeldFiles
from granskning.json_text import on_output
from granskning.workspace.load import load_files
from in_process import run_here
from json_outputs import check_output
from patience import CLOCK, limit_processor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.workspace.loaded import Loaded

# the same every day, so that a fault is of what was changed; `make nightly` draws anew (--hypothesis-profile=anew).
# Nothing is remembered on disk, so that the tests run on a tree that may not be written
settings.register_profile("house", database=None, deadline=None, derandomize=True)
settings.register_profile("anew", database=None, deadline=None, derandomize=False)
settings.load_profile("house")

pytest_plugins = (
    "served", "browsing", "remembered_prints", "remembered_readings", "golden_outputs", "work_groups",
    "statistics_folder", "seldom_collected", "warm_workers", "first_alone",
)  # fmt: skip

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
CRITERIA = "criteria/prov.yaml"
STRATEGY = "strategies/provplan/strategy.yaml"

ASKED_FOR_LATER = ("GIT_", "COLUMNS")
"""Variables that the program, or git, asks for when they are needed: others may matter to how Python starts."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that rewrites what cases are expected to say."""
    parser.addoption(
        "--renew", action="store_true", help="rewrite tests/cases/*/expected.txt; read the diff afterwards"
    )


def pytest_configure(config: pytest.Config) -> None:
    """A tree that may not be written has no room for pytest's memory of the last run; that is no fault.

    Every JSON output that a test makes come about is held to its schema.
    """
    config.addinivalue_line("filterwarnings", "ignore::pytest.PytestCacheWarning")
    if check_output not in on_output:
        on_output.append(check_output)


@pytest.fixture(scope="session", autouse=True)
def _nothing_outlives_a_power_cut() -> Iterator[None]:
    """What this process writes need not reach the disk before it goes on: waiting is most of what a save takes.

    That a save waits, and what it does where that fails, is held by tests that put something else here.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


class Run(Protocol):
    """The command line: arguments in, the finished process out. Fails on a traceback, unless told otherwise."""

    def __call__(
        self, *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None, rights: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run `granskning` with these arguments."""


class Load(Protocol):
    """The base workspace with changes, loaded from memory."""

    def __call__(self, changes: Mapping[str, str | bytes | None] | None = None) -> Loaded:
        """Load; None takes a file away."""


class Alter(Protocol):
    """A file of the base workspace with pieces of its text replaced; each piece must be there."""

    def __call__(self, path: str, *pieces: tuple[str, str]) -> dict[str, str]:
        """Return the changed file by its path."""


@pytest.fixture(scope="session")
def base_files() -> dict[str, bytes]:
    """Every file of the sound base workspace, by path."""
    return {path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def load(base_files: dict[str, bytes]) -> Load:
    """Load the base workspace with changes, without a disk."""

    def load_changed(changes: Mapping[str, str | bytes | None] | None = None) -> Loaded:
        files = dict(base_files)
        for path, content in (changes or {}).items():
            if content is None:
                del files[path]
            else:
                files[path] = content.encode() if isinstance(content, str) else content
        return load_files(HeldFiles(files))

    return load_changed


@pytest.fixture(scope="session")
def alter(base_files: dict[str, bytes]) -> Alter:
    """Replace pieces of a base file's text."""

    def alter_file(path: str, *pieces: tuple[str, str]) -> dict[str, str]:
        return {path: with_pieces(base_files[path].decode(), *pieces)}

    return alter_file


@pytest.fixture(scope="session")
def prov(load: Load) -> CriteriaSet:
    """The base workspace's criteria set: two targets, three criteria, a scale from 0 to 3."""
    return load().workspace.criteria["prov@1.0.0"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the sound base workspace on disk."""
    root = tmp_path / "arbetsmapp"
    shutil.copytree(BASE, root, copy_function=shutil.copyfile)
    return root


class Past:
    """A working folder in a git repository, with a clock of its own."""

    def __init__(self, root: Path, *, moments: int = 0) -> None:
        """Begin a repository, or go on with one that has seen so many moments."""
        self.root = root
        self._clock = iter(range(1_600_000_000 + moments * 86_400, 1_900_000_000, 86_400))
        if not moments:
            self.git("init", "-q", "-b", "main")

    def git(self, *words: str) -> str:
        """Run git, as nobody in particular."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {f"GIT_{one}_{what}": "prov" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        now = f"{next(self._clock)} +0000"
        env = {**kept, **who, "GIT_AUTHOR_DATE": now, "GIT_COMMITTER_DATE": now}
        env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(["git", *words], cwd=self.root, env=env, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def change(self, path: str, *pieces: tuple[str, str]) -> None:
        """Replace pieces of a file's text; each must be there."""
        change_file(self.root / path, *pieces)

    def commit(self, subject: str) -> str:
        """Save all that has changed; return the commit's id."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject)
        return self.git("rev-parse", "HEAD")


@pytest.fixture(scope="session")
def _first_past(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The sound base workspace, saved once with git, and how many moments that took."""
    root = tmp_path_factory.mktemp("past") / "arbetsmapp"
    shutil.copytree(BASE, root, copy_function=shutil.copyfile)
    Past(root).commit("början")
    return root, 4


@pytest.fixture
def past(_first_past: tuple[Path, int], tmp_path: Path) -> Past:
    """The sound base workspace, saved once with git: a copy of what git made once."""
    first, moments = _first_past
    root = tmp_path / "arbetsmapp"
    shutil.copytree(first, root, dirs_exist_ok=True)
    return Past(root, moments=moments)


@pytest.fixture
def granskning(tmp_path: Path, request: pytest.FixtureRequest) -> Run:
    """Run the command line: in this process, which saves its start, but in one of its own where that matters.

    It matters where the rights are other ones, or what Python starts with, and where a test is marked `process`.
    """
    is_apart = request.node.get_closest_marker("process") is not None

    def run(
        *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None, rights: bool = True
    ) -> subprocess.CompletedProcess[str]:
        folder = cwd or tmp_path
        around = {**_environment(), "XDG_CACHE_HOME": str(tmp_path / "cache"), **(env or {})}
        if is_apart or not rights or not all(name.startswith(ASKED_FOR_LATER) for name in env or ()):
            done = _run_apart(arguments, folder, around, [] if rights else _without_rights())
        else:
            done = run_here(arguments, folder, around)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1, 2), (done.returncode, done.stderr)
        return done

    return run


def _run_apart(
    arguments: Sequence[str], folder: Path, env: Mapping[str, str], before: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "granskning", *arguments]
    with subprocess.Popen(
        command, cwd=folder, env=env, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        limit_processor(process)
        try:
            out, err = process.communicate(timeout=CLOCK)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _without_rights() -> list[str]:
    """What makes root an ordinary user as far as file permissions go."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may read and write everything, and setpriv is not here to take that away")
    powers = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "PY_COLORS")}
    return {**kept, "COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of cases: each a fault."""
    return CASES


@pytest.fixture(scope="session")
def fingerprint_tree() -> TreePrint:
    """Hash a folder's names and contents."""
    return _fingerprint_tree


class TreePrint(Protocol):
    """One hash over everything in a folder."""

    def __call__(self, folder: Path) -> str:
        """Return the hash."""


def _fingerprint_tree(folder: Path) -> str:
    sha = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        sha.update(f"{path.relative_to(folder)}\0{status.st_mode}\0{status.st_mtime_ns}\0".encode())
        if path.is_file():
            sha.update(path.read_bytes())
    return sha.hexdigest()
