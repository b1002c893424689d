"""Mutation testing: small changes of the program, each of which some quick test must notice.

    python tests/mutants.py [ROOM…] [--sample N] [--seed N]

One process collects the tests of a room. A child of it notes which tests reach which line; then each mutant is a child
of its own, in which one function has other code and the tests that reach the line run until one fails. What survives
is told, with the reason in surviving_mutants.json where there is one. A survivor with a reason counts as noticed; where
fewer than 90 % of a room are noticed, that is said and makes the exit 1.

The tool tries itself first, in each room: tests that fail by themselves would notice everything; a function with the
code that it had must survive, and one that only raises must be noticed. A mutant that could not be put in place, or
whose child ended otherwise than by its tests, is no answer. All of that is told and makes the exit 1.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import pickle  # what a child of this very process has written
import random
import resource
import signal
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import pytest

from mutations import PACKAGE, changes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mutations import Change, Mutant

TESTS = Path(__file__).parent
REASONS = TESTS / "surviving_mutants.json"
NOTICED = 90
"""Per cent of a room's mutants that must be noticed: a sample meets others each time that a module changes, so single
survivors are work to do and no failure."""
SECONDS = 20
"""Processor time for the tests of a mutant beside what they took without it, while their lines were noted, which is far
slower; one that makes them go on for longer has been noticed."""
MOST_CALLS = 200
"""So often a test's calls of a function are watched; afterwards only those whose number is a power of two."""
_SURVIVED, _NOTICED, _NOT_PLACED, _BROKE = range(4)
"""How a mutant's child ends."""
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # by room: the modules that are changed (`!` those that are another room's), and the tests that are to notice
    "scoring": (("scoring/**/*.py",), ("unit/scoring",)),
    "reading": (
        ("workspace/yaml/*.py", "workspace/schema/*.py", "!workspace/yaml/edit*.py", "!workspace/yaml/splice.py"),
        ("unit/workspace", "unit/scoring/test_more_words.py", "test_cases.py"),
    ),
    "editing": (
        ("workspace/yaml/edit*.py", "workspace/yaml/splice.py", "tasks/editing/*.py", "workspace/answer_merge.py"),
        (
            "unit/workspace/yaml",
            "unit/workspace/test_answering.py",
            "unit/workspace/test_acting.py",
            "unit/tasks/editing",
            "unit/tasks/history/test_approval_changes.py",
            "laws/test_edit_laws.py",
            "functional/test_serve_saving.py",
            "functional/test_desk_for_planners.py",
            "functional/test_migrate.py",
            "functional/test_restore.py",
            "functional/test_save_version.py",
            "functional/test_actions.py",
            "functional/test_example_folder.py",
        ),
    ),
    "approval": (
        ("workspace/checks/approval.py", "tasks/editing/approve.py", "tasks/history/approval_changes.py"),
        (
            "unit/workspace/checks/test_approval.py",
            "unit/tasks/history",
            "functional/test_migrate.py",
            "functional/test_look_then_act.py",
            "functional/test_desk_for_planners.py",
            "functional/test_search.py",
            "functional/test_then_and_now.py",
        ),
    ),
    "verify": (
        ("tasks/proof/verify*.py", "tasks/proof/reproduce.py"),
        ("unit/tasks/proof", "functional/test_verify.py", "functional/test_remembered_reports.py"),
    ),
    "rounds": (
        ("model/rounds.py", "scoring/rounds.py", "scoring/reliability/*.py"),
        (
            "unit/scoring/test_joint_results.py",
            "unit/scoring/reliability",
            "unit/scoring/test_plain_rounds.py",
            "unit/test_round_order.py",
        ),
    ),
}
_PLUGINS = ("-p", "no:cacheprovider", "-p", "no:terminal")


def modules_of(room: str) -> list[Path]:
    """The modules of a room that are changed."""
    patterns = ROOMS[room][0]
    named = {path for pattern in patterns if not pattern.startswith("!") for path in PACKAGE.glob(pattern)}
    return sorted(named - {path for pattern in patterns for path in PACKAGE.glob(pattern.removeprefix("!"))
                           if pattern.startswith("!")})  # fmt: skip


class Runner:
    """Takes pytest's place when the collected tests are to be run."""

    def __init__(self, room: str, sample: int, seed: int) -> None:
        self.room, self.sample, self.seed = room, sample, seed
        self.survivors: list[Mutant] = []
        self.faults: list[str] = []
        self.tried = self.unreached = self.endless = 0
        self._has_failed = False

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note a failure."""
        self._has_failed = self._has_failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: Any) -> bool:
        """Find which tests reach what, and try the mutants."""
        paths = modules_of(self.room)
        every = [change for path in paths for change in changes_of(path)]
        chosen = random.Random(self.seed).sample(every, min(self.sample or len(every), len(every)))  # noqa: S311
        print(f"{self.room}: {len(every)} mutants, {len(session.items)} tests", flush=True)
        reached = self._reached(session.items, {str(path) for path in paths})
        if not self.faults:
            self._try_itself([change for change in every if reached.at(change)], reached)
        for change in [] if self.faults else chosen:
            mutant = change.carry_out()
            tests = reached.at(change)
            self.tried += 1
            self.unreached += not tests
            if not self._is_noticed(mutant, tests):
                self.survivors.append(mutant)
                print(f"  {'survived' if tests else 'unreached'}: line {mutant.line}, {mutant.name}", flush=True)
        return True

    def _reached(self, items: Sequence[Any], files: set[str]) -> _Reached:
        """Which tests reach which line; found in a child, so that nothing is held."""
        with tempfile.NamedTemporaryFile() as held:
            child = os.fork()
            if child == 0:
                _be_quiet()
                found = []
                for item in items:
                    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
                    lines = _Lines(files)
                    self._has_failed = False
                    threading.settrace(lines.call)  # the page answers in threads of its own
                    sys.settrace(lines.call)
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                    sys.settrace(None)
                    seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
                    found.append((seconds, lines.reached, self._has_failed))
                Path(held.name).write_bytes(pickle.dumps(found))
                os._exit(0)
            _, status = os.waitpid(child, 0)
            if status:
                self.faults.append(f"the tests could not be run to their end ({status})")
                return _Reached([])
            by_test = pickle.loads(Path(held.name).read_bytes())  # noqa: S301  # our own child's
        tests = [
            _Test(item, seconds, frozenset(lines))
            for item, (seconds, lines, _) in zip(items, by_test, strict=True)
        ]  # fmt: skip
        failed = [item.nodeid for item, (_, _, has_failed) in zip(items, by_test, strict=True) if has_failed]
        self.faults += [f"{name} fails by itself" for name in failed]
        return _Reached(tests)

    def _try_itself(self, changes: Sequence[Change], reached: _Reached) -> None:
        """See that what is as it was survives, and that what only raises is noticed."""
        for change in changes[:: max(1, len(changes) // 3)][:3]:
            if self._is_noticed(change.unchanged(), reached.at(change)):
                self.faults.append(f"noticed although nothing was changed: {change.name}")
            if not self._is_noticed(change.raising(), reached.at(change)):
                self.faults.append(f"not noticed although it only raises: {change.name}")
        if not changes:
            self.faults.append("no test reaches anything")

    def _is_noticed(self, mutant: Mutant, tests: Sequence[_Test]) -> bool:
        if not tests:
            return False
        child = os.fork()
        if child == 0:
            how = _BROKE
            try:
                how = self._run(mutant, tests)
            finally:
                os._exit(how)  # whatever comes of it, a child never goes on as its parent
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            self.endless += 1
            return True
        ended = os.waitstatus_to_exitcode(status)
        if ended not in (_SURVIVED, _NOTICED):
            why = "it was not put in place" if ended == _NOT_PLACED else f"its child ended with {ended}"
            self.faults.append(f"{mutant.name}: {why}")
        return ended == _NOTICED

    def _run(self, mutant: Mutant, tests: Sequence[_Test]) -> int:
        """Run the tests in this child until one fails."""
        _be_quiet()
        limit = SECONDS + int(sum(test.seconds for test in tests))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + SECONDS))
        if not _put_in_place(mutant):
            return _NOT_PLACED
        self._has_failed = False
        for test in tests:
            test.item.config.hook.pytest_runtest_protocol(item=test.item, nextitem=None)
            if self._has_failed:
                return _NOTICED
        return _SURVIVED


@dataclass(frozen=True)
class _Test:
    """A test, the processor time it took while its lines were noted, and those lines."""

    item: Any
    seconds: float
    lines: frozenset[tuple[str, int]]


class _Reached:
    """By line the tests that reach it, the quickest first."""

    def __init__(self, tests: Sequence[_Test]) -> None:
        self._by_line: dict[tuple[str, int], list[_Test]] = {}
        for test in sorted(tests, key=lambda test: test.seconds):
            for place in test.lines:
                self._by_line.setdefault(place, []).append(test)

    def at(self, change: Change) -> list[_Test]:
        """The tests that reach where the change is."""
        return self._by_line.get((str(change.path), change.line), [])


class _Lines:
    """The lines of some files that a test reaches."""

    def __init__(self, files: set[str]) -> None:
        self.files = files
        self.reached: set[tuple[str, int]] = set()
        self._calls: Counter[CodeType] = Counter()

    def call(self, frame: Any, _event: str, _argument: object) -> Any:
        """Watch a function if it is of the files."""
        code = frame.f_code
        if code.co_filename not in self.files:
            return None
        self._calls[code] = number = self._calls[code] + 1
        return None if number > MOST_CALLS and number & (number - 1) else self._line

    def _line(self, frame: Any, _event: str, _argument: object) -> Any:
        self.reached.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line


def _put_in_place(mutant: Mutant) -> bool:
    """Give the function, wherever it is held, the mutant's code."""
    is_there = False
    gc.unfreeze()  # what was made while tests were collected is left out of the collector's sight
    for held in gc.get_objects():
        if isinstance(held, FunctionType):
            code = held.__code__
            same = (code.co_filename, code.co_name, code.co_firstlineno)
            if same == (mutant.path, mutant.code.co_name, mutant.code.co_firstlineno):
                held.__code__ = mutant.code
                is_there = True
    return is_there


def _be_quiet() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def _tell(room: str, runner: Runner, reasons: Mapping[str, str]) -> bool:
    """Tell a room's score and what is wrong with it; return whether the room is below what it should have."""
    tried, survivors = runner.tried, runner.survivors
    alive = [mutant for mutant in survivors if mutant.name not in reasons]
    share = 100 * (tried - len(alive)) / max(1, tried)
    for fault in runner.faults:
        print(f"{room}: no answer: {fault}", flush=True)
    below = f", below {NOTICED} %" if share < NOTICED else ""
    print(f"{room}: {tried - len(survivors)} of {tried} noticed, {runner.endless} of them by going on for too long; "
          f"{len(survivors) - len(alive)} survive with a reason, {len(alive)} without; "
          f"{runner.unreached} are reached by no test: {share:.0f} %{below}", flush=True)  # fmt: skip
    return share < NOTICED or bool(runner.faults)


def main() -> int:
    """Try the rooms, and tell their scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    reasons = json.loads(REASONS.read_text("utf-8"))
    below = []
    for room in asked.rooms:
        runner = Runner(room, asked.sample, asked.seed)
        places = ROOMS[room]
        missing = [path for path in places[0] if not [*PACKAGE.glob(path.removeprefix("!"))]]
        missing += [path for path in places[1] if not (TESTS / path).exists()]
        if missing:
            print(f"{room}: nothing lies at {', '.join(missing)}", flush=True)
            below.append(room)
            continue
        paths = [str(TESTS / path) for path in places[1]]
        pytest.main(["-o", "addopts=--import-mode=importlib", *_PLUGINS, *paths], plugins=[runner])
        below += [room] * _tell(room, runner, reasons)
    if below:
        print(f"fewer than {NOTICED} % noticed, or no answer: {', '.join(below)}", flush=True)
    return int(bool(below))


if __name__ == "__main__":
    sys.exit(main())
