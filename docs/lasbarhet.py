# ruff: noqa: INP001  # a script beside the handbook, not a package
"""The words of the handbook and how heavy they are to read: tables of the glossary and of LIX.

For `generera.py` and the tests.

Reads criteria sets and pages as files, and writes nothing.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "src"))

from granskning.workspace.glossary import load_glossary  # noqa: E402  # found by the line above
from granskning.workspace.readability import measure_lix  # noqa: E402
from granskning.workspace.yaml.source import read  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator


def glossary_table(group: str) -> Iterator[str]:
    """The words of a group: a table of word, English word, key, meaning, and what is not said instead."""
    yield "| Svenska | Engelska | Nyckel | Betyder | Skriv inte |"
    yield "|---|---|---|---|---|"
    for term in load_glossary():
        if term.group != group:
            continue
        swedish, english = (", ".join(term.words(language)) for language in ("sv", "en"))
        key = f"`{term.key}`" if term.key else ""
        banned = ", ".join(word.rstrip("*") for word in term.instead_of.get("sv", ()))
        yield f"| {swedish} | {english} | {key} | {term.means['sv']} | {banned} |"


def readability_table() -> Iterator[str]:
    """LIX of each shipped criteria set and of each page: the questions together, and the heaviest guidance."""
    yield "| Kriterieuppsättning | Frågorna | Vägledningen | Tyngst |"
    yield "|---|---|---|---|"
    for file in sorted((DOCS.parent / "criteria").glob("*.yaml")):
        guidance = {name: measure_lix(text).value for name, text in guidance_of(file).items()}
        whole = measure_lix("\n\n".join(guidance_of(file).values())).value
        questions = measure_lix("\n\n".join(questions_of(file).values())).value
        heaviest = max(guidance, key=lambda name: guidance[name])
        yield f"| `{file.stem}` | {questions:.0f} | {whole:.0f} | {guidance[heaviest]:.0f} (`{heaviest}`) |"
    yield from ("", "| Sida | LIX |", "|---|---|")
    for page in sorted(DOCS.glob("*.md")):
        title = page.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")
        yield f"| [{title}]({page.name}) | {measure_lix(running_text(page)).value:.0f} |"


def questions_of(file: Path) -> dict[str, str]:
    """The questions of a criteria set in Swedish, by id."""
    return {one["id"]: _swedish(one["question"]) for one in _criteria(_targets(file))}


def guidance_of(file: Path) -> dict[str, str]:
    """What a criteria set says about each question: why it is put, and what each level takes."""
    return {
        one["id"]: "\n\n".join(map(_swedish, (one.get("why", ""), *one["levels"].values())))
        for one in _criteria(_targets(file))
        if one.get("levels")
    }


def running_text(page: Path) -> str:
    """What is running text on a page: no tables, headings, code, addresses or generated parts."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(
        r"<!-- genererat: .+?<!-- slut -->|^ *```.*?^ *```$|<!--.*?-->", "\n", text, flags=re.DOTALL | re.MULTILINE
    )
    text = re.sub(r"^(?:\||#).*$", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"`[^`\n]*`|\]\([^)]*\)|<?https?://\S+", " ", text)
    return re.sub(r"^ *(?:[-*]|\d+\.) ", "\n\n", text, flags=re.MULTILINE)


@cache
def _targets(file: Path) -> list[dict[str, Any]]:
    targets: list[dict[str, Any]] = read(file.read_text(encoding="utf-8")).value["targets"]
    return targets


def _criteria(targets: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for target in targets:
        yield from target.get("criteria", [])
        yield from _criteria(target.get("targets", []))


def _swedish(text: Any) -> str:
    return text if isinstance(text, str) else text.get("sv", "")
