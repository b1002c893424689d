"""What of the package nobody asks for: functions, classes, methods and constants that only their own tests reach.

A name is asked for where another place of the package uses it, a template, or a script of the project or the handbook.
What is used only by what nobody asks for is not asked for either. Methods go by their names alone.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.cli.groups import COMMANDS, module_of
from house import PACKAGE, ROOT, modules, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[A-Za-z_]\w*")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TEXT = re.compile(r"""'[^']*'|"[^"]*\"""")

Use = tuple[str, str]
"""A name of a module (`granskning.model.rounds`, `Round`), or any attribute ("", `is_judged`)."""


@dataclass(frozen=True, eq=False)
class Definition:
    """Something with a name: its module and, for a method, its class."""

    module: str
    name: str
    node: ast.stmt
    of: str = ""

    def __str__(self) -> str:
        return f"{self.module}: {self.of}{'.' if self.of else ''}{self.name}"

    @property
    def use(self) -> Use:
        """How it is used."""
        return ("", self.name) if self.of else (_full_name(self.module), self.name)


def unused() -> list[str]:
    """Every definition that nobody asks for, in the order of the modules."""
    definitions = [one for module in modules() for one in _definitions(module)]
    users: dict[Use, list[tuple[Definition, ...]]] = defaultdict(list)
    for module in modules():
        for use, within in _uses(module, [one for one in definitions if one.module == module]):
            users[use].append(within)
    for use in (*_uses_outside(), *((f"granskning.cli.{module_of(name)}", "register") for name in COMMANDS)):
        users[use].append(())
    gone: set[Definition] = set()

    def is_asked_for(one: Definition) -> bool:
        return any(one not in within and gone.isdisjoint(within) for within in users[one.use]) or _is_inherited(one)

    while more := {one for one in definitions if one not in gone and not is_asked_for(one)}:
        gone |= more
    return [str(one) for one in definitions if one in gone]


def _full_name(module: str) -> str:
    return f"granskning.{module}".removesuffix(".__init__")


def _definitions(module: str) -> Iterator[Definition]:
    for node in tree_of(modules()[module]).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield Definition(module, node.name, node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]
            yield from (Definition(module, name, node) for name in names if not name.startswith("__"))
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not inner.name.startswith("__"):
                    yield Definition(module, inner.name, inner, node.name)


def _uses(module: str, definitions: list[Definition]) -> Iterator[tuple[Use, tuple[Definition, ...]]]:
    """What a module uses, each time with the definitions that it stands within."""
    tree = tree_of(modules()[module])
    names = _module_names(tree)
    owners: dict[ast.AST, list[Definition]] = defaultdict(list)
    for one in definitions:
        owners[one.node].append(one)

    def walk(node: ast.AST, within: tuple[Definition, ...]) -> Iterator[tuple[Use, tuple[Definition, ...]]]:
        within = (*within, *owners.get(node, ()))
        yield from ((use, within) for use in _used(node, _full_name(module), names))
        for child in ast.iter_child_nodes(node):
            yield from walk(child, within)

    yield from walk(tree, ())


def _module_names(tree: ast.Module) -> dict[str, str]:
    """The modules that a file has imported whole, by what it calls them."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if f"{node.module}.{alias.name}".removeprefix("granskning.") in modules()
    }


def _used(node: ast.AST, module: str, names: dict[str, str]) -> Iterator[Use]:
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
        yield module, node.id
    elif isinstance(node, ast.ImportFrom):
        yield from ((node.module or "", alias.name) for alias in node.names)
    elif isinstance(node, ast.Attribute):
        yield "", node.attr
        if isinstance(node.value, ast.Name) and node.value.id in names:
            yield names[node.value.id], node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _WORD.fullmatch(node.value):
        yield "", node.value  # what `getattr` is given


def _is_inherited(one: Definition) -> bool:
    """Whether a method takes the place of one that a library calls."""
    if not one.of:
        return False
    bases: tuple[type, ...] = getattr(importlib.import_module(_full_name(one.module)), one.of).__mro__
    return any(hasattr(base, one.name) for base in bases if not base.__module__.startswith("granskning"))


def _uses_outside() -> Iterator[Use]:
    """What templates, pages, the handbook's examples, and the scripts of the project and of the handbook use."""
    templates = [*PACKAGE.rglob("*.html"), *(ROOT / "templates").rglob("*.j2"), *(ROOT / "docs").glob("*.md")]
    for path in templates:
        for tag in _TAG.findall(path.read_text("utf-8")):
            for word in _WORD.findall(_TEXT.sub("", tag)):
                yield "", word
                yield "granskning.wordings", word
    for path in [*(ROOT / "docs").glob("*.py"), ROOT / "hatch_build.py", *(ROOT / ".ci").iterdir()]:
        text = path.read_text("utf-8") if path.is_file() else ""
        if "python" in text.partition("\n")[0] or path.suffix == ".py":
            tree = ast.parse(text)
            names = _module_names(tree)
            yield from (use for node in ast.walk(tree) for use in _used(node, "", names))
