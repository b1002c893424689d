"""The house's own rules, held by reading syntax trees: who may import whom, what pure rooms never do, sizes, words."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

from granskning.cli.app import COMMANDS, make_app
from granskning.workspace.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src" / "granskning").rglob("*.py"))
DOCS = ROOT / "docs"

NOUNS = {"model", "rounds", "decisions", "method", "lineage", "findings", "files", "errors", "i18n", "wordings"}
DOORS = {"edges"}
PURE = {"workspace", "statistics", "scoring", "reporting"}
FACES = {"cli", "web"}

MAY_IMPORT = {
    # the dependency rule of the architecture: imports go down; rooms and doors never meet except in a task
    **dict.fromkeys(NOUNS, NOUNS),
    "shipped": set[str](),
    "workspace": NOUNS | {"workspace", "shipped"},
    "statistics": NOUNS | {"statistics"},
    "scoring": NOUNS | {"scoring"},
    "reporting": NOUNS | {"reporting", "scoring"},
    "edges": NOUNS | {"edges", "shipped"},
    "tasks": NOUNS | PURE | DOORS | {"tasks", "shipped"},
    "cli": NOUNS | PURE | {"tasks", "cli", "shipped"},
    "web": NOUNS | PURE | {"tasks", "web"},
    "api": NOUNS | PURE | {"tasks"},
    "__main__": {"cli"},
    "__init__": set[str](),
}
BEYOND_THE_STANDARD_LIBRARY = {
    "scoring": {"nltk"},
    "workspace": {"yaml", "jsonschema", "jsonschema_rs"},
    "reporting": {
        "jinja2",
        "markupsafe",
        "tinycss2",
        "tinyhtml5",
        "docx",
        "openpyxl",
        "pyarrow",
        "sqlite3",  # a database in memory, as bytes
    },
}
NEVER_IN_A_PURE_ROOM = {"open", "print", "input", "exec", "eval"}
NEVER_IMPORTED_IN_A_PURE_ROOM = {
    "os",
    "subprocess",
    "socket",
    "time",
    "random",
    "secrets",
    "tempfile",
    "shutil",
    "requests",
    "httpx",
    "threading",
}
NEVER_CALLED_IN_A_PURE_ROOM = {
    "now",
    "today",
    "utcnow",
    "getenv",
    "environ",
    "cwd",
    "home",
    "write_text",
    "write_bytes",
    "read_bytes",
    "urlopen",
}


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT / "src" / "granskning").parts[0]
    return first.removesuffix(".py")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every module imported anywhere in the file, also under TYPE_CHECKING and within functions."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "granskning"
                else [node.module or ""]
            )
            yield from ((name, node.lineno) for name in names)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "src").as_posix()


ENGINE = {
    "completions", "conditions", "direction", "evaluate", "imputed", "ladder", "methods", "node", "plan", "plan_parts",
    "settle",
}  # fmt: skip
"""What evaluates. Reports, terminal and page read cards and explanations instead."""


def test_faces_and_reports_read_no_engine() -> None:
    found = {
        (name_of(path).removeprefix("granskning/"), module.rsplit(".", 1)[1])
        for path in SOURCES
        if room_of(path) in FACES | {"reporting"}
        for module, _ in imports_of(path)
        if module.startswith("granskning.scoring.") and module.split(".")[2] in ENGINE
    }
    assert not found


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_go_down(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{name_of(path)}: a new room needs its row in the table"
    for module, line in imports_of(path):
        parts = module.split(".")
        if parts[0] == "granskning" and len(parts) > 1 and parts[1] != "__version__":
            allowed = parts[1] in MAY_IMPORT[room] or (room, parts[1:]) == ("cli", ["web", "server"])
            assert allowed, f"{name_of(path)}:{line} imports {module}"


@pytest.mark.parametrize("path", [path for path in SOURCES if room_of(path) in PURE], ids=name_of)
def test_pure_rooms_touch_nothing(path: Path) -> None:
    own = {"granskning", *BEYOND_THE_STANDARD_LIBRARY.get(room_of(path), set())}
    standard = {
        "__future__",
        "ast",
        "calendar",
        "collections",
        "copy",
        "csv",
        "dataclasses",
        "datetime",
        "difflib",
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "html",
        "importlib",
        "io",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "string",
        "textwrap",
        "typing",
        "unicodedata",
        "urllib",
        "base64",
        "bisect",
        "pathlib",
        "statistics",
        "decimal",
        "contextlib",
        "heapq",
        "zipfile",
        "xml",
    }
    for module, line in imports_of(path):
        first = module.split(".")[0]
        assert first not in NEVER_IMPORTED_IN_A_PURE_ROOM, f"{name_of(path)}:{line} imports {module}"
        assert first in own | standard, f"{name_of(path)}:{line} imports {module}"
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in NEVER_IN_A_PURE_ROOM, f"{name_of(path)}:{node.lineno} calls {node.func.id}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in NEVER_CALLED_IN_A_PURE_ROOM, f"{name_of(path)}:{node.lineno} uses {node.attr}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_are_short_and_say_what_they_are(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 400, f"{name_of(path)} has {lines} lines: split it, or say why in DECISIONS.md"
    tree = tree_of(path)
    assert ast.get_docstring(tree), f"{name_of(path)} has no docstring"
    holders: list[ast.Module | ast.ClassDef] = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    for holder in holders:
        for node in holder.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith(
                "_"
            ):
                if isinstance(holder, ast.ClassDef) and holder.name.startswith("_"):
                    continue
                assert ast.get_docstring(node), f"{name_of(path)}:{node.lineno}: {node.name} has no docstring"


def test_no_error_is_swallowed_below_a_face() -> None:
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler) and room_of(path) not in FACES:
                caught = ast.unparse(node.type) if node.type else ""
                rethrown = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
                assert rethrown or caught not in ("", "Exception", "BaseException"), f"{name_of(path)}:{node.lineno}"


def test_rooms_make_no_circle() -> None:
    arrows = {
        (room_of(path), module.split(".")[1])
        for path in SOURCES
        for module, _ in imports_of(path)
        if module.startswith("granskning.")
    }
    graph: dict[str, set[str]] = {}
    for start, end in arrows:
        if start != end and end in MAY_IMPORT and not {start, end} <= NOUNS:
            graph.setdefault(start, set()).add(end)

    def walk(room: str, trail: tuple[str, ...]) -> None:
        assert room not in trail, " → ".join((*trail, room))
        for other in sorted(graph.get(room, ())):
            walk(other, (*trail, room))

    for room in sorted(graph):
        walk(room, ())


# --- rules and words ------------------------------------------------------------------------------------------------


def test_codes_are_used_once() -> None:
    files = ("rules.py", "rules_over_time.py")
    text = "".join((ROOT / "src/granskning/workspace" / file).read_text("utf-8") for file in files)
    codes = re.findall(r'Rule\("(GR\d{3})"', text)
    assert codes == list(RULES)
    assert len(codes) == len(set(codes))


def test_every_rule_is_raised_somewhere() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCES if not path.name.startswith("rules"))
    assert [rule for rule in RULES if f'"{rule}"' not in code] == []


def test_every_rule_is_documented() -> None:
    page = DOCS / "anmarkningar.md"
    if not page.is_file():
        pytest.skip("docs/anmarkningar.md is not written yet")
    text = page.read_text("utf-8")
    assert [rule for rule in RULES if rule not in text] == []
    assert sorted(set(re.findall(r"GR\d{3}", text)) - RULES.keys()) == []


def test_every_command_is_documented() -> None:
    page = DOCS / "kommandon.md"
    if not page.is_file():
        pytest.skip("docs/kommandon.md is not written yet")
    text = page.read_text("utf-8")
    commands = getattr(typer.main.get_command(make_app()), "commands", {})
    assert set(commands) == set(COMMANDS)
    for name, command in commands.items():
        assert f"granskning {name}" in text, name
        assert command.help, name
        for option in (option for parameter in command.params for option in parameter.opts if option.startswith("--")):
            assert option in text, f"{name} {option}"
