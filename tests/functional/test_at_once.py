"""Several processes that write the same file at once: each is told the truth, and nothing that was saved is lost."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import REVIEW
from granskning.edges.claim import claimed
from granskning.edges.disk import fingerprint_of
from granskning.edges.writing import write_atomic
from granskning.i18n import Translator
from granskning.tasks.editing.keep_action import read_actions
from granskning.tasks.editing.remarks import read_remarks
from granskning.workspace.starter import files

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past, Run

PROCESSES, WRITES = 6, 60
COUNT = """
import sys
from pathlib import Path
from granskning.edges.disk import fingerprint_of
from granskning.edges.writing import write_guarded
from granskning.errors import ChangedOnDiskError
path, name, writes = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for number in range(writes):
    while True:
        data = path.read_bytes()
        try:
            write_guarded(path, data + f"{name}:{number}\\n".encode(), fingerprint_of(data))
            break
        except ChangedOnDiskError:
            pass
"""
"""Adds lines, each by a guarded write of the whole file; a write that says that it was made must stay."""
NEW = """
import sys
from pathlib import Path
from granskning.edges.writing import FileWrite, write_files
from granskning.errors import WriteRefusedError
folder, name, writes = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for number in range(writes):
    try:
        write_files([FileWrite(folder / f"{number}.yaml", name.encode(), is_new=True)])
        print(number)
    except WriteRefusedError:
        pass
"""
ADD = """
import sys
from pathlib import Path
from granskning.errors import ChangedOnDiskError
from granskning.tasks.editing.keep_action import add_action
from granskning.tasks.editing.remarks import RemarkText, add_remark
root, review, name, writes = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
print("ready", flush=True)
sys.stdin.readline()
def insist(add):
    while True:
        try:
            return add()
        except ChangedOnDiskError:
            pass
for number in range(writes):
    text = f"{name}:{number}"
    insist(lambda: add_remark(root, review, "mal-jamstalldhet", RemarkText("2026-11-30", "controller", text)))
    action = {"title": text, "status": "proposed"}
    assert insist(lambda: add_action(root, "provplan", action)).is_changed
"""
"""Adds remarks and actions, in files that nobody has made yet: the first writers make them at once."""
APPROVE = """
import sys
from granskning.cli.app import run
from granskning.tasks.editing import approve
print("ready", flush=True)
sys.stdin.readline()
sys.exit(run(["--lang", "en", "approve", sys.argv[1], "--role", sys.argv[2]]))
"""


def at_once(program: str, words: list[list[str]], cwd: Path) -> list[subprocess.CompletedProcess[str]]:
    """Run the program with each of these arguments, all let go in the same moment when every one is ready."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", program, *one], cwd=cwd, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for one in words
    ]  # fmt: skip
    for process in runs:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in runs:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=300) for process in runs]
    return [
        subprocess.CompletedProcess(process.args, process.returncode, out, err)
        for process, (out, err) in zip(runs, told, strict=True)
    ]


def test_no_guarded_write_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "granskning.yaml"
    write_atomic(path, b"")
    done = at_once(COUNT, [[str(path), str(name), str(WRITES)] for name in range(PROCESSES)], tmp_path)
    assert [one.stderr for one in done] == [""] * PROCESSES
    lines = path.read_text().splitlines()
    assert len(lines) == PROCESSES * WRITES
    assert set(lines) == {f"{name}:{number}" for name in range(PROCESSES) for number in range(WRITES)}
    assert [one.name for one in tmp_path.iterdir()] == ["granskning.yaml"]


def test_a_new_file_is_made_by_one_only(tmp_path: Path) -> None:
    done = at_once(NEW, [[str(tmp_path), str(name), "50"] for name in range(PROCESSES)], tmp_path)
    said = {(number, str(name)) for name, one in enumerate(done) for number in one.stdout.split()}
    assert said == {(path.stem, path.read_text()) for path in tmp_path.iterdir()}
    assert len(said) == 50


def test_remarks_and_actions_of_all_who_make_the_first_ones_are_kept(workspace: Path) -> None:
    processes, writes = 3, 4
    (workspace / "strategies/provplan/actions.yaml").unlink()
    runs = at_once(ADD, [[str(workspace), REVIEW, f"p{number}", str(writes)] for number in range(processes)], workspace)
    assert [run.stderr for run in runs] == [""] * processes
    expected = {f"p{number}:{write}" for number in range(processes) for write in range(writes)}
    remarks = read_remarks(workspace, REVIEW)
    assert {remark.words.text for remark in remarks} == expected
    assert len({remark.id for remark in remarks}) == len(remarks) == len(expected)
    actions = read_actions(workspace, "provplan")
    assert {action["title"] for action in actions} == expected
    assert len({action["id"] for action in actions}) == len(actions) == len(expected)


@pytest.mark.parametrize("_turn", range(4))
def test_of_two_who_approve_at_once_one_is_refused(_turn: int, workspace: Path) -> None:
    path = workspace / REVIEW
    path.write_text(path.read_text("utf-8").replace("status: draft", "status: submitted"), "utf-8")
    first, second = sorted(
        at_once(APPROVE, [[REVIEW, "chef"], [REVIEW, "direktor"]], workspace), key=lambda one: one.returncode
    )
    assert (first.returncode, second.returncode) == (0, 2), (first.stderr, second.stderr)
    assert "is approved already, by" in second.stderr or "changed by somebody else" in second.stderr
    role = next(role for role in ("chef", "direktor") if role in first.args[-1])
    assert f"role: {role}\n" in path.read_text("utf-8")


def test_who_approves_what_is_approved_is_told_by_whom(workspace: Path, granskning: Run) -> None:
    path = workspace / REVIEW
    path.write_text(path.read_text("utf-8").replace("status: draft", "status: submitted"), "utf-8")
    words = ("approve", REVIEW, "--date", "2026-11-24", "--role")
    assert granskning(*words, "chef", cwd=workspace).returncode == 0
    before = path.read_bytes()
    done = granskning(*words, "direktor", cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert "är redan godkänd, av chef den 2026-11-24" in done.stderr
    assert fingerprint_of(path.read_bytes()) == fingerprint_of(before)
    path.write_text(before.decode().replace("status: approved", "status: draft"), "utf-8")
    assert granskning(*words, "direktor", cwd=workspace).returncode == 0
    assert "role: direktor\n" in path.read_text("utf-8")


def test_doctor_tells_of_what_a_killed_write_left_and_git_does_not_see_it(
    workspace: Path, granskning: Run, past: Past
) -> None:
    (workspace / ".gitignore").write_text(files(Translator("sv"))[".gitignore"], "utf-8")
    left = workspace / "strategies/provplan/.strategy.yaml.granskning-0123456789ab.tmp"
    left.write_text("hela texten", "utf-8")
    before = left.stat().st_mtime_ns
    done = granskning("doctor", cwd=workspace)
    assert "strategies/provplan/.strategy.yaml.granskning-0123456789ab.tmp" in done.stdout
    assert left.stat().st_mtime_ns == before
    assert past.git("status", "--porcelain", "--untracked-files=all") == "?? .gitignore"
    with claimed(workspace / REVIEW):
        assert past.git("status", "--porcelain", "--untracked-files=all") == "?? .gitignore"
    write_atomic(workspace / "strategies/provplan/ny.yaml", b"")
    assert "*.tmp" not in granskning("doctor", cwd=workspace).stdout
