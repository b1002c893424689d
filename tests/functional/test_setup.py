"""An empty computer gets what the tests need: a machine that happens to have it hides what `.ci/setup` forgets."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETUP = ROOT / ".ci/setup"
ALWAYS_THERE = {"libc6", "libgcc-s1", "libstdc++6", "zlib1g"}
"""What debootstrap's smallest root has and programs link to; apt itself needs them."""


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="packages are Debian's")
def test_what_the_programs_of_the_environment_link_to_is_installed() -> None:
    named = {
        name for held in re.findall(r"packages\+?=\(([\w\s.+-]+)\)", SETUP.read_text("utf-8")) for name in held.split()
    }
    assert "git" in named
    packages = {}
    for program in _programs():
        told = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
        assert "not found" not in told, told
        for library in re.findall(r"(\S+) => /", told):
            packages[_package_of(library)] = f"{program.name}: {library}"
    assert packages, "no program was looked at"
    missing = {name: why for name, why in packages.items() if name not in named | ALWAYS_THERE}
    assert missing == {}, ".ci/setup does not install"


def test_the_quick_tests_need_no_pango() -> None:
    """What they import, and what their helpers import, prints nothing: `make test-quick` is for a bare Python."""
    quick = re.search(r"^QUICK := ((?:.*\\\n)*.*)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert quick is not None
    files: set[Path] = set()
    for name in quick[1].replace("\\", "").split():
        files |= set((ROOT / name).rglob("*.py") if (ROOT / name).is_dir() else [ROOT / name])
    assert len(files) > 100
    helpers = {path.stem: path for path in (ROOT / "tests").rglob("*.py") if not path.stem.startswith("test_")}
    printing = {}
    waiting = list(files)
    while waiting:
        path = waiting.pop()
        for name in _imported(path):
            if name == "weasyprint" or name.startswith("granskning.edges.printing.pdf"):
                printing[path.relative_to(ROOT).as_posix()] = name
            helper = helpers.get(name)
            if helper is not None and helper not in files:
                files.add(helper)
                waiting.append(helper)
    assert printing == {}


CHOSEN = {"VIRTUAL_ENV": "/home/någon/.venv", "CONDA_PREFIX": "/opt/conda", "PYENV_VERSION": "3.13"}


@pytest.mark.skipif(sys.platform != "linux", reason="the system's own Python is Linux's")
def test_the_system_s_own_python_is_taken_unless_somebody_has_chosen_another(tmp_path: Path) -> None:
    (tmp_path / "python3").symlink_to(sys.executable)
    own = "/usr/bin/python3"
    can = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
    is_fit = Path(own).exists() and subprocess.run([own, "-c", can], capture_output=True, check=False).returncode == 0
    assert _found_python(tmp_path) == (own if is_fit else "python3")
    for name, value in CHOSEN.items():
        assert _found_python(tmp_path, **{name: value}) == "python3", name


def _found_python(path: Path, **environment: str) -> str:
    function = re.search(r"^find_python\(\) \{\n.*?^\}$", SETUP.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert function is not None
    env = {"PATH": f"{path}:/usr/bin:/bin", **environment}
    command = ["bash", "-c", f"{function[0]}\nfind_python"]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.strip()


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def _programs() -> list[Path]:
    """Programs that wheels bring along, such as playwright's Node; libraries keep to what manylinux allows."""
    place = Path(sysconfig.get_path("purelib"))
    files = (path for path in place.rglob("*") if not path.suffix and path.is_file() and path.stat().st_mode & 0o100)
    return [path for path in files if _begins(path) == b"\x7fELF"]


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _package_of(library: str) -> str:
    told = subprocess.run(["dpkg-query", "-S", f"*/{library}"], capture_output=True, text=True, check=True).stdout
    return told.partition(":")[0]
