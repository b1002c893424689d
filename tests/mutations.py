"""Small changes of the program's functions, for `mutants.py`: which there are, what each is called, and its code."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKAGE = Path(__file__).parent.parent / "src" / "granskning"
_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min", "True": "False", "False": "True"}
_WORDS = {"N_", "NN_", "t", "cast", "TypeVar", "UsageError", "GranskningError"}
"""Calls whose texts are words for people: other tests hold those."""


@dataclass(frozen=True)
class Mutant:
    """One changed function."""

    name: str
    path: str
    line: int
    code: CodeType


@dataclass(frozen=True)
class Change:
    """A node that can be changed, in a function of a module."""

    path: Path
    tree: ast.Module
    function: ast.FunctionDef
    prefix: str
    node: ast.AST
    what: str

    @property
    def name(self) -> str:
        """What it is called in the list of survivors: its line may move, its function and its change don't."""
        return f"{self.path.relative_to(PACKAGE).as_posix()}::{self.prefix}{self.function.name}: {self.what}"

    @property
    def line(self) -> int:
        """Where it is reached; a condition is asked where it stands, and a comprehension's part has no line."""
        if isinstance(self.node, ast.comprehension):
            return self.node.target.lineno
        if isinstance(self.node, ast.If | ast.IfExp | ast.While):
            return self.node.test.lineno
        return getattr(self.node, "lineno", self.function.lineno)

    def carry_out(self) -> Mutant:
        """Compile the module with the change, and leave its tree as it was."""
        # the nodes within stay the same ones: other changes are of them
        held = {name: [*value] if isinstance(value, list) else value for name, value in ast.iter_fields(self.node)}
        _change(self.node)
        mutant = self.unchanged()
        for name, value in held.items():
            setattr(self.node, name, value)
        return mutant

    def unchanged(self) -> Mutant:
        """The function as it is, to be noticed by nothing."""
        code = _code_of(compile(ast.fix_missing_locations(self.tree), str(self.path), "exec"), self.function)
        return Mutant(self.name, str(self.path), self.line, code)

    def raising(self) -> Mutant:
        """The function without anything but an error, to be noticed by whatever reaches it."""
        held, self.function.body = self.function.body, ast.parse("raise AssertionError").body
        mutant = self.unchanged()
        self.function.body = held
        return mutant


def changes_of(path: Path) -> Iterator[Change]:
    """Yield every change of a module's functions and methods; the second that reads alike in a function says so."""
    tree = ast.parse(path.read_text("utf-8"))
    scopes: list[tuple[str, Sequence[ast.stmt]]] = [("", tree.body)]
    scopes += [(f"{node.name}.", node.body) for node in tree.body if isinstance(node, ast.ClassDef)]
    for prefix, body in scopes:
        for function in body:
            if isinstance(function, ast.FunctionDef):
                times: Counter[str] = Counter()
                for node in [node for statement in function.body for node in _asked(statement)]:
                    changed = copy.deepcopy(node)
                    if _change(changed):
                        what = f"{ast.unparse(node)} → {ast.unparse(changed)}".replace("\n", " ")[:160]
                        times[what] += 1
                        nth = f" ({times[what]})" if times[what] > 1 else ""
                        yield Change(path, tree, function, prefix, node, what + nth)


def _asked(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes within that may be changed: no docstrings, no annotations, no words for people.

    Nor what a zip asserts: that its arguments are as long as each other is so by how they are made.
    """
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _WORDS:
        return
    if isinstance(node, ast.keyword) and node.arg == "strict":
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


def _code_of(module: CodeType, function: ast.FunctionDef) -> CodeType:
    first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
    todo = [module]
    while todo:
        code = todo.pop()
        if code.co_name == function.name and code.co_firstlineno == first:
            return code
        todo += [held for held in code.co_consts if isinstance(held, CodeType)]
    raise LookupError(function.name)
