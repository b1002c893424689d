"""Mutation testing: small changes of the program, each of which some quick test must notice.

    python tests/mutants.py [ROOM…] [--sample N] [--seed N]

One process collects the tests of a room. A child of it notes which tests reach which line; then each mutant is a child
of its own, in which one function has other code and the tests that reach the line run until one fails. What survives
is told, with the reason in surviving_mutants.json where there is one. A survivor with a reason counts as noticed; where
fewer than 90 % of a room are noticed, that is said and makes the exit 1.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import json
import os
import pickle  # what a child of this very process has written
import random
import resource
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "src" / "granskning"
REASONS = TESTS / "surviving_mutants.json"
NOTICED = 90
"""Per cent of a room's mutants that must be noticed: a sample meets others each time that a module changes, so single
survivors are work to do and no failure."""
SECONDS = 30
"""Processor time for the tests of a mutant; one that makes them go on for longer has been noticed."""
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # by room: the modules that are changed, and the tests that are to notice
    "scoring": (("scoring/**/*.py",), ("unit/scoring",)),
    "reading": (("workspace/yaml/*.py", "workspace/schema/*.py"), ("unit/workspace", "test_cases.py")),
    "editing": (
        ("workspace/yaml/edit*.py", "workspace/yaml/splice.py", "tasks/editing/*.py", "workspace/answer_merge.py"),
        (
            "unit/workspace/yaml",
            "unit/workspace/test_answering.py",
            "unit/workspace/test_acting.py",
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
        ("functional/test_verify.py", "functional/test_remembered_reports.py"),
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
_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min", "True": "False", "False": "True"}
_PLUGINS = ("-p", "no:cacheprovider", "-p", "no:terminal")
_WORDS = {"N_", "t", "cast", "TypeVar", "UsageError", "GranskningError"}
"""Calls whose texts are words for people: other tests hold those."""


@dataclass(frozen=True)
class Mutant:
    """One changed function."""

    file: str
    function: str
    line: int
    what: str
    code: CodeType

    @property
    def name(self) -> str:
        """What it is called in the list of survivors: its line may move, its function and its change don't."""
        return f"{self.file}::{self.function}: {self.what}"


@dataclass(frozen=True)
class Change:
    """A node that can be changed, in a function of a module."""

    path: Path
    tree: ast.Module
    function: ast.FunctionDef
    prefix: str
    node: ast.AST

    def carry_out(self) -> Mutant | None:
        """Compile the module with the change, and leave its tree as it was."""
        held = {name: copy.copy(value) for name, value in ast.iter_fields(self.node)}
        before = ast.unparse(self.node)
        _change(self.node)
        after = ast.unparse(self.node)
        code = _code_of(compile(ast.fix_missing_locations(self.tree), str(self.path), "exec"), self.function)
        for name, value in held.items():
            setattr(self.node, name, value)
        if code is None:
            return None
        what = f"{before} → {after}".replace("\n", " ")[:160]
        # the part of a comprehension has no line of its own
        placed = self.node.target if isinstance(self.node, ast.comprehension) else self.node
        line = getattr(placed, "lineno", self.function.lineno)
        return Mutant(self.path.relative_to(PACKAGE).as_posix(), self.prefix + self.function.name, line, what, code)


def changes_of(path: Path) -> Iterator[Change]:
    """Yield every change of a module's functions and methods."""
    tree = ast.parse(path.read_text("utf-8"))
    scopes: list[tuple[str, Sequence[ast.stmt]]] = [("", tree.body)]
    scopes += [(f"{node.name}.", node.body) for node in tree.body if isinstance(node, ast.ClassDef)]
    for prefix, body in scopes:
        for function in body:
            if isinstance(function, ast.FunctionDef):
                for node in [node for statement in function.body for node in _asked(statement)]:
                    if _change(copy.deepcopy(node)):
                        yield Change(path, tree, function, prefix, node)


def _asked(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes within that may be changed: no docstrings, no annotations, no words for people."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _WORDS:
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list", "args" if isinstance(node, ast.FunctionDef) else ""):
            for child in value if isinstance(value, list) else (value,):
                if isinstance(child, ast.AST):
                    yield from _asked(child)


def _change(node: ast.AST) -> bool:  # noqa: PLR0911  # a kind of node a line
    """Change a node in place, if there is a change for its kind."""
    if isinstance(node, ast.Compare | ast.BoolOp | ast.BinOp):
        held = node.ops[0] if isinstance(node, ast.Compare) else node.op
        if other := _SWAPS.get(type(held)):
            if isinstance(node, ast.Compare):
                node.ops[0] = other()  # type: ignore[call-overload]  # an operator of comparison
            else:
                node.op = other()  # type: ignore[assignment]  # one of the same kind
            return True
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return True
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        node.value = ast.Constant(None)
        return True
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
        return True
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in _NAMES:
        node.id = _NAMES[node.id]
        return True
    elif isinstance(node, ast.comprehension) and node.ifs:
        node.ifs = []
        return True
    return False


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _code_of(module: CodeType, function: ast.FunctionDef) -> CodeType | None:
    first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
    todo = [module]
    while todo:
        code = todo.pop()
        if code.co_name == function.name and code.co_firstlineno == first:
            return code
        todo += [held for held in code.co_consts if isinstance(held, CodeType)]
    return None


class Runner:
    """Takes pytest's place when the collected tests are to be run."""

    def __init__(self, room: str, sample: int, seed: int) -> None:
        self.room, self.sample, self.seed = room, sample, seed
        self.survivors: list[Mutant] = []
        self.tried = self.unreached = 0
        self._has_failed = False

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note a failure."""
        self._has_failed = self._has_failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: Any) -> bool:
        """Find which tests reach what, and try the mutants."""
        patterns, _ = ROOMS[self.room]
        paths = sorted({path for pattern in patterns for path in PACKAGE.glob(pattern)})
        every = [change for path in paths for change in changes_of(path)]
        chosen = random.Random(self.seed).sample(every, min(self.sample or len(every), len(every)))  # noqa: S311
        reached = self._reached(session.items, {str(path) for path in paths})
        print(f"{self.room}: {len(every)} mutants, {len(session.items)} tests", flush=True)
        for mutant in filter(None, (change.carry_out() for change in chosen)):
            numbers = reached.get((str(PACKAGE / mutant.file), mutant.line), [])
            self.tried += 1
            if not numbers:
                self.unreached += 1
            if not numbers or not self._is_killed(mutant, [session.items[number] for number in numbers]):
                self.survivors.append(mutant)
                print(f"  {'survived' if numbers else 'unreached'}: line {mutant.line}, {mutant.name}", flush=True)
        return True

    def _reached(self, items: Sequence[Any], files: set[str]) -> dict[tuple[str, int], list[int]]:
        """By file and line the tests that reach it, the quickest first; found in a child, so that nothing is held."""
        with tempfile.NamedTemporaryFile() as held:
            child = os.fork()
            if child == 0:
                _be_quiet()
                found = {}
                for number, item in enumerate(items):
                    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
                    lines = _Lines(files)
                    threading.settrace(lines.call)  # the page answers in threads of its own
                    sys.settrace(lines.call)
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                    sys.settrace(None)
                    found[number] = (resource.getrusage(resource.RUSAGE_SELF).ru_utime - before, lines.reached)
                Path(held.name).write_bytes(pickle.dumps(found))
                os._exit(0)
            os.waitpid(child, 0)
            by_test = pickle.loads(Path(held.name).read_bytes())  # noqa: S301  # our own child's
        reached: dict[tuple[str, int], list[int]] = {}
        for number, (_, lines) in sorted(by_test.items(), key=lambda pair: pair[1][0]):
            for place in lines:
                reached.setdefault(place, []).append(number)
        return reached

    def _is_killed(self, mutant: Mutant, items: Sequence[Any]) -> bool:
        child = os.fork()
        if child == 0:
            _be_quiet()
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            if not _put_in_place(mutant):
                os._exit(0)
            for item in items:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                if self._has_failed:
                    os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        return status != 0


class _Lines:
    """The lines of some files that are reached."""

    def __init__(self, files: set[str]) -> None:
        self.files = files
        self.reached: set[tuple[str, int]] = set()

    def call(self, frame: Any, _event: str, _argument: object) -> Any:
        """Watch a function if it is of the files."""
        return self._line if frame.f_code.co_filename in self.files else None

    def _line(self, frame: Any, _event: str, _argument: object) -> Any:
        self.reached.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line


def _put_in_place(mutant: Mutant) -> bool:
    """Give the function, wherever it is held, the mutant's code."""
    path = str(PACKAGE / mutant.file)
    is_there = False
    gc.unfreeze()  # what was made while tests were collected is left out of the collector's sight
    for held in gc.get_objects():
        if isinstance(held, FunctionType):
            code = held.__code__
            same = (code.co_filename, code.co_name, code.co_firstlineno)
            if same == (path, mutant.code.co_name, mutant.code.co_firstlineno):
                held.__code__ = mutant.code
                is_there = True
    return is_there


def _be_quiet() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


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
        missing = [path for path in places[0] if not [*PACKAGE.glob(path)]]
        missing += [path for path in places[1] if not (TESTS / path).exists()]
        if missing:
            print(f"{room}: nothing lies at {', '.join(missing)}", flush=True)
            below.append(room)
            continue
        paths = [str(TESTS / path) for path in places[1]]
        pytest.main(["-o", "addopts=--import-mode=importlib", *_PLUGINS, *paths], plugins=[runner])
        killed = runner.tried - len(runner.survivors)
        alive = [mutant for mutant in runner.survivors if mutant.name not in reasons]
        share = 100 * (runner.tried - len(alive)) / max(1, runner.tried)
        is_below = share < NOTICED
        below += [room] * is_below
        print(f"{room}: {killed} of {runner.tried} killed, {100 * killed / max(1, runner.tried):.0f} %; "
              f"{runner.unreached} unreached; {len(alive)} survive without a reason"
              f"{f': below {NOTICED} %' if is_below else ''}", flush=True)  # fmt: skip
    if below:
        print(f"fewer than {NOTICED} % noticed, or nothing tried: {', '.join(below)}", flush=True)
    return int(bool(below))


if __name__ == "__main__":
    sys.exit(main())
