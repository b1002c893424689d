#!/usr/bin/env python3
"""Fill in what the handbook takes from the program: its help, its findings, its schemas and the output of its commands.

    docs/generera.py           write the pages that have changed
    docs/generera.py --check   write nothing; exit code 1 when a page is not up to date

The pages in `docs/en` are in English, and so are the outputs there. They take their examples from the Swedish pages
(`läs`), so that there is one source of them.

A page is written by hand, except between `<!-- genererat: … -->` and `<!-- slut -->`. What can stand there:

    kommandon                  a table of all commands          hjälp            what they have in common
    kommando NAME              the help of one command
    anmarkningar GR20          the findings whose code begins so
    fil KIND                   the keys of a kind of file       json NAME        the keys of an output
    ordlista GROUP             the words of the glossary         lix              how heavy texts are to read
    tabeller                   the tables of an export
    hastighet                  what `make bench` measured last
    hämtningsfel               what `stats fetch` says of each fault of a service, as the tests saw it
    kör ARGUMENTS              the command line and its output, run in the page's own folder
    tabb LINE; LINE…           what bash offers after each line, in the project's own folder
    misstag KIND               the first mistakes that the tests try (kommandon, filer) and what is said of each
    ur PAGE N                  the Nth file or change (`skriv`, `ändra`) of another page, done here too
    uppsättningar              a table of the shipped criteria sets
    källor SET                 the questions of one set with what they rest on
    spår SET CRITERION         one question back to the statistics
    län SET CRITERION          the same question with the figures of two counties
    ändringar SET              what has changed in one set
    före SET REVIEW…           what reviews come to in their own version and in the current one
    flyttade SET               every shipped review on an earlier version: its fates and what it comes to
    galleri                    a table of the published frameworks of the gallery

Such a folder is made afresh for each page; `<!-- gå: DIR -->` steps into a folder there, and
`<!-- läs: PAGE -->` first does there all that another page does. A fence after `<!-- skriv: PATH -->` becomes a file
there, and `<!-- spara: MESSAGE -->` saves all of it with git, always at the same time and as the same nobody. In a
fence after `<!-- ändra: PATH -->`, each key takes the place of the same key and of all indented under it; one
that is not there is added at the end.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS), str(DOCS.parent / "src"), str(DOCS.parent / "tests")]

import generera_hastighet as speed  # noqa: E402  # it needs the line above
import generera_mallar as templates  # noqa: E402  # it needs the line above
import generera_misstag as mistakes  # noqa: E402  # it needs the line above
import generera_uppsattningar as shipped  # noqa: E402
from lasbarhet import glossary_table, readability_table  # noqa: E402

from fetch_fault_words import FAULT_WORDS, OVERCOME_WORDS  # noqa: E402
from fetch_outcomes import kept_outcomes  # noqa: E402
from granskning.cli import app  # noqa: E402  # found by the line above
from granskning.cli.completion import ASKS  # noqa: E402
from granskning.cli.groups import COMMANDS  # noqa: E402
from granskning.findings.field_words import cure_in_general, in_general  # noqa: E402
from granskning.findings.rules import RULES  # noqa: E402
from granskning.findings.severity import Severity  # noqa: E402
from granskning.i18n import Translator  # noqa: E402
from granskning.reporting.tables.national_plan import NATIONAL_PLAN  # noqa: E402
from granskning.reporting.tables.table_plan import PLAN  # noqa: E402
from granskning.workspace.schema.schema import KINDS, OF_A_COMPUTER, OF_SEVERAL, OUTPUTS, load_schema  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from granskning.reporting.blocks.tables import Table

_STEP = re.compile(
    r"<!-- genererat: (?P<what>.+?) -->\n.*?<!-- slut -->"
    r"|<!-- (?P<walk>gå|läs): (?P<place>\S+) -->"
    r"|<!-- spara: (?P<message>[^>]+) -->"
    r"|<!-- (?P<verb>skriv|ändra): (?P<path>\S+) -->\n```\w*\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_SEVERITIES = {Severity.ERROR: "Fel", Severity.WARNING: "Varning", Severity.NOTICE: "Upplysning"}
_TYPES = {
    "string": "text",
    "integer": "heltal",
    "number": "tal",
    "array": "lista",
    "object": "grupp av nycklar",
    "boolean": "`true` eller `false`",
    "null": "tomt",
}
_FORMS = (
    ("Små bokstäver", "id"),
    ("Skriv datumet som 2026-11-23,", "`2026-11-23`, `2026-11` eller `2026`"),
    ("Skriv datumet", "`2026-11-23`"),
    ("En webbadress", "webbadress"),
    ("Ett tal eller en procentsats,", "tal eller procentsats (`50 %`)"),
    ("Ett tal, en procentsats", "tal, procentsats (`50 %`) eller bråk (`1/3`)"),
    ("Tre tal", "`0.9.0`"),
)
"""How the advice on a form begins, and a word for the form."""
_SHIPPED: dict[str, Callable[..., Iterator[str]]] = {
    "uppsättningar": shipped.overview,
    "källor": shipped.sources,
    "spår": shipped.trace,
    "län": shipped.trace_in_two_counties,
    "ändringar": shipped.changes,
    "före": shipped.before_and_after,
    "flyttade": shipped.moved_reviews,
    "galleri": shipped.gallery,
}
_LANGUAGES = {"sv", "en"}
_BUG = 3
"""The exit code of a fault in the program itself."""
_FREE = {"levels": "<nivå>", "when": "<del>"}
"""What the free keys under a key are called, where they are not criteria."""
_PARTS = {
    "answer": ("ett svar", "svar"),
    "condition": ("ett villkor", "villkor"),
    "score": ("ett resultat", "resultat"),
    "step": ("ett steg", "steg"),
    "table": ("en tabell", "tabeller"),
    "target": ("en målbild", "målbilder"),
}
"""The parts of a schema that have a table of their own, and what one and several of them are called."""


class StandingClock(dt.datetime):
    """A day that stands still: what is begun today bears its date, and commits are named after what is in them."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> StandingClock:
        """Noon of the day that the pages are written on."""
        noon = cls(2026, 11, 30, 12, tzinfo=dt.UTC)
        return noon.astimezone(tz) if tz else noon.astimezone().replace(tzinfo=None)


def main(arguments: list[str]) -> int:
    """Run it."""
    if not set(arguments) <= {"--check"}:
        print(__doc__)
        return 2
    stale = []
    told: set[str] = set()
    for page in (*sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("en/*.md"))):
        old = page.read_text(encoding="utf-8")
        os.environ.pop("GRANSKNING_LANG", None)  # the folder's language, as for a reader who has set none
        if page.parent.name == "en":
            os.environ["GRANSKNING_LANG"] = "en"
        new = filled(old, told)
        if new != old:
            stale.append(page)
            if "--check" not in arguments:
                page.write_text(new, encoding="utf-8", newline="\n")
    for page in stale:
        print(f"docs/{page.relative_to(DOCS).as_posix()}")
    untold = sorted(everything() - told)
    for what in untold:
        print(f"står inte på någon sida: {what}")
    return int(bool(untold) or (bool(stale) and "--check" in arguments))


def everything() -> set[str]:
    """What some page must tell of."""
    wanted = {f"kommando {name}" for name in COMMANDS} | {
        f"fil {kind}" for kind in (*KINDS, *OF_SEVERAL, *OF_A_COMPUTER)
    }
    return wanted | {f"json {name}" for name in OUTPUTS if name != "export"} | set(RULES)  # its tables tell of it


def filled(text: str, told: set[str]) -> str:
    """A page with its generated parts renewed. What it tells of is added to `told`."""
    with tempfile.TemporaryDirectory() as name:
        return _walked(text, Path(name), told)


def _walked(text: str, folder: Path, told: set[str]) -> str:
    """Take the steps of a page one by one, in a folder of its own."""

    def step(match: re.Match[str]) -> str:
        nonlocal folder
        if match["walk"] == "gå":
            folder /= match["place"]
        elif match["walk"] == "läs":
            _walked((DOCS / match["place"]).read_text(encoding="utf-8"), folder, set())
        elif match["message"]:
            _save(folder, match["message"])
        elif match["verb"] == "skriv":
            _write(folder / match["path"], match["text"])
        elif match["verb"] == "ändra":
            _change(folder / match["path"], match["text"])
        else:
            kind, _, rest = match["what"].partition(" ")
            body = "\n".join(_part(kind, rest, folder, told)).strip("\n")
            return f"<!-- genererat: {match['what']} -->\n{body}\n<!-- slut -->"
        return match[0]

    return _STEP.sub(step, text)


def _part(kind: str, rest: str, folder: Path, told: set[str]) -> Iterator[str]:
    if kind == "hjälp":
        yield from _fence(_run(["--help"], folder))
    elif kind == "kommando":
        told.add(f"kommando {rest}")
        yield from _fence(_run([*rest.split(), "--help"], folder))
    elif kind == "anmarkningar":
        yield from _findings(rest, told)
    elif kind == "fil":
        told.add(f"fil {rest}")
        yield from _keys(load_schema(rest))
    elif kind == "json":
        told.add(f"json {rest}")
        yield from _output(load_schema(rest))
    elif kind in _WHOLE:
        yield from _WHOLE[kind](*rest.split())
    elif kind in _SHIPPED:
        yield from _SHIPPED[kind](shipped.shipped(), *rest.split())
    elif kind in _OF_THE_FOLDER:
        yield from _OF_THE_FOLDER[kind](rest, folder)
    elif kind == "kör":
        yield from _fence(f"$ granskning {rest}\n{_run(shlex.split(rest), folder)}")
    else:
        message = f"okänd del: {kind}"
        raise ValueError(message)


def _borrowed(words: str, folder: Path) -> Iterator[str]:
    """A fence of another page: what it writes or changes is written or changed here too."""
    page, number = words.split()
    steps = [match for match in _STEP.finditer((DOCS / page).read_text(encoding="utf-8")) if match["verb"]]
    step = steps[int(number) - 1]
    (_write if step["verb"] == "skriv" else _change)(folder / step["path"], step["text"])
    yield from ("```yaml", *step["text"].rstrip("\n").split("\n"), "```")


def _tables(plan: tuple[Table, ...]) -> Iterator[str]:
    """Tables of an export: what each is, its columns, its key and what it refers to."""
    t = Translator("sv")
    kinds = {"text": "text", "integer": "heltal", "number": "tal", "boolean": "sant eller falskt"}
    for table in plan:
        yield from (f"### {table.name}", "", t(table.about), "", "| Kolumn | Slag | Vad den säger |", "|---|---|---|")
        for column in table.columns:
            about = t(column.heading)
            name = f"**{column.id}**" if column.id in table.key_columns else column.id
            yield f"| {name} | {kinds[column.kind]} | {about[0].upper()}{about[1:]} |"
        for one in table.references:
            yield from ("", f"{', '.join(f'`{name}`' for name in one.columns)} pekar på en rad i `{one.table}`.")
        yield ""


def _fetch_faults() -> Iterator[str]:
    """Each fault that the tests try, and what came of it."""
    outcomes = kept_outcomes()
    yield from ("| Tjänsten | Programmet säger |", "|---|---|")
    for name, words in FAULT_WORDS.items():
        told = outcomes[name].replace("|", "\\|")
        yield f"| {words[0].upper()}{words[1:]} | {told[0].upper()}{told[1:]} |"
    overcome = ", ".join(OVERCOME_WORDS.values())
    yield from ("", f"Det här hindrar inte hämtningen: {overcome}.")


def _fence(text: str) -> list[str]:
    return ["```text", *(line.rstrip() for line in text.rstrip("\n").split("\n")), "```"]


def _run(arguments: list[str], folder: Path) -> str:
    """What a command prints in the folder, results and all else in the order they come."""
    printed = io.StringIO()
    before, clock = Path.cwd(), dt.datetime
    os.environ["COLUMNS"] = os.environ["TERMINAL_WIDTH"] = "90"
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            if arguments[0] == "new":  # others write no date; and what is written in C must not meet another clock
                dt.datetime = StandingClock  # type: ignore[misc]
            code = app.run(arguments)
    finally:
        dt.datetime = clock  # type: ignore[misc]
        os.chdir(before)
    if code == _BUG:
        raise RuntimeError(printed.getvalue())  # a page shall not tell of it
    return printed.getvalue()


def _completed(lines: str) -> Iterator[str]:
    """What is offered at a press of Tab after each line."""
    shown = ""
    for line in lines.split("; "):
        words = ["granskning", "-C", str(DOCS.parent), *line.removesuffix(" .").split(), *[""] * line.endswith(" .")]
        asked = {ASKS: "complete_bash", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
        os.environ.update(asked)
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
                app.run([])
        finally:
            for name in asked:
                del os.environ[name]
        shown += f"$ granskning {line.removesuffix('.')}⇥\n{'  '.join(printed.getvalue().split())}\n"
    yield from _fence(shown)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _save(folder: Path, message: str) -> None:
    """Save the folder with git, a month after the time before, so that the page is the same wherever it is made."""
    before = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {f"GIT_{one}_{what}": "planerare" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {**before, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(*words: str) -> str:
        command = ["git", *words]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True)  # noqa: S603
        return done.stdout.strip()

    if not (folder / ".git").exists():
        git("init", "-q", "-b", "main")
    count = len(git("log", "--all", "--format=%H").splitlines())
    env |= dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"2026-{count + 2:02d}-14T09:00:00+0100")
    git("add", "-A")
    git("commit", "-q", "-m", message)


def _change(file: Path, text: str) -> None:
    """Put each key of the text in the place of the same key."""
    indent = re.match(" *", text)[0]  # type: ignore[index]  # it always matches
    lines = file.read_text(encoding="utf-8").split("\n")
    for part in re.split(rf"^(?={indent}[^ \n])", text, flags=re.MULTILINE):
        if not part.strip():
            continue
        key = part.split(":", 1)[0]
        start = next((number for number, line in enumerate(lines) if line.startswith(f"{key}:")), None)
        if start is None:
            lines[-1:] = [*part.rstrip("\n").split("\n"), ""]
            continue
        end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(f"{indent} ")), len(lines))
        lines[start:end] = part.rstrip("\n").split("\n")
    file.write_text("\n".join(lines), encoding="utf-8")


def _commands() -> Iterator[str]:
    yield "| Kommando | Gör |"
    yield "|---|---|"
    for name in COMMANDS:
        lines = _run([name, "--help"], DOCS).split("\n\n")
        yield f"| [`{name}`](#{name}) | {' '.join(lines[1].split())} |"


def _findings(prefix: str, told: set[str]) -> Iterator[str]:
    t = Translator("sv")
    for rule in sorted(RULES.values(), key=lambda rule: rule.code):
        if not rule.code.startswith(prefix):
            continue
        told.add(rule.code)
        yield from (f"### {rule.code}", "")
        yield from (
            f"**{_SEVERITIES[rule.severity]}** (`{rule.severity.word}`): {_sentence(in_general(rule.message, t))}",
            "",
        )
        yield from (t(rule.explanation), "")
        if cure := cure_in_general(rule, t):
            yield from (f"Så rättar du: {_sentence(cure)}", "")


def _sentence(words: str) -> str:
    """What the program says, as a sentence of its own in Markdown."""
    outside = re.split(r"(`[^`]*`)", words)
    plain = "".join(part if part.startswith("`") else re.sub(r"([<>*\[\]#])", r"\\\1", part) for part in outside)
    return plain if plain.endswith(("?", ".")) else f"{plain}."


def _keys(schema: dict[str, Any]) -> Iterator[str]:
    """A table of the first keys, one for each key that holds more, and one for each part that is used in places."""
    rows = list(_rows(schema, "", schema))
    yield from _table([row for row in rows if "." not in row[0] and "[" not in row[0]])
    for name in schema["properties"]:
        inner = [row for row in rows if re.match(rf"{name}[.\[]", row[0])]
        if inner:
            yield from ("", f"Under `{name}`:", "")
            yield from _table(inner)
    for name, part in schema.get("$defs", {}).items():
        yield from ("", f"{_PARTS[name][0].capitalize()} (`{name}`):", "")
        yield from _table(list(_rows(part, "", schema)))


def _table(rows: list[tuple[str, str, str, str]]) -> Iterator[str]:
    yield "| Nyckel | Krävs | Vad det är | Vad som kan stå |"
    yield "|---|---|---|---|"
    yield from (f"| `{name}` | {needed} | {what} | {value} |" for name, needed, what, value in rows)


def _output(schema: dict[str, Any]) -> Iterator[str]:
    """A table of the keys of an output, all of which are always there, and one for each part that is used twice."""
    yield from _output_table(schema, schema)
    for name, part in schema.get("$defs", {}).items():
        yield from ("", f"{_PARTS[name][0].capitalize()} (`{name}`):", "")
        yield from _output_table(part, schema)


def _output_table(schema: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    yield "| Nyckel | Vad som står där |"
    yield "|---|---|"
    yield from (f"| `{name}` | {value} |" for name, value in _output_rows(schema, "", whole))


def _output_rows(schema: dict[str, Any], prefix: str, whole: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, inner in schema.get("properties", {}).items():
        path = f"{prefix}{name}"
        if "$ref" in inner:
            yield path, f"{_PARTS[_part_of(inner, whole)][0]}, se nedan"
            continue
        items = inner.get("items", {})
        parts = items.get("allOf", [items])
        what = ". ".join(part.rstrip(".") for part in (inner.get("title"), inner.get("description")) if part)
        told = _values(inner, whole) + (", vart och ett med allt i ett resultat" if len(parts) > 1 else "")
        yield path, ": ".join(part for part in (what, told.replace("eller tomt", "eller `null`")) if part)
        yield from _output_rows(inner, f"{path}.", whole)
        for part in parts:
            if "$ref" not in part:
                yield from _output_rows(part, f"{path}[].", whole)


def _rows(schema: dict[str, Any], prefix: str, whole: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Each key below a schema: its path, whether it is required, what it is, and its values."""
    for name, inner in schema.get("properties", {}).items():
        needed = "ja" if name in schema.get("required", ()) else "nej"
        yield f"{prefix}{name}", needed, _what(inner), _values(inner, whole)
        yield from _below(inner, f"{prefix}{name}", whole)


def _what(schema: dict[str, Any]) -> str:
    return ". ".join(part.rstrip(".") for part in (schema.get("title"), schema.get("description")) if part)


def _below(schema: dict[str, Any], name: str, whole: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """The keys further in. Parts with a table of their own are not told again, and so none is told within itself."""
    if _is_text(schema) or _part_of(schema, whole):
        return
    yield from _rows(schema, f"{name}.", whole)
    items = schema.get("items")
    if isinstance(items, dict) and not _part_of(items, whole):
        yield from _rows(items, f"{name}[].", whole)
    free = schema.get("additionalProperties")
    if isinstance(free, dict):
        key = next((key for end, key in _FREE.items() if name.endswith(end)), "<kriterium>")
        yield f"{name}.{key}", "nej", _what(free), _values(free, whole)
        yield from _below(free, f"{name}.{key}", whole)


def _part_of(schema: dict[str, Any], whole: dict[str, Any]) -> str:
    """The name of the part that a schema is, by reference or by having all its keys; empty for any other schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    keys = schema.get("properties", {}).keys()
    return next((name for name, part in whole.get("$defs", {}).items() if keys == part["properties"].keys()), "")


def _is_text(schema: dict[str, Any]) -> bool:
    """Whether this is text that may be given in each language."""
    return set(schema.get("properties", ())) == _LANGUAGES


def _values(schema: dict[str, Any], whole: dict[str, Any]) -> str:
    """What can stand at a key, in words."""
    if part := _part_of(schema, whole):
        several = f" eller en lista av {_PARTS[part][1]}" if "array" in schema.get("type", ()) else ""
        return f"{_PARTS[part][0]}{several}, se nedan"
    if "const" in schema:
        return f"`{_plain(schema['const'])}`"
    if "enum" in schema:
        words = schema.get("markdownEnumDescriptions", [""] * len(schema["enum"]))
        pairs = zip(schema["enum"], words, strict=True)
        return "<br>".join(f"`{value}` {word.rstrip('.')}".strip() for value, word in pairs)
    if _is_text(schema):
        return "text, eller `sv` och `en`"
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    told = _series([_kind(kind, schema, whole) for kind in kinds if kind != "null"])
    advice = schema.get("patternErrorMessage", "")
    told = next((word for start, word in _FORMS if advice.startswith(start)), advice.rstrip(".") or told)
    if {"minimum", "maximum"} <= schema.keys() and kinds == ["integer"]:
        told += f" från {schema['minimum']} till {schema['maximum']}"
    if "null" in kinds:
        told += ", eller tomt"
    return told


def _series(words: list[str]) -> str:
    """The words, as one of them."""
    return " eller ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _kind(kind: str, schema: dict[str, Any], whole: dict[str, Any]) -> str:
    if kind == "string" and re.fullmatch(r"\^\([a-z|]+\)\$", schema.get("pattern", "")):
        return _series([f"`{word}`" for word in schema["pattern"][2:-2].split("|")])
    is_list = kind == "array" and isinstance(schema.get("items"), dict)
    return f"lista av {_items(schema['items'], whole)}" if is_list else _TYPES[kind]


def _items(inner: dict[str, Any], whole: dict[str, Any]) -> str:
    """What a list can hold."""
    if part := _part_of(inner, whole):
        return f"{_PARTS[part][1]}, se nedan"
    if "properties" in inner or "allOf" in inner:
        return "grupper"
    many = {"string": "texter", "integer": "heltal"}
    kinds = inner.get("type", "string")
    if "pattern" in inner and kinds == "string":
        return "id:n"
    if "enum" in inner:
        return ", ".join(f"`{word}`" for word in inner["enum"])
    return _series([many.get(one, _TYPES[one]) for one in ([kinds] if isinstance(kinds, str) else kinds)])


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


_OF_THE_FOLDER: dict[str, Callable[[str, Path], Iterator[str]]] = {
    "ur": _borrowed,
    "misstag": lambda kind, folder: mistakes.table(kind, folder, _run),
    "tabb": lambda lines, _folder: _completed(lines),
}
"""The parts that something is done for in the page's folder."""

_WHOLE: dict[str, Callable[..., Iterator[str]]] = {
    "kommandon": _commands,
    "tabeller": lambda: _tables(PLAN),
    "samlingstabeller": lambda: _tables(NATIONAL_PLAN),
    "hastighet": speed.table,
    "hämtningsfel": _fetch_faults,
    "malldata": templates.data,
    "ordlista": glossary_table,
    "lix": readability_table,
}
"""The parts that one function makes, from what follows their name."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
