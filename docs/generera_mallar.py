# ruff: noqa: INP001  # a script beside the pages
"""The data that a template of somebody's own may use, read out of the code: the fields of each report, by name.

The classes are read as text, since their types are named for the type checker alone.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS = Path(__file__).resolve().parent.parent / "src/granskning/reporting"
_REPORTS = {
    "ReviewReport": "`review` och `page`: granskningen",
    "RoundReport": "`round`: omgången",
    "StrategyReport": "`strategy`: strategin över tid",
    "PortfolioReport": "`portfolio`: alla strategier",
    "ChangeReport": "`change`: det som har ändrats",
    "CriteriaReport": "`criteria`: uppsättningens bilaga",
    "AnnexReport": "`annex`: bilagan till beslutet",
}
_PLAIN = {
    "str": "text", "bool": "ja eller nej", "int": "heltal", "float": "tal", "Fraction": "tal", "None": "inget",
    "Paragraphs": "stycken (lista av text)",
}  # fmt: skip
_PARTED = re.compile(r",\s*(?![^\[]*\])")


def data() -> Iterator[str]:
    """A table for each report, then one for each kind of value in them."""
    classes = _classes()
    waiting = list(_REPORTS)
    told: list[str] = []
    while waiting:
        name = waiting.pop(0)
        if name in told:
            continue
        told.append(name)
        fields = list(_fields(classes, name))
        title = f"### {_REPORTS[name]}" if name in _REPORTS else f"### {name}"
        yield from (title, "", "| Namn | Slag |", "|---|---|")
        if name in _REPORTS:
            yield "| det som alla har | se `Frame` |"
        for field, kind in fields:
            yield f"| `{field}` | {_kind(kind, classes)} |"
            waiting += [inner for inner in re.findall(r"[A-Z]\w+", kind) if inner in classes]
        yield ""
    if "Frame" not in told:
        yield from ("### Frame", "", "Det som varje rapport har, till exempel `report.title`.", "")
        yield from ("| Namn | Slag |", "|---|---|")
        yield from (f"| `{field}` | {_kind(kind, classes)} |" for field, kind in _fields(classes, "Frame"))


def _classes() -> dict[str, ast.ClassDef]:
    """Every class of values that reports are made of, by name."""
    found: dict[str, ast.ClassDef] = {}
    for path in sorted(ROOMS.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and any("dataclass" in ast.unparse(one) for one in node.decorator_list):
                found[node.name] = node
    return found


def _fields(classes: dict[str, ast.ClassDef], name: str) -> Iterator[tuple[str, str]]:
    """The fields of a class and of those that it extends, but the frame, which is told once."""
    for base in classes[name].bases:
        if isinstance(base, ast.Name) and base.id in classes and base.id != "Framed":
            yield from _fields(classes, base.id)
    for node in classes[name].body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, ast.unparse(node.annotation)


def _kind(annotation: str, classes: dict[str, ast.ClassDef]) -> str:
    """A type in words: `tuple[QuestionText, ...]` is a list of QuestionText."""
    if " | " in annotation:
        parts = [part for part in annotation.split(" | ") if part != "None"]
        told = " eller ".join(_kind(part, classes) for part in parts)
        return f"{told}, eller inget" if "None" in annotation.split(" | ") else told
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if match := re.fullmatch(r"tuple\[(.+), \.\.\.\]", annotation):
        return f"lista av {_kind(match[1], classes)}"
    if match := re.fullmatch(r"(?:tuple|Mapping|dict)\[(.+)\]", annotation):
        kind = "par" if annotation.startswith("tuple") else "uppslag"
        return f"{kind}: {'; '.join(_kind(part, classes) for part in _PARTED.split(match[1]))}"
    if match := re.fullmatch(r"Literal\[(.+)\]", annotation):
        return f"`{match[1]}`".replace("'", "")
    return f"`{annotation}`"
