"""A folder in `cases/` is a fault: its files laid over `cases/base`, and in expected.txt what `check` says of it.

The folder's name begins with the code that must be found. `pytest --renew tests/test_cases.py` writes the texts anew.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.cli.app import run
from granskning.findings.rules import RULES
from granskning.findings.rules_of_collections import OF_COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"
NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.name != "base")

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
ANOTHER = "strategies/provplan/reviews/2026-11/annan.yaml"


def _conflict(text: str, ours: str, theirs: str, base: str | None = None) -> str:
    """Two versions of a line, the way git leaves them; with `base`, the way it does in diff3 style."""
    assert ours in text
    middle = "" if base is None else f"||||||| 1a2b3c4\n{base}"
    return text.replace(ours, f"<<<<<<< HEAD\n{ours}{middle}=======\n{theirs}>>>>>>> granskarens gren\n", 1)


MADE: dict[str, Callable[[str], bytes]] = {
    # what git or an editor would mend or refuse is made here, of the text of another sound review
    "GR002-latin-1": lambda text: text.encode("latin-1"),
    "GR002-utf-16": lambda text: text.encode("utf-16"),
    "GR003-control-character": lambda text: text.replace("hördes", "hör\x07des").encode(),
    "GR003-zero-bytes": lambda text: text.encode() + b"\0" * 100,
    "GR004-too-large": lambda text: text.encode() + b"# more\n" * 700_000,
    "GR007-merge-conflict": lambda text: text.replace(
        "status: draft\n", "<<<<<<< HEAD\nstatus: draft\n=======\nstatus: submitted\n>>>>>>> other\n"
    ).encode(),
    "GR550-two-judgements": lambda text: _conflict(
        text,
        "    level: 3\n    justification: >-\n      Alla hördes.\n",
        "    level: 2\n    justification: >-\n      Bara några hördes.\n",
        base="    level:\n",
    ).encode(),
    "GR551-two-versions": lambda text: _conflict(text, "status: draft\n", "status: submitted\n").encode(),
    "GR009-more-than-anybody-mends": lambda text: (text + "".join(f"x{n}: *y\n" for n in range(250))).encode(),
    "GR015-letter-lost-when-pasted": lambda text: text.replace("hördes", "h\N{REPLACEMENT CHARACTER}rdes").encode(),
    "GR016-no-font-has-it": lambda text: text.replace("hördes", "\N{CUNEIFORM SIGN A}").encode(),
    "GR017-turned-order": lambda text: text.replace("hördes", "\N{RIGHT-TO-LEFT OVERRIDE}hördes").encode(),
    "GR101-tab": lambda text: text.replace("    justification", "\tjustification").encode(),
}

BESIDE: dict[str, dict[str, bytes]] = {
    # files whose names git, or a computer that this is fetched to, would not hold
    "GR010-workbook-among-reviews": {"strategies/provplan/reviews/2026-11/svar.xlsx": b"PK"},
    "GR010-other-ending": {"strategies/provplan/reviews/2026-11/annan.yml": b"schema: granskning/review/1\n"},
    "GR010-ending-in-capitals": {"strategies/provplan/reviews/2026-11/annan.YAML": b"schema: granskning/review/1\n"},
    "GR010-folder-with-a-capital": {"strategies/provplan/Published/001/a.pdf": b"%PDF"},
    "GR010-review-in-the-root": {"annan.yaml": b"schema: granskning/review/1\n", "mkdocs.yml": b"site_name: x\n"},
    "GR010-ending-that-windows-hides": {
        "strategies/provplan/reviews/2026-11/annan.yaml.txt": b"schema: granskning/review/1\n",
        "granskning.yaml.txt": b"schema: granskning/workspace/1\n",
    },
    "GR010-folders-in-swedish": {
        "strategier/plan/strategy.yaml": b"schema: granskning/strategy/1\n",
        "kriterier/x.yaml": b"schema: granskning/criteria/1\n",
        "mallar/review/report.html.j2": b"x",
        "planer/not-ours.txt": b"x",
        "strategies/provplan/granskningar/2026-11/annan.yaml": b"schema: granskning/review/1\n",
        "strategies/provplan/strategi.yaml": b"schema: granskning/strategy/1\n",
        "strategies/provplan/document/a.pdf": b"%PDF",
        "criteria/statistic/a.txt": b"x",
    },
    "GR010-names-in-other-case": {
        "templates/Style.css": b":root { --accent: #123456; }",
        "templates/Logo.PNG": b"x",
        "templates/egen/Report.html.j2": b"x",
        "templates/egen/other.css": b"x",
        ".granskning/Local.yaml": b"x",
        ".granskning/local.yml": b"x",
        ".granskning/other.txt": b"x",
    },
    "GR010-strategy-in-the-root": {"plan/strategy.yaml": b"schema: granskning/strategy/1\n"},
    "GR011-lock-file": {
        "strategies/provplan/reviews/2026-11/~$svar.xlsx": b"x",
        "strategies/provplan/.~lock.plan.odt#": b"x",
        ".~lock.budget.ods#": b"x",
    },
    "GR012-copy-by-a-sync-program": {
        "strategies/provplan/actions - Kopia.yaml": b"schema: granskning/actions/1\n",
        "strategies/provplan/actions (1).yaml": b"x",
        "strategies/provplan/strategy-DESKTOP-AB12C.yaml": b"x",
        "strategies/provplan/strategy.sync-conflict-20261101-101010-ABCDEFG.yaml": b"x",
        "granskning (1).yaml": b"x",
    },
    "GR013-name-of-a-device": {
        "strategies/provplan/documents/aux.txt": b"x",
        "strategies/provplan/documents/plan .txt ": b"x",
        "strategies/provplan/documents/vad?.txt": b"x",
    },
    "GR014-capitals-alone": {
        "strategies/provplan/documents/Plan.txt": b"x",
        "strategies/provplan/documents/\u00e5r.txt": b"x",
        "strategies/provplan/documents/a\u030ar.txt": b"x",
    },
}

SOUND: dict[str, Callable[[str], bytes]] = {
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "no line end at the end": lambda text: text.rstrip("\n").encode(),
    "document marks": lambda text: f"---\n{text}...\n".encode(),
    "comments and empty lines": lambda text: text.replace("\n  ", "\n\n  # a note\n  ", 1).encode(),
}


@pytest.fixture
def lay_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lay a case over the base and stand in the folder."""

    def make(name: str) -> None:
        shutil.copytree(BASE, tmp_path, copy_function=shutil.copyfile, dirs_exist_ok=True)
        if (CASES / name).is_dir():
            leave = shutil.ignore_patterns("expected.txt")
            shutil.copytree(CASES / name, tmp_path, copy_function=shutil.copyfile, dirs_exist_ok=True, ignore=leave)
        for path, data in BESIDE.get(name, {}).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
        monkeypatch.chdir(tmp_path)

    return make


def another_review() -> str:
    return (BASE / REVIEW).read_text("utf-8").replace("reviewer: granskaren", "reviewer: annan")


@pytest.mark.parametrize("name", NAMES)
def test_case(
    name: str,
    lay_out: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    lay_out(name)
    if name in MADE:
        Path(ANOTHER).write_bytes(MADE[name](another_review()))
    code = run(["--lang", "en", "check", *(["--evidence"] if name.startswith("GR61") else [])])
    found, told = capsys.readouterr()
    expected = CASES / name / "expected.txt"
    if request.config.getoption("--renew"):
        expected.write_text(found, "utf-8", newline="\n")
    assert found == expected.read_text("utf-8")
    assert f" {name[:5]} " in found
    assert RULES[name[:5]].severity.word in told
    assert code == (1 if " error: " in found else 0)


@pytest.mark.parametrize("name", SOUND)
def test_what_editors_do_to_a_file_is_no_fault(
    name: str, lay_out: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out("base")
    Path(ANOTHER).write_bytes(SOUND[name](another_review()))
    assert run(["--lang", "en", "check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_base_is_sound(lay_out: Callable[[str], None], capsys: pytest.CaptureFixture[str]) -> None:
    lay_out("base")
    assert run(["--lang", "en", "check"]) == 0
    assert capsys.readouterr() == ("", "Nothing to remark on in 6 files.\n")


def test_what_usually_lies_beside_is_left_in_peace(
    lay_out: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out("base")
    for path in (
        "README.md", "LICENSE", ".gitignore", "pyproject.toml", "Makefile", "mkdocs.yml", "anteckningar.docx",
        "criteria/README.md", "strategies/LÄS-MIG.txt", "strategies/provplan/README", "strategies/provplan/.DS_Store",
        "strategies/provplan/reviews/.gitkeep", "strategies/provplan/reviews/2026-11/Thumbs.db",
        "strategies/provplan/documents/bilaga.docx", "annat/plan.xlsx", "annat/a/b.yaml",
        "strategies/provplan/arbetsmaterial/utkast.docx", "build/portfolio.pdf", "templates/style.css",
    ):  # fmt: skip
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(b"x")
    assert run(["--lang", "en", "check"]) == 0
    assert capsys.readouterr().out == ""


def test_every_rule_has_a_case() -> None:
    """What is found in a collection of several folders has its cases in a test of its own."""
    of_collections = {rule.code for rule in OF_COLLECTIONS}
    told = set(re.findall(r"GR9\d\d", (Path(__file__).parent / "functional/test_collection.py").read_text("utf-8")))
    assert told == of_collections
    assert {name[:5] for name in NAMES} == RULES.keys() - of_collections


def test_made_cases_have_a_folder() -> None:
    assert MADE.keys() | BESIDE.keys() <= set(NAMES)
