"""Commands that write are killed at random moments: every file is old or new, and nothing stray outlives the next.

    python tests/kills.py 500 [SEED]

Each kill is a process of its own, forked from one that has loaded everything, over a copy of a small working folder.
Half of them are killed at a random moment, half before one of their steps on the disk, so that each step has its turn.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

import killed_writers
from granskning.cli.app import run
from granskning.edges.disk import FolderFiles
from granskning.edges.readers import reading
from granskning.errors import GranskningError, WriteRefusedError
from granskning.findings.severity import Severity
from granskning.tasks.editing.edit_session import EditSession
from granskning.tasks.proof import publish as publishing
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = Path(__file__).parent / "cases" / "base"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
REGISTER = "strategies/provplan/published/001/publication.yaml"
RECORD = "build/.granskning.json"
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_STEPS = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "fcntl.flock", "subprocess.Popen"}
_PATIENCE = 120

Tree = dict[str, bytes]


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace words of a file."""
    text = (root / path).read_text("utf-8")
    assert old in text, (path, old)
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def git(root: Path, *words: str) -> str:
    """Run git as nobody in particular."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(root: Path) -> None:
    """Put the folder in git."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "början")


def fill_in(root: Path) -> None:
    """A workbook in which somebody has changed an answer."""
    assert run(["export", "-o", "bok.xlsx"]) == 0
    book = load_workbook(root / "bok.xlsx")
    columns = (column for sheet in book.worksheets for column in sheet.iter_cols())
    levels = next(column for column in columns if "judgement" in [cell.value for cell in column])
    cell = next(cell for cell in levels if cell.value == "1 Nämns")
    cell.value = "2 Delvis"
    book.save(root / "bok.xlsx")


def keep_answer(root: Path) -> int:
    """What the page does with a form."""
    session = EditSession(root)
    held = session.open_review(REVIEW)
    assert held is not None
    parts = {"judgement": {"level": 2}}
    try:
        session.keep_answer(REVIEW, "resor-vardag", held.answers["resor-vardag"], parts)
    except WriteRefusedError:
        return 2
    return 0


def _read_here(job: Callable[..., Any], *arguments: Any, limits: object) -> Any:  # noqa: ARG001  # as the real one has
    """Reading a workbook in this process: what is tried is the writing, and a fork cannot use its parent's workers."""
    return job(*arguments)


def publish(_root: Path) -> int:
    """Publishing with the printing left out: what is tried is the writing."""
    made = {f"{name}.pdf": (role, name.encode() * 9999) for name, role in (("a", "report"), ("b", "archive"))}
    publishing._contents = lambda *_: ({**made, "c.zip": ("sources", b"c" * 9999)}, ())  # noqa: SLF001
    return run(["publish", REVIEW])


@dataclass(slots=True)
class Command:
    """One that writes: what it begins with, what it does, and the file that makes what it wrote count."""

    name: str
    act: Callable[[Path], int]
    key: str
    arrange: Callable[[Path], object] = lambda _root: None
    start: Path = field(default_factory=Path)
    before: Tree = field(default_factory=dict)
    after: Tree = field(default_factory=dict)
    errors: int = 0
    steps: int = 0
    seconds: float = 0.0


def commands() -> list[Command]:
    """Every command that writes, and the page."""

    def words(*arguments: str) -> Callable[[Path], int]:
        return lambda _root: run(list(arguments))

    def built(root: Path) -> None:
        run(["build", "--format", "html"])
        change(root, REVIEW, "Alla hördes.", "Alla hördes till sist.")

    def saved(root: Path) -> None:
        commit(root)
        change(root, REVIEW, "Alla hördes.", "Alla hördes till sist.")

    def signed(root: Path) -> None:
        change(root, REVIEW, "status: draft", "status: submitted")
        run(["approve", REVIEW, "--role", "chef", "--date", "2026-11-24"])
        commit(root)

    def approved(root: Path) -> None:
        change(root, REVIEW, "status: draft", "status: approved")
        commit(root)

    return [
        Command("save", words("save", "-m", "sparat"), ".git", saved),
        Command("import", words("import", "bok.xlsx"), REVIEW, fill_in),
        Command("new", words("new", "provplan", "--round", "2027-01"),
                "strategies/provplan/reviews/2027-01/granskare.yaml"),
        Command("revise", words("revise", "prov", "1.1.0"), "criteria/prov.yaml"),
        Command("migrate", words("migrate", REVIEW, "--to", "prov@1.1.0"), REVIEW,
                words("revise", "prov", "1.1.0")),
        Command("approve", words("approve", REVIEW, "--role", "chef", "--date", "2026-11-24"), REVIEW,
                lambda root: change(root, REVIEW, "status: draft", "status: submitted")),
        Command("publish", publish, REGISTER, approved),
        Command("build", words("build", "--format", "html"), RECORD, built),
        Command("page", keep_answer, REVIEW),
        Command("strategy", killed_writers.bring_strategy, "strategies/ny-plan/strategy.yaml"),
        Command("edition", killed_writers.bring_edition, killed_writers.STRATEGY),
        Command("plan", killed_writers.lay_out_round, killed_writers.STRATEGY),
        Command("hand in", killed_writers.hand_in, REVIEW),
        Command("reopen", killed_writers.open_again, REVIEW, signed),
        Command("restore", killed_writers.put_back, REVIEW, saved),
        Command("fix", killed_writers.fix_pages, REVIEW, killed_writers.cite_other_pages),
        Command("freeze", killed_writers.freeze, killed_writers.INDICATOR, killed_writers.lay_indicator),
    ]  # fmt: skip


def is_temporary(path: Path) -> bool:
    """Whether a file or folder bears a temporary name."""
    return path.name.startswith(".") and path.name.endswith(".tmp")


def tree_of(root: Path) -> Tree:
    """Every file's bytes, temporary ones left out; of git only what its newest commit holds."""
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(root).parts
        and not any(is_temporary(part) for part in (path, *path.parents))
    }  # fmt: skip
    if (root / ".git").is_dir():
        files[".git"] = git(root, "rev-parse", "HEAD^{tree}").encode()
    return files


def strays(root: Path) -> list[str]:
    """What lies there under a temporary name, and git's locks."""
    found = [path for path in root.rglob("*") if is_temporary(path) or path.name == "index.lock"]
    return [path.relative_to(root).as_posix() for path in found]


def errors_in(root: Path) -> int:
    """How many errors a check of the folder finds."""
    return sum(one.rule.severity is Severity.ERROR for one in load_files(FolderFiles(root)).findings)


def start(command: Command, root: Path, *, at_step: int = 0, tell: int = -1, first: Callable[[], object] = int) -> int:
    """Fork a process that carries the command out in the folder, and return its id.

    With `at_step` it ends itself before that step on the disk; `tell` is a pipe to tell the number of steps to.
    """
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        os.setsid()
        os.chdir(root)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        first()
        taken = [0]

        def count(event: str, arguments: tuple[Any, ...]) -> None:
            writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
            if (event in _STEPS or writes) and os.devnull != arguments[0]:
                taken[0] += 1
                if taken[0] == at_step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        code = command.act(root)
        if tell >= 0:
            os.write(tell, f"{taken[0]}".encode())
    except GranskningError:  # which the command line and the page say in words
        code = 2
    finally:
        os._exit(code)


def finish(child: int) -> int:
    """Wait for the process and all that it has started; its exit code, or minus the signal that ended it."""
    status = os.waitpid(child, 0)[1]
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:  # what it started, git, goes on by itself
        try:
            os.killpg(child, 0)
        except (ProcessLookupError, PermissionError):
            break
        time.sleep(0.002)
    return os.waitstatus_to_exitcode(status)


def prepare(folder: Path) -> list[Command]:
    """Make each command's beginning, and see what it does when nothing disturbs it."""
    os.environ.update({
        "XDG_CACHE_HOME": str(folder / "cache"), "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_{what}": "prov" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    })  # fmt: skip
    reading.run_apart = _read_here  # type: ignore[attr-defined]  # the name that its door calls
    killed_writers.read_documents_here()
    made = commands()
    for command in made:
        command.start = folder / command.name
        shutil.copytree(BASE, command.start, copy_function=shutil.copyfile)
        with contextlib.chdir(command.start):
            _silently(command.arrange, command.start)
        command.before = tree_of(command.start)
        warm = copy_of(command, folder)
        with contextlib.chdir(warm):
            _silently(command.act, warm)  # here, so that everything is loaded before anything is forked
        reference = copy_of(command, folder)
        told, telling = os.pipe()
        begun = time.monotonic()
        code = finish(start(command, reference, tell=telling))
        command.seconds = time.monotonic() - begun
        command.steps = int(os.read(told, 20))
        assert code == 0, (command.name, code)
        os.close(told)
        os.close(telling)
        command.after = tree_of(reference)
        command.errors = max(errors_in(command.start), errors_in(reference))
        assert command.after == tree_of(warm) != command.before, command.name
        assert strays(reference) == [], command.name
    return made


def _silently(act: Callable[[Path], object], root: Path) -> None:
    nothing = io.StringIO()
    with contextlib.redirect_stdout(nothing), contextlib.redirect_stderr(nothing):
        act(root)


def copy_of(command: Command, folder: Path) -> Path:
    """A fresh copy of what the command begins with."""
    place = folder / "kopia"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(command.start, place, symlinks=True)
    return place


def faults_of(command: Command, root: Path) -> list[str]:
    """What is neither old nor new, or is new without all that it rests on."""
    now = tree_of(root)
    faults = [
        f"{path} is neither old nor new"
        for path in {*now, *command.before, *command.after}
        if now.get(path) not in (command.before.get(path), command.after.get(path))
    ]
    is_new = now.get(command.key) == command.after[command.key]
    if is_new and now != command.after:
        faults.append("new, but not all of it")
    if not is_new and errors_in(root) > command.errors:
        faults.append("old, but with errors")
    return faults


def kill_once(command: Command, folder: Path, chance: random.Random, *, by_step: bool) -> tuple[str, list[str]]:
    """Kill the command, look, carry it out again, and look again. What came of it, and what was wrong."""
    root = copy_of(command, folder)
    if by_step:
        code = finish(start(command, root, at_step=chance.randint(1, command.steps)))
    else:
        child = start(command, root)
        time.sleep(chance.uniform(0, command.seconds * 1.1))
        os.kill(child, signal.SIGKILL)
        code = finish(child)
    faults = faults_of(command, root)
    now = tree_of(root)
    state = "new" if now == command.after else "old" if now == command.before else "on the way"
    left = " and left something" if strays(root) else ""
    again = finish(start(command, root))
    if again not in (0, 1, 2):
        faults.append(f"the next command ended with {again}")
    if tree_of(root) != command.after:
        faults.append("the next command did not finish it")
    faults += [f"still stray after the next command: {path}" for path in strays(root)]
    return ("killed" if code == -signal.SIGKILL else "done first") + f", {state}{left}", faults


def kill_many(made: list[Command], folder: Path, number: int, seed: int) -> list[str]:
    """Kill so many times, the commands in turn, and tell what came of each; all that was wrong."""
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    outcomes: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for turn in range(number):
        command = made[turn % len(made)]
        outcome, faults = kill_once(command, folder, chance, by_step=turn // len(made) % 2 == 0)
        outcomes.setdefault(command.name, Counter())[outcome] += 1
        wrong += [f"{command.name} (kill {turn}, seed {seed}): {fault}" for fault in faults]
    for name, counts in outcomes.items():
        print(f"{name:<8} {sum(counts.values()):>4}", end="")
        print("".join(f"; {count} {outcome}" for outcome, count in sorted(counts.items())))
    print(*wrong, sep="\n")
    print(f"{number} kills, {len(wrong)} faults")
    return wrong


def main(arguments: list[str]) -> int:
    """Kill, and tell."""
    number, seed = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        return int(bool(kill_many(prepare(folder), folder, number, seed)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
