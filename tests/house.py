"""The house drawn from its own syntax trees: rooms, arrows between files and between rooms, circles, sizes, names.

`.ci/house` prints the figures, and test_house.py holds them. An import within a function or under TYPE_CHECKING counts
as any other: a type that two files need lives below both.
"""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "granskning"
LEFTOVERS = Path(__file__).with_name("house_leftovers.json")
"""What the rules do not hold for yet: it may only become less."""

GROUND = {"errors", "catalogue", "i18n", "language_tags", "figure_references"}
NOUNS = GROUND | {"model", "findings", "files", "wordings", "safe_text", "json_text", "json_reading", "printed_letters"}
NOUNS |= {"model.versions", "model.collection", "interruption", "remembering", "uncollected"}
WORKSPACE = {"workspace", "workspace.yaml", "workspace.schema", "workspace.checks", "workspace.effects"}
WORKSPACE |= {"workspace.indicators", "workspace.libraries", "workspace.reviews"}
SCORES = {"scoring", "scoring.results", "scoring.reliability", "scoring.national"}
"""What reports and faces read of scoring: its top, its values and its agreement, never the engine."""
SCORING = SCORES | {"scoring.engine"}
BELOW_REPORTS = {"reporting.blocks", "reporting.wording", "reporting.charts"}
SHARED = BELOW_REPORTS | {"reporting.differences", "reporting.shared_parts"}
REPORTS = {"reporting.review", "reporting.criteria", "reporting.round", "reporting.over_time", "reporting.portfolio"}
REPORTS |= {"reporting.national"}
PAGES = {"reporting.html", "reporting.word", "reporting.workbook", "reporting.tables"}
REPORTING = {"reporting"} | SHARED | REPORTS | PAGES
ROOMS_OF_VALUES = WORKSPACE | SCORING | REPORTING | {"statistics", "evidence"}
DOORS = {"edges", "edges.readers", "edges.printing", "edges.network", "edges.tables", "edges.cluster"}
TASKS = {
    "tasks.folder",
    "tasks.evidence",
    "tasks.history",
    "tasks.checking",
    "tasks.reports",
    "tasks.editing",
    "tasks.proof",
    "tasks.data",
    "tasks.criteria",
    "tasks.statistics",
    "tasks.collection",
    "tasks.records",
}
WITHIN = NOUNS | ROOMS_OF_VALUES | DOORS | {"shipped"}
SEEN_BY_FACES = NOUNS | WORKSPACE | SCORES | REPORTING | {"statistics", "evidence"} | TASKS
FACES = {"cli", "web", "api"}
PURE = {"model", "findings", "wordings", "safe_text", "json_text", "json_reading", "printed_letters"} | ROOMS_OF_VALUES
PURE |= {"model.versions", "model.collection"}

MAY_IMPORT: dict[str, set[str]] = {
    # imports go down this list; a room is named by its folder, and what it may import stands above it
    "__init__": set(),
    "errors": set(),
    "catalogue": set(),
    "i18n": {"catalogue", "language_tags", "figure_references"},
    "figure_references": set(),
    "language_tags": set(),
    "interruption": set(),
    "remembering": set(),
    "uncollected": set(),
    "shipped": set(),
    "safe_text": set(),
    "printed_letters": {"shipped"},
    "json_text": {"__init__", "safe_text"},
    "json_reading": set(),
    "model": GROUND,
    "model.versions": GROUND | {"model"},
    "model.collection": GROUND,
    "findings": GROUND | {"model"},
    "files": GROUND | {"model"},
    "wordings": GROUND | {"model"},
    "workspace.yaml": NOUNS,
    "workspace.schema": NOUNS | {"workspace.yaml", "shipped"},
    "workspace.checks": NOUNS | {"workspace.yaml", "workspace.schema", "shipped"},
    "workspace.reviews": NOUNS | {"workspace.yaml", "workspace.schema", "workspace.checks"},
    "workspace.indicators": NOUNS | {"workspace.checks"},
    "workspace.libraries": NOUNS,
    "workspace.effects": NOUNS | {"workspace.yaml", "workspace.schema", "workspace.checks"},
    "workspace": NOUNS | WORKSPACE | {"shipped"},
    "scoring.results": NOUNS,
    "scoring.engine": NOUNS | {"scoring.results"},
    "scoring.reliability": NOUNS | {"scoring.results"},
    "scoring.national": NOUNS,
    "scoring": NOUNS | SCORING,
    "statistics": NOUNS,
    "evidence": NOUNS,
    "reporting": set(),
    "reporting.blocks": NOUNS,
    **dict.fromkeys(("reporting.wording", "reporting.charts"), NOUNS | SCORES | {"reporting.blocks"}),
    **dict.fromkeys(("reporting.differences", "reporting.shared_parts"), NOUNS | SCORES | BELOW_REPORTS),
    **dict.fromkeys(REPORTS, NOUNS | SCORES | SHARED),
    **dict.fromkeys(PAGES, NOUNS | SCORES | SHARED | REPORTS),
    "edges": NOUNS | {"shipped"},
    "edges.readers": NOUNS | {"edges"},
    "edges.printing": NOUNS | {"edges", "shipped"},
    "edges.network": NOUNS | {"__init__"},
    "edges.tables": NOUNS | {"edges"},
    "edges.cluster": NOUNS | {"edges", "shipped", "__init__"},
    "tasks": set(),
    "tasks.folder": WITHIN,
    "tasks.evidence": WITHIN | {"tasks.folder"},
    "tasks.history": WITHIN | {"tasks.folder"},
    "tasks.checking": WITHIN | {"tasks.folder", "tasks.evidence", "tasks.history"},
    "tasks.reports": WITHIN | {"tasks.folder", "tasks.evidence", "tasks.history", "tasks.checking"},
    "tasks.editing": WITHIN | {"tasks.folder", "tasks.evidence", "tasks.history", "tasks.reports"},
    "tasks.records": WITHIN | {"tasks.folder", "tasks.evidence", "tasks.editing"},
    "tasks.proof": WITHIN | {"tasks.folder", "tasks.evidence", "tasks.history", "tasks.reports", "tasks.editing"},
    "tasks.data": WITHIN | {"tasks.folder", "tasks.editing"},
    "tasks.criteria": WITHIN | {"tasks.folder", "tasks.data"},
    "tasks.statistics": WITHIN | {"tasks.folder"},
    "tasks.collection": WITHIN | {"tasks.folder", "tasks.checking", "tasks.data", "tasks.reports"},
    "web.access": SEEN_BY_FACES,
    "web.parts": SEEN_BY_FACES | {"web.access"},
    **dict.fromkeys(("web.reviews", "web.beginning", "web.criteria"), SEEN_BY_FACES | {"web.access", "web.parts"}),
    "web": SEEN_BY_FACES | {"web.access", "web.parts", "web.reviews", "web.beginning", "web.criteria"},
    "cli": SEEN_BY_FACES | {"shipped"},
    "api": SEEN_BY_FACES,
    "__main__": {"cli"},
}
ALSO = {("cli.serve", "web.server")}
"""The one arrow between faces: the command that starts the page."""

LARGEST_FOLDER = 20
LONGEST_FUNCTION = 60

DENIED: dict[str, frozenset[str]] = {
    # names that tell nothing until the file has been read; the terms to say instead stand in the order of work
    "module": frozenset(
        {"near", "ladder", "settle", "memo", "memory", "memories", "remember", "desk", "looking", "basis", "origin"}
        | {"origins", "answers", "remake", "carrying", "carried", "deciders", "weighed", "sums", "sum_notes", "what_if"}
        | {"duties", "followup", "follow", "chapters", "sections", "document", "lexicon", "marks", "material"}
        | {"happened", "heights", "spread", "guard", "listen", "clash", "others", "circles", "acting", "answering"}
        | {"direction", "completions", "compared", "searched", "decided", "occasions", "joint", "pasted", "canonical"}
    ),
    "class": frozenset(
        {"Case", "World", "Settled", "Ladder", "Cell", "Near", "Root", "Memory", "Desk", "House", "Visit", "Spot"}
        | {"Retell", "Page", "Carriers", "Told", "Stated", "Basis"}
    ),
    "function": frozenset(
        {"settle", "rested_on", "work_out", "make_plan", "make_world", "ends_of", "completions", "rises", "is_clean"}
        | {"remember", "denies", "tells", "leaves_out", "remake", "carried", "carrying", "weighed", "happened", "near"}
        | {"looking", "followup", "told", "said", "found", "held", "shown", "make_origin", "stranger"}
    ),
    "parameter": frozenset({"one", "held", "told", "found", "said", "there", "sheet", "it", "this", "that", "case"}),
}

PRONOUNS = frozenset({"one", "held", "told", "found", "said", "there"})
"""What says nothing of what a local name holds; the noun stands in its type, or in what it is taken from."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """An import: of what, in which file, on which line."""

    start: str
    end: str
    line: int

    def __str__(self) -> str:
        return f"{self.start}:{self.line} imports {self.end}"


def name_of(path: Path) -> str:
    """The dotted name of a module, without `granskning.`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by name; a folder by its `__init__`."""
    return {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


@cache  # many rules look at every node, and to find them takes longer than to look
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of the syntax tree of a file."""
    return tuple(ast.walk(tree_of(path)))


def room_of(module: str) -> str:
    """The room that a module lies in: its folder, or for a file at the top itself."""
    is_folder = modules()[module].name == "__init__.py"
    room = module if is_folder else module.rpartition(".")[0]
    return room or module


@cache
def imports_of(path: Path) -> tuple[tuple[str, int], ...]:
    """Every module imported anywhere in the file, also under TYPE_CHECKING and within functions."""
    return tuple(_imports_of(path))


def _imports_of(path: Path) -> Iterator[tuple[str, int]]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = inner.removeprefix("granskning.") in modules() and inner.startswith("granskning.")
                yield (inner if is_module else node.module or ""), node.lineno


@cache
def arrows() -> tuple[Arrow, ...]:
    """Every import of one module of the package by another. The package's version is no room."""
    found: dict[tuple[str, str], Arrow] = {}
    for module, path in modules().items():
        for name, line in imports_of(path):
            end = name.removeprefix("granskning.")
            if name.startswith("granskning.") and end != module:
                assert end in modules(), f"{module}:{line} imports {name}, which is not there"
                found.setdefault((module, end), Arrow(module, end, line))
    return tuple(found.values())


def circles() -> list[list[str]]:
    """The sets of files of which each leads to every other."""
    graph: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows():
        graph[arrow.start].append(arrow.end)
    reached = {start: _reached(graph, start) for start in list(graph)}
    groups = {
        tuple(sorted({start, *(end for end in ends if start in reached.get(end, ()))}))
        for start, ends in reached.items()
        if start in ends
    }
    return sorted(list(group) for group in groups)


def _reached(graph: dict[str, list[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for end in graph.get(waiting.pop(), ()):
            if end not in seen:
                seen.add(end)
                waiting.append(end)
    return seen


def room_arrows() -> set[tuple[str, str]]:
    """The rooms that import from each other, in which direction."""
    pairs = {(room_of(arrow.start), room_of(arrow.end)) for arrow in arrows()}
    return {(start, end) for start, end in pairs if start != end}


def arrows_up() -> list[Arrow]:
    """The imports that the list of rooms does not allow."""
    return [
        arrow
        for arrow in arrows()
        if room_of(arrow.end) not in {room_of(arrow.start), *MAY_IMPORT.get(room_of(arrow.start), ())}
        and (arrow.start, arrow.end) not in ALSO
    ]


def folders() -> dict[str, int]:
    """How many modules lie flat in each folder, apart from its `__init__`."""
    counts: dict[str, int] = defaultdict(int)
    for path in modules().values():
        if path.name != "__init__.py":
            counts[path.parent.relative_to(PACKAGE.parent).as_posix()] += 1
    return counts


def lines_of(path: Path) -> int:
    """How many lines a file has."""
    return path.read_text("utf-8").count("\n")


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function and method, with its module."""
    for module, path in modules().items():
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node


def long_functions() -> list[str]:
    """The functions that do not fit a page."""
    return sorted(
        f"{module}: {node.name}"
        for module, node in functions()
        if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    )


def shared_class_names() -> dict[str, list[str]]:
    """The names that two or more public classes have, with their modules."""
    classes: dict[str, list[str]] = defaultdict(list)
    for module, path in modules().items():
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes[node.name].append(module)
    return {name: where for name, where in sorted(classes.items()) if len(where) > 1}


def pronoun_locals() -> dict[str, int]:
    """How often a local name is a bare pronoun or participle, by top room: each place where one is bound counts."""
    counts: dict[str, int] = defaultdict(int)
    for module, path in modules().items():
        bound = (node.id for node in nodes_of(path) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
        counts[module.partition(".")[0]] += sum(name in PRONOUNS for name in bound)
    return {room: count for room, count in sorted(counts.items()) if count}


def denied_names() -> dict[str, dict[str, int]]:
    """How often each denied name names a module, a class, a public function or a parameter."""
    counts: dict[str, dict[str, int]] = {kind: defaultdict(int) for kind in DENIED}
    for kind, name in _names():
        if name in DENIED[kind]:
            counts[kind][name] += 1
    return {kind: dict(sorted(names.items())) for kind, names in counts.items()}


def _names() -> Iterator[tuple[str, str]]:
    for module, path in modules().items():
        yield "module", module.rpartition(".")[2]
        for node in nodes_of(path):
            if isinstance(node, ast.ClassDef):
                yield "class", node.name
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield "function", node.name
            elif isinstance(node, ast.arg):
                yield "parameter", node.arg


MUTABLE = frozenset({"dict", "list", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict"})
SESSIONS = frozenset({"ScoringSession", "NodeCache", "NodeResult"})
"""What scoring remembers in: it belongs to a task, and no value has it."""


def caches_in_values() -> list[str]:
    """Where a frozen dataclass is filled after it was made: fields that can be written into, and ways around frozen.

    A field that is a `Mapping` or a `Sequence` cannot be written into: mypy sees to it. What `__post_init__` works out
    is there when the value is made.
    """
    places = []
    for module, path in modules().items():
        births = [node for node in nodes_of(path) if getattr(node, "name", "") == "__post_init__"]
        at_birth = {id(part) for birth in births for part in ast.walk(birth)}
        for node in nodes_of(path):
            if id(node) in at_birth:
                continue
            if isinstance(node, ast.ClassDef) and _is_frozen(node):
                places += [f"{module}: {node.name}.{name}" for name in _filled_later(node)]
            elif isinstance(node, ast.Attribute) and ast.unparse(node) == "object.__setattr__":
                places.append(f"{module}: object.__setattr__ on line {node.lineno}")
    return sorted(places)


def _is_frozen(node: ast.ClassDef) -> bool:
    calls = [one for one in node.decorator_list if isinstance(one, ast.Call)]
    return any(word.arg == "frozen" and ast.unparse(word.value) == "True" for one in calls for word in one.keywords)


def _filled_later(node: ast.ClassDef) -> Iterator[str]:
    for field in node.body:
        if isinstance(field, ast.AnnAssign):
            kinds = {part.partition("[")[0].strip() for part in ast.unparse(field.annotation).split(" | ")}
            if kinds & (MUTABLE | SESSIONS):
                yield ast.unparse(field.target)
        elif isinstance(field, ast.FunctionDef):
            names = {ast.unparse(one).rpartition(".")[2] for one in field.decorator_list}
            if "cached_property" in names:
                yield field.name


def leftovers() -> dict[str, object]:
    """What the rules do not hold for today."""
    up: dict[str, int] = defaultdict(int)
    for arrow in arrows_up():
        up[f"{room_of(arrow.start)} -> {room_of(arrow.end)}"] += 1
    return {
        "arrows": dict(sorted(up.items())),
        "long_functions": long_functions(),
        "classes": shared_class_names(),
        "names": denied_names(),
        "pronouns": pronoun_locals(),
    }


def known_leftovers() -> dict[str, object]:
    """What the rules did not hold for when they were written down."""
    known: dict[str, object] = json.loads(LEFTOVERS.read_text("utf-8"))
    return known


def figures() -> list[tuple[str, str]]:
    """The house in figures: what each is, and how much."""
    rooms: dict[str, int] = defaultdict(int)
    for module, path in modules().items():
        rooms[room_of(module)] += lines_of(path)
    big = {name: lines for name, lines in rooms.items() if modules()[name].name == "__init__.py"}
    largest = max(big, key=lambda name: big[name])
    counts = folders()
    folder = max((name for name in counts if name != "granskning/cli"), key=lambda name: counts[name])
    return [
        ("rooms", str(len(rooms))),
        ("modules", str(len(modules()))),
        ("arrows between rooms", str(len(room_arrows()))),
        ("arrows between files", str(len(arrows()))),
        ("circles of files", str(len(circles()))),
        ("arrows up", str(len(arrows_up()))),
        ("biggest room", f"{largest}, {big[largest]} lines"),
        ("largest folder", f"{folder}, {counts[folder]} modules"),
        ("lines", str(sum(rooms.values()))),
    ]
