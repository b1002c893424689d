"""What is shipped works far from the checkout, and without the libraries that print PDFs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from granskning import __version__

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("criteria", "strategies", "templates")
UNBUILT = (".*", "build", "dist", "__pycache__", "*.mo", "*.pyc")
WITHOUT_PANGO = '''\
"""A computer without Pango: no program can load it, by ctypes or by cffi."""
import ctypes
import ctypes.util

LACKING = ("pango", "gobject", "harfbuzz", "fontconfig")
loading, finding = ctypes.CDLL.__init__, ctypes.util.find_library

def load(self, name=None, *rest, **more):
    if any(word in str(name) for word in LACKING):
        raise OSError(f"cannot load library {name}")
    loading(self, name, *rest, **more)

ctypes.CDLL.__init__ = load
ctypes.util.find_library = lambda name: None if any(word in name for word in LACKING) else finding(name)

import cffi

opening = cffi.FFI.dlopen

def open_library(self, name, *rest):
    if any(word in str(name) for word in LACKING):
        raise OSError(f"cannot load library {name}")
    return opening(self, name, *rest)

cffi.FFI.dlopen = open_library
'''

pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]


@dataclass(frozen=True, slots=True)
class Shipment:
    """What `make build` makes, and what `pip install` of the wheel gives."""

    wheel: Path
    sdist: Path
    prefix: Path

    def run(self, *arguments: str, cwd: Path, code: int = 0, modules: Path | None = None) -> str:
        """Run the installed command, with a folder of modules that come first; what it says, on both streams."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        first = {"PYTHONPATH": str(modules)} if modules else {}
        done = subprocess.run(
            [_inside(self.prefix, "granskning"), *arguments], cwd=cwd, env={**kept, "NO_COLOR": "1", **first},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
            timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout
        assert "Traceback" not in done.stdout, done.stdout
        return done.stdout


@pytest.fixture(scope="session")
def shipment(tmp_path_factory: pytest.TempPathFactory) -> Shipment:
    """Build from a copy of the checkout (other tests read its catalogues meanwhile), and install."""
    home = tmp_path_factory.mktemp("shipment")
    checkout = home / "checkout"
    shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(*UNBUILT), symlinks=True)
    shutil.copytree(ROOT / ".ci", checkout / ".ci")
    _python("-m", "hatchling", "build", "-d", str(home / "dist"), cwd=checkout)
    wheel, sdist = next((home / "dist").glob("*.whl")), next((home / "dist").glob("*.tar.gz"))
    return Shipment(wheel, sdist, _install(wheel, home / "venv"))


def test_the_wheel_carries_all_it_needs(shipment: Shipment) -> None:
    with zipfile.ZipFile(shipment.wheel) as archive:
        names = set(archive.namelist())
        catalogue = archive.read("granskning/locale/sv/LC_MESSAGES/messages.mo")
        constraints = archive.read("granskning/data/constraints.txt").decode()
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert set(re.findall(r"^([\w.-]+==[^\s;]+)", constraints, re.MULTILINE)) == set(
        re.findall(r"^([\w.-]+==[^\s;]+)", lock, re.MULTILINE)
    )
    assert "hash" not in constraints
    for folder in SHIPPED:
        wanted = {f"granskning/data/{path.relative_to(ROOT).as_posix()}" for path in _files(ROOT / folder)}
        assert wanted
        assert wanted <= names
    gallery = ROOT / "tests/frameworks"
    frameworks = [path for path in _files(gallery) if (gallery / path.relative_to(gallery).parts[0]).is_dir()]
    assert {f"granskning/data/frameworks/{path.relative_to(gallery).as_posix()}" for path in frameworks} <= names
    code = {path.relative_to(ROOT / "src").as_posix() for path in _files(ROOT / "src") if path.suffix != ".pyc"}
    assert {"granskning/py.typed", "granskning/__main__.py", "granskning/workspace/schemas/review.schema.json"} <= code
    assert code <= names
    assert len(catalogue) > 10_000
    licences = {name.rsplit("/", 1)[-1] for name in names if "/licenses/" in name}
    assert licences >= {"LICENSE", "SourceSans3-LICENSE.md", "DejaVuSans-LICENSE.txt"}


def test_the_wheel_carries_nothing_else(shipment: Shipment) -> None:
    with zipfile.ZipFile(shipment.wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"granskning", f"granskning-{__version__}.dist-info"}
    assert not [name for name in names if "__pycache__" in name or "/." in name]


def test_the_source_archive_makes_the_same_wheel(shipment: Shipment, tmp_path: Path) -> None:
    with tarfile.open(shipment.sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.2 has none
        archive.extractall(tmp_path)  # noqa: S202  # we made it ourselves
    source = tmp_path / f"granskning-{__version__}"
    locks = ("requirements.lock", "requirements-test.lock")
    for name in (*locks, "Makefile", "LICENSE", "README.md", ".ci/setup", "tests/conftest.py"):
        assert (source / name).is_file(), name
    _python("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist"), cwd=source)
    assert _contents(next((tmp_path / "dist").glob("*.whl"))) == _contents(shipment.wheel)


def test_the_installed_command_makes_a_folder_and_its_reports(shipment: Shipment, tmp_path: Path) -> None:
    python = _inside(shipment.prefix, "python")
    told = _python("-c", "import granskning; print(granskning.__file__)", cwd=tmp_path, python=python)
    assert Path(told.strip()).is_relative_to(shipment.prefix)
    assert shipment.run("--version", cwd=tmp_path) == f"granskning {__version__}\n"
    shipment.run("init", "--example", "W", cwd=tmp_path)
    shipment.run("-C", "W", "check", cwd=tmp_path)
    assert "rus-2030" in shipment.run("-C", "W", "score", cwd=tmp_path)
    # printed from what the wheel carries: one strategy's reports; every report is filled in below
    shipment.run("-C", "W", "build", "--only", "rus-*", cwd=tmp_path)
    reviews = _reviews("rus-2030")
    assert reviews
    for review in reviews:
        printed = tmp_path / "W/build" / review.with_suffix(".pdf")
        assert printed.read_bytes().startswith(b"%PDF-")
        assert printed.with_suffix(".html").is_file()


def test_without_pango_all_but_the_pdfs_works_and_it_is_said(shipment: Shipment, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_PANGO, encoding="utf-8")
    run = partial(shipment.run, cwd=tmp_path, modules=tmp_path)
    run("init", "--example", "W")
    run("-C", "W", "check")
    assert "rus-2030" in run("-C", "W", "score")
    assert "pango" in run("-C", "W", "doctor", code=1)
    review = "strategies/rus-2030/reviews/2026-11/projektgruppen.yaml"
    told = run("-C", "W", "render", review, "-o", "page.pdf", code=2)
    assert "pango" in told
    assert "granskning doctor" in told
    run("-C", "W", "render", review, "-o", "page.html")
    assert "<html" in (tmp_path / "W/page.html").read_text("utf-8")
    told = run("-C", "W", "build", code=2)
    assert "pango" in told
    reviews = _reviews("*")
    assert len(reviews) > 10
    for page in reviews:
        assert (tmp_path / "W/build" / page.with_suffix(".html")).is_file()
    assert (tmp_path / "W/build/index.html").is_file()
    assert not list((tmp_path / "W/build").rglob("*.pdf"))


def _reviews(strategy: str) -> list[Path]:
    """Where the reports of reviews lie below build/, without their ending."""
    paths = (
        path.relative_to(ROOT / "strategies") for path in (ROOT / "strategies").glob(f"{strategy}/reviews/*/*.yaml")
    )
    return [Path(path.parts[0], *path.parts[2:]) for path in paths]


def _install(wheel: Path, prefix: Path) -> Path:
    """An empty environment with the wheel in it; what it depends on is borrowed from the environment that runs this.

    A folder named in a .pth file is searched, but its own .pth files are not read: the editable granskning stays out.
    """
    venv.create(prefix, symlinks=os.name != "nt")
    _python("-m", "pip", "--python", _inside(prefix, "python"), "install", "-q", "--no-deps", "--no-index", str(wheel))
    site = sysconfig.get_path("purelib", "venv", {"base": str(prefix), "platbase": str(prefix)})
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return prefix


def _inside(prefix: Path, program: str) -> str:
    return str(prefix / ("Scripts" if os.name == "nt" else "bin") / program)


def _python(*arguments: str, cwd: Path | None = None, python: str = sys.executable) -> str:
    command = [python, *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def _contents(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as archive:
        return {one.filename: one.CRC for one in archive.infolist()}
