"""Whatever lies in the folder: a finding, exit code 1 or 2, never a traceback; the other files are still told of."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Run, TreePrint

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
BAD = "strategies/provplan/reviews/2026-11/trasig.yaml"
COMMANDS = (
    ["check"],
    ["check", "--format", "json"],
    ["check", "--format", "sarif"],
    ["check", "--format", "junit"],
    ["check", "--format", "github"],
    ["score"],
)

CASES = Path(__file__).parents[1] / "cases"
CRITERIA = "criteria/prov.yaml"
ON_RESULTS = ("GR216", "GR217", "GR218", "GR319")
SETS = sorted(
    folder.name
    for folder in CASES.iterdir()
    if folder.name != "base" and ((folder / CRITERIA).is_file() or folder.name.startswith(ON_RESULTS))
)
"""The cases in a criteria set, or in what reviews say of results."""
ON_SETS = (
    ["score"],
    ["score", "--format", "json"],
    ["render", REVIEW, "-o", "rapport.html"],
    ["build", "--format", "html"],
    ["schema", "--write"],
    ["new", "provplan", "--round", "2027-01"],
)
"""The commands that use criteria sets."""


def sound(workspace: Path) -> bytes:
    return (workspace / REVIEW).read_bytes().replace(b"reviewer: granskaren", b"reviewer: trasig")


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "broken": (lambda text: text.replace(b"    level: 1", b"    level: : 1 ["), "GR101"),
    "empty": (lambda _: b"", "GR005"),
    "blank": (lambda _: b"\n \n\n", "GR005"),
    "binary": (lambda _: b"\x7fELF\x02\x01\x01\0\0\0" + bytes(range(256)) * 20, "GR003"),
    "picture": (lambda _: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "GR003"),
    "huge": (lambda text: text + b"# " + b"x" * 5_000_000, "GR004"),
    "huge and one line": (lambda _: b"a: " + b"x" * 5_000_000, "GR004"),
    "deep brackets": (lambda _: b"[" * 100_000, "GR006"),
    "deep keys": (lambda _: b"{a: " * 100_000, "GR006"),
    "many laughs": (lambda _: b"a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "GR103"),
    "keys twice": (lambda text: text.replace(b"round: ", b"round: 2026-10\nround: "), "GR102"),
    "latin-1": (lambda text: text.decode().encode("latin-1"), "GR002"),
    "utf-16": (lambda text: text.decode().encode("utf-16"), "GR002"),
    "utf-16 without mark": (lambda text: text.decode().encode("utf-16-le"), "GR003"),
    "half a character": (lambda text: text[: text.index("ä".encode()) + 1], "GR002"),
    "half a line": (lambda text: text[: text.index(b"retrieved") + 4], "GR101"),
    "half a block": (lambda text: text[: text.index(b"quote:") + 4], "GR101"),
    "zero bytes after a crash": (lambda text: text[:200] + b"\0" * 400, "GR003"),
    "merge conflict": (lambda text: b"<<<<<<< HEAD\n" + text + b"=======\n" + text + b">>>>>>> x\n", "GR007"),
    "a list": (lambda _: b"- a\n", "GR122"),
    "a number": (lambda _: b"42\n", "GR122"),
    "another kind": (lambda _: b"schema: granskning/strategy/1\n", "GR127"),
    "JSON": (lambda _: b'{"schema": "granskning/review/1"}', "GR120"),
    "HTML": (lambda _: b"<!DOCTYPE html>\n<html>\n</html>\n", "GR"),
    "spreadsheet": (lambda _: b"a\tb\tc\n1\t2\t3\n", "GR"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_review_is_told_of_and_so_are_the_others(name: str, workspace: Path, granskning: Run) -> None:
    damage, code = DAMAGES[name]
    (workspace / BAD).write_bytes(damage(sound(workspace)))
    other = workspace / REVIEW
    other.write_bytes(other.read_bytes().replace(b"    level: 3", b"    level: 9"))
    done = granskning("--lang", "en", "check", cwd=workspace)
    assert done.returncode == 1
    assert f"{BAD}:" in done.stdout
    assert f" {code}" in done.stdout
    assert f"{REVIEW}:25:12: GR206 error: 9 is not a level of the scale" in done.stdout
    assert len(done.stdout) < 6000
    assert granskning("score", cwd=workspace).returncode == 1


@pytest.mark.parametrize(
    "file",
    [
        "granskning.yaml",
        "criteria/prov.yaml",
        "criteria/statistics/resor-bil.yaml",
        "strategies/provplan/strategy.yaml",
        "strategies/provplan/actions.yaml",
        REVIEW,
    ],
)
@pytest.mark.parametrize("content", [b"", b"\0\0", b"a: [", b"\xff\xfe", b"- 1", None])
def test_any_file_may_be_bad(file: str, content: bytes | None, workspace: Path, granskning: Run) -> None:
    (workspace / file).unlink()
    if content is None:
        (workspace / file).mkdir()  # a folder stands in its place
    else:
        (workspace / file).write_bytes(content)
    done = granskning("--lang", "en", "check", cwd=workspace)
    assert (done.returncode, f"{file}:" in done.stdout) == (1, True), done.stderr
    assert done.stdout.count(f"{file}:") == 1


@pytest.mark.parametrize("command", [*COMMANDS, ["new", "provplan"], ["schema", "--write"]])
@pytest.mark.parametrize("file", ["granskning.yaml", "criteria/prov.yaml", "strategies/provplan/strategy.yaml"])
def test_a_folder_for_a_file_stops_no_command_with_a_traceback(
    command: list[str], file: str, workspace: Path, granskning: Run
) -> None:
    (workspace / file).unlink()
    (workspace / file).mkdir()
    done = granskning("--lang", "en", *command, cwd=workspace)
    assert done.returncode in ((1,) if command[0] in ("check", "score") else (0, 2))


def test_a_folder_among_the_schemas(workspace: Path, granskning: Run) -> None:
    (workspace / ".granskning/schemas/workspace.schema.json").mkdir(parents=True)
    assert granskning("check", cwd=workspace).returncode in (0, 1)


def test_a_pipe_hangs_nothing(workspace: Path, granskning: Run) -> None:
    os.mkfifo(workspace / BAD)
    done = granskning("--lang", "en", "check", cwd=workspace)
    assert (done.returncode, "GR001" in done.stdout) == (1, True)


def test_a_link_that_leads_nowhere_or_round(workspace: Path, granskning: Run) -> None:
    (workspace / BAD).symlink_to("nowhere.yaml")
    (workspace / BAD.replace("trasig", "rund")).symlink_to("rund.yaml")
    done = granskning("--lang", "en", "check", cwd=workspace)
    assert (done.returncode, done.stdout.count("GR001")) == (1, 2)


def test_names_that_are_no_text(workspace: Path, granskning: Run) -> None:
    try:
        with open(os.fsencode(workspace) + b"/strategies/provplan/reviews/2026-11/\xff\x1b.yaml", "wb") as file:  # noqa: PTH123  # a name in bytes
            file.write(b"a: 1\n")
    except OSError:
        pytest.skip("this file system demands names in UTF-8")
    for command in COMMANDS:
        assert granskning(*command, cwd=workspace).returncode == 1


# --- criteria sets --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(SETS))
def test_no_command_breaks_on_a_faulty_set(
    name: str, workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(CASES / name, workspace, copy_function=shutil.copyfile, dirs_exist_ok=True)
    monkeypatch.chdir(workspace)
    for command in ON_SETS:
        code = run(["--lang", "en", *command])
        told = capsys.readouterr()
        assert code in (0, 1, 2), f"{command}: {told.err}"
        assert "Traceback" not in told.err, command


SCALE = "scale:\n  - {value: 0, label: No}\n  - {value: 1, label: Yes}\n"
MEAN = "  criteria: {method: mean}\n  targets: {method: mean}\n"


def made_set(scoring: str = MEAN, scale: str = SCALE, *criteria: str, number: int = 2) -> str:
    """A set with one target, t, with the criteria c0, c1 …, or those given."""
    asked = criteria or tuple(f"id: c{n}, question: Q{n}" for n in range(number))
    lines = "".join(f"      - {{{one}}}\n" for one in asked)
    head = "schema: granskning/criteria/1\nid: prov\nversion: 1.0.0\ntitle: T\n"
    return f"{head}{scale}targets:\n  - id: t\n    title: T\n    criteria:\n{lines}scoring:\n{scoring}"


def table(*rows: str, otherwise: str = "") -> str:
    lines = "".join(f"      - {{when: {row}}}\n" for row in rows)
    return f"  criteria:\n    method: table\n    rows:\n{lines}{otherwise}  targets: {{method: mean}}\n"


def cells(levels: list[int]) -> str:
    """A row's conditions: c0 at the first level, c1 at the second …"""
    return "{" + ", ".join(f"c{n}: {level}" for n, level in enumerate(levels)) + "}"


def chain(*, is_circle: bool) -> tuple[str, ...]:
    """Two thousand criteria, each with the next as prerequisite; the last with the first, where it is a circle."""
    rest = "prerequisites: [{{criterion: c{}, at_least: 1, otherwise: 0}}]"
    end = f", {rest.format(0)}" if is_circle else ""
    return (*(f"id: c{n}, question: Q{n}, {rest.format(n + 1)}" for n in range(1999)), f"id: c1999, question: Q{end}")


HUGE: dict[str, tuple[str, str]] = {
    "ten thousand levels": (
        made_set(MEAN, "scale:\n" + "".join(f"  - {{value: {n}, label: L{n}}}\n" for n in range(10_000))),
        "5:1: GR125",
    ),
    "two thousand levels": (
        made_set(MEAN, "scale:\n" + "".join(f"  - {{value: {n}, label: L{n}}}\n" for n in range(2000)), number=20),
        "",
    ),
    "a chain of two thousand prerequisites": (made_set(MEAN, SCALE, *chain(is_circle=False)), ""),
    "a circle of two thousand prerequisites": (made_set(MEAN, SCALE, *chain(is_circle=True)), "12:32: GR424"),
    "a table of thirty parts": (
        made_set(
            table(*(f"{{c{n}: 0}}, gives: 0" for n in range(30)), f"{cells([1] * 30)}, gives: 1"),
            number=30,
        ),
        "",
    ),
    "a table of thirty parts with a hole": (
        made_set(table(*(f"{{c{n}: 0}}, gives: 0" for n in range(30))), number=30),
        "45:5: GR421",
    ),
    "a table of two thousand rows with a hole": (
        made_set(
            table(*(f"{cells([n >> bit & 1 for bit in range(11)])}, gives: {n % 2}" for n in range(2000))),
            number=11,
        ),
        "26:5: GR421",
    ),
    "a very large weight": (
        made_set(MEAN, SCALE, "id: c0, question: Q, weight: {value: 1.0e300, why: W}"),
        "12:47: GR125",
    ),
    "a very large weight in a product": (
        made_set(
            "  criteria: {method: product}\n  targets: {method: mean}\n",
            SCALE,
            "id: c0, question: Q, weight: {value: 1.0e300, why: W}",
        ),
        "12:47: GR125",
    ),
    "a very small weight in a product": (
        made_set(
            "  criteria: {method: product}\n  targets: {method: mean}\n",
            SCALE,
            "id: c0, question: Q, weight: {value: 1.0e-300, why: W}",
        ),
        "14:22: GR408",
    ),
    "very large points": (made_set(MEAN, SCALE.replace("value: 1,", "value: 1, points: 1.0e300,")), "7:24: GR125"),
    "a very large range": (
        made_set(
            MEAN,
            "scales:\n  - {id: r, range: {from: -1.0e300, to: 1.0e300, step: 1.0e-300}}\n",
            "id: c0, question: Q, scale: r",
        ),
        "6:27: GR125",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(HUGE))
def test_a_huge_set_is_told_of_or_worked_with(name: str, workspace: Path, granskning: Run) -> None:
    text, expected = HUGE[name]
    (workspace / CRITERIA).write_text(text)
    (workspace / "strategies/provplan/actions.yaml").unlink()
    review = (workspace / REVIEW).read_text("utf-8").split("answers:")[0]
    (workspace / REVIEW).write_text(f"{review}answers:\n  c0: {{level: 1}}\n")
    done = granskning("--lang", "en", "check", CRITERIA, cwd=workspace)
    told = [line for line in done.stdout.splitlines() if line.startswith(CRITERIA) and " GR459 notice" not in line]
    assert told[0].startswith(f"{CRITERIA}:{expected} error") if expected else not told, done.stdout
    assert done.returncode == (1 if expected else 0), done.stdout
    for command in (["score", "--format", "json"], ["new", "provplan", "--round", "2027-01"]):
        assert granskning("--lang", "en", *command, cwd=workspace).returncode in (0, 1, 2)


# --- no folder, no rights, no space ---------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [*COMMANDS, ["new", "provplan"], ["schema", "--write"]])
def test_no_working_folder(command: list[str], tmp_path: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", *command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not a working folder" in done.stderr
    assert "granskning init" in done.stderr
    swedish = granskning(*command, cwd=tmp_path)
    assert "är ingen arbetsmapp" in swedish.stderr or "arbetsmapp" in swedish.stderr


@pytest.mark.parametrize("command", [["check", "nix.yaml"], ["score", "nix"], ["check", "/"], ["check", ".."]])
def test_a_path_that_is_not_there_or_lies_outside(command: list[str], workspace: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", *command, cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no file" in done.stderr or "lies outside" in done.stderr


def test_a_working_folder_that_is_not_there(workspace: Path, granskning: Run) -> None:
    assert granskning("-C", "stavfel", "check", cwd=workspace).returncode == 2
    assert granskning("-C", "granskning.yaml", "check", cwd=workspace).returncode in (0, 2)


def test_no_right_to_read_a_file(workspace: Path, granskning: Run) -> None:
    (workspace / BAD).write_bytes(sound(workspace))
    (workspace / BAD).chmod(0)
    done = granskning("--lang", "en", "check", cwd=workspace, rights=False)
    assert done.returncode == 1
    assert f"{BAD}:1:1: GR001 error: the file cannot be read: you may not read it" in done.stdout


@pytest.mark.parametrize(
    "folder", ["strategies/provplan", "strategies/provplan/reviews/2026-11", "criteria", "strategies"]
)
@pytest.mark.parametrize("mode", [0, 0o600])
def test_a_folder_that_may_not_be_read_is_no_empty_folder(
    folder: str, mode: int, workspace: Path, granskning: Run
) -> None:
    (workspace / folder).chmod(mode)
    try:
        done = granskning("--lang", "en", "check", cwd=workspace, rights=False)
    finally:
        (workspace / folder).chmod(0o755)
    assert (done.returncode, "GR001" in done.stdout) == (1, True), done.stdout


def test_no_right_to_the_folder_itself(workspace: Path, granskning: Run) -> None:
    inside = workspace / "strategies"
    workspace.chmod(0)
    try:
        done = granskning("--lang", "en", "-C", str(inside), "check", rights=False)
    finally:
        workspace.chmod(0o755)
    assert done.returncode in (1, 2)


@pytest.mark.parametrize("command", [["new", "provplan", "--round", "2027-01"], ["schema", "--write"], ["init", "ny"]])
def test_no_right_to_write(command: list[str], workspace: Path, granskning: Run, fingerprint_tree: TreePrint) -> None:
    folders = [workspace, *(path for path in workspace.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    before = fingerprint_tree(workspace)
    try:
        done = granskning("--lang", "en", *command, cwd=workspace, rights=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert "could not be written: you may not write there" in done.stderr
        assert fingerprint_tree(workspace) == before
    finally:
        for folder in folders:
            folder.chmod(0o755)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for 64 kB."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("mounting is not permitted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_full_disk_leaves_what_was_there(
    small_disk: Path, workspace: Path, granskning: Run, fingerprint_tree: TreePrint
) -> None:
    subprocess.run(["cp", "-r", f"{workspace}/.", small_disk], check=True)
    free = os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(b"x" * (free.f_bavail * free.f_frsize))
    before = fingerprint_tree(small_disk)
    assert granskning("check", cwd=small_disk).returncode == 0
    for command in (["new", "provplan", "--round", "2027-01"], ["schema", "--write"]):
        done = granskning("--lang", "en", *command, cwd=small_disk)
        assert done.returncode == 2
        assert "the disk is full" in done.stderr
        assert [path.name for path in small_disk.rglob("*.tmp")] == []
    held = {path.relative_to(small_disk).as_posix() for path in small_disk.rglob("*") if path.is_file()}
    assert held == {
        "filler",
        *(path.relative_to(workspace).as_posix() for path in workspace.rglob("*") if path.is_file()),
    }
    assert (
        fingerprint_tree(small_disk) == before
        or not (small_disk / "strategies/provplan/reviews/2027-01/granskare.yaml").exists()
    )


def test_a_disk_that_fills_up_during_init_is_left_clean(small_disk: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", "init", "arbetsmapp", "--example", cwd=small_disk)
    assert done.returncode == 2
    assert "the disk is full" in done.stderr
    assert list(small_disk.iterdir()) == []
