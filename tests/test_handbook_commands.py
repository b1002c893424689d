"""Every command that the handbook and README write is one that there is, with options that it has."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from granskning.cli.app import make_command
from granskning.cli.shared_options import ALONE, WITH_VALUE, spelled_out

ROOT = Path(__file__).parent.parent
PAGES = sorted({ROOT / "README.md", *(ROOT / "docs").rglob("*.md")} - {ROOT / "docs/misstag.md"})
"""All but the page of mistakes."""
TYPED = re.compile(r"`(granskning [^`\n]+)`|^(?:\$ )?(?:~/granskning-program/bin/)?(granskning [^\n]+)$", re.MULTILINE)
OF_ANOTHER = {"--help", "--version", "-h"}


def typed(page: Path) -> list[str]:
    """The lines of a page that begin with the program's name, as code."""
    text = page.read_text("utf-8").replace("\\\n", "")
    fences = "\n".join(re.findall(r"^ *```\w*\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE))
    spans = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = [match[1] for match in TYPED.finditer(spans) if match[1]]
    return lines + [match[2] for match in TYPED.finditer(fences) if match[2]]


def words_of(line: str) -> list[str]:
    """What stands in the line until a comment, a pipe or a redirection."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|<>;")
    lexer.whitespace_split, lexer.commenters = True, "#"
    words: list[str] = []
    for word in lexer:
        if word in ("|", ";", ">", ">>", "<"):
            break
        words.append(word)
    return words[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_says_to_type_can_be_typed(page: Path) -> None:
    for line in typed(page):
        command: Any = make_command("sv")
        words = iter(spelled_out(words_of(re.split(r"…|\.\.\.|\S*⇥", line)[0])))  # the rest is left to the reader
        options = {*WITH_VALUE, *ALONE, *OF_ANOTHER}
        for word in words:
            if word.startswith("-") and word != "-" and not word.lstrip("-").isdigit():
                name = word.partition("=")[0]
                assert name in options, f"{page.name}: {line}"
                if name in WITH_VALUE:
                    next(words, None)
            elif hasattr(command, "commands"):
                assert word in command.commands, f"{page.name}: {line}"
                command = command.commands[word]
                options = {*OF_ANOTHER, *(name for parameter in command.params for name in parameter.opts)}


def test_the_pages_have_commands_to_look_at() -> None:
    assert sum(len(typed(page)) for page in PAGES) > 300
    assert len(typed(ROOT / "docs/en/page.md")) > 1
