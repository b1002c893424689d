"""One owner of the words for keys: no other module or template words them, and every view words a state alike."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from granskning import wordings
from granskning.cli import show_import
from granskning.cli.app import run
from granskning.i18n import Translator
from granskning.model.review import State
from granskning.reporting.differences.change_words import MOVED, WHY
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.workbook.workbook_choices import Choices
from granskning.tasks.data.import_ import Imported
from granskning.web.parts.conflict import tell_clashes
from granskning.web.parts.forms import answer_form
from granskning.wordings import STATES
from granskning.workspace.answer_merge import Clash
from house import nodes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from granskning.model.criteria import CriteriaSet

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "granskning"
OWNER = SOURCE / "wordings.py"
COMPARED = SOURCE / "reporting" / "differences" / "change_words.py"
"""What a comparison says is owned where it is told."""
SOURCES = sorted(file for file in SOURCE.rglob("*.py") if file != OWNER)
TEMPLATES = sorted([*(ROOT / "templates").rglob("*.j2"), *(SOURCE / "web" / "pages").glob("*.html")])

VOCABULARIES: dict[str, frozenset[str]] = {
    "states": frozenset(get_args(State)),
    "standings": frozenset(wordings.STANDINGS),
    "depths": frozenset(wordings.READ),
    "stages": frozenset(wordings.STAGES),
    "statuses of sets": frozenset(wordings.SET_STATUSES),
    "statuses": frozenset(wordings.STATUSES),
    "statuses of actions": frozenset(wordings.ACTION_STATUSES),
    "decisions": frozenset(wordings.DECISIONS),
    "movements": frozenset(MOVED),
    "differences": frozenset(WHY),
}
HEADINGS = {"Judged"}
"""What stands over how many are judged, which Swedish has another word for."""


def msgids(table: Mapping[Any, Any]) -> Iterator[str]:
    for words in table.values():
        yield from ((words,) if isinstance(words, str) else words)


OWNED = {
    message: name
    for name, table in vars(wordings).items()
    if name.isupper() and isinstance(table, dict)
    for message in msgids(table)
    if message
} | {wordings.JOINT_REVIEW: "JOINT_REVIEW"}


def is_words(node: ast.expr) -> bool:
    """A text, a text marked or translated, or several of them; never a key of the same vocabularies."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and not any(node.value in keys for keys in VOCABULARIES.values())
    if isinstance(node, ast.Call):
        return any(is_words(part) for part in node.args)
    return isinstance(node, ast.Tuple) and any(is_words(part) for part in node.elts)


def tables_in(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Tables from the keys of one vocabulary to words, by their line."""
    for node in nodes:
        if isinstance(node, ast.Dict):
            keys = {key.value for key, words in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant) and isinstance(key.value, str) and is_words(words)}  # fmt: skip
            for name, vocabulary in VOCABULARIES.items():
                if len(keys & vocabulary) > 1 and len(keys - vocabulary) <= 1:
                    yield node.lineno, name


def messages_in(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """The msgids of a module, by their line."""
    for node in nodes:
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"t", "N_", "NN_", "plural"}:
                texts = [part for part in node.args if isinstance(part, ast.Constant)]
                yield from ((part.lineno, part.value) for part in texts if isinstance(part.value, str))


def owner_of(message: str) -> str | None:
    """The table that a msgid is in, as it is or with a capital letter; a stamp in capitals is another thing."""
    return None if message in HEADINGS else OWNED.get(wordings.small(message))


def found_in(nodes: Collection[ast.AST]) -> list[str]:
    """What a module words that is not its own."""
    tables = [f"{line}: a table of {name}" for line, name in tables_in(nodes)]
    return tables + [
        f"{line}: {said!r} is in {owner}" for line, said in messages_in(nodes) if (owner := owner_of(said))
    ]


def found_in_template(text: str) -> list[str]:
    """The same of a template, whose messages and tables are read as text."""
    messages = re.findall(r"""\bt\(\s*['"]([^'"]+)['"]""", text)
    found = [f"{words!r} is in {owner}" for words in messages if (owner := owner_of(words))]
    for table in re.findall(r"\{(\s*['\"][^{}]*)\}", text):
        keys = set(re.findall(r"""['"](\w+)['"]\s*:""", table))
        found += [f"a table of {name}" for name, keys_of in VOCABULARIES.items() if len(keys & keys_of) > 1]
    return found


def test_no_other_module_words_the_keys() -> None:
    worded = {file.relative_to(SOURCE).as_posix(): found_in(nodes_of(file)) for file in SOURCES if file != COMPARED}
    assert {file: words for file, words in worded.items() if words} == {}
    its_own = ("movements", "differences")
    assert [words for words in found_in(nodes_of(COMPARED)) if not words.endswith(its_own)] == []


def test_no_template_words_the_keys() -> None:
    worded = {file.relative_to(ROOT).as_posix(): found_in_template(file.read_text("utf-8")) for file in TEMPLATES}
    assert {file: words for file, words in worded.items() if words} == {}


@pytest.mark.parametrize(
    "text",
    [
        'X = {"open": N_("free"), "empty": N_("nothing yet")}',
        'X = {"draft": t("under work"), "submitted": t("handed in")}',
        'X = {"accepts": ("{count} yes", "{count} yes"), "declines": ("{count} no", "{count} no")}',
        'X = t("Cannot be assessed")',
        'X = self.t("joint review")',
    ],
)
def test_a_table_of_ones_own_is_seen(text: str) -> None:
    assert found_in(list(ast.walk(ast.parse(text))))


@pytest.mark.parametrize(
    "text", ["{{ {'draft': t('A'), 'approved': t('B')}[one.status] }}", "{{ t('Not applicable') }}", "{{ t('Draft') }}"]
)
def test_a_template_with_words_of_its_own_is_seen(text: str) -> None:
    assert found_in_template(text)


# --- every view words a state alike ----------------------------------------------------------------------------------

BASE = ROOT / "tests" / "cases" / "base"
FOLDER = "strategies/provplan/reviews/2026-11"
REVIEW = f"{FOLDER}/granskaren.yaml"
ANSWER = "  resor-barn:\n    not_applicable: >-\n      Planen gäller inte barn.\n"
VALUES: dict[State, dict[str, Any]] = {
    "not_applicable": {"not_applicable": "Skäl."},
    "insufficient_evidence": {"insufficient_evidence": "Skäl."},
    "open": {"open": "Skäl."},
    "inherited": {"inherited": {"from": "2026-11", "level": 1}},
    "empty": {},
}
FORMER = ("inte prövad än", "inte bedömd än", "inherited, not confirmed", "överförd, inte bekräftad", "not yet judged")


def told_in_terminal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    run(list(arguments))
    return capsys.readouterr().out


def file_with(values: Mapping[str, Any]) -> str:
    """The review of the sound folder with one answer in a state."""
    lines = "".join(f"    {key}: {json.dumps(value)}\n" for key, value in (values or {"level": None}).items())
    return (BASE / REVIEW).read_text("utf-8").replace(ANSWER, f"  resor-barn:\n{lines}")


def views_of(state: State, t: Translator, criteria: CriteriaSet) -> Iterator[tuple[str, str]]:
    """What each view that needs no folder says of a state."""
    criterion = next(one for one in criteria.criteria if one.id == "resor-barn")
    values = VALUES[state]
    yield "report", Lexicon(t, criteria).state(state).words
    clash = tell_clashes([Clash("judgement", {}, values, {"level": 1})], criterion, criteria, t)
    yield "two at once", clash[0].ours
    form = answer_form(criterion, criteria, values and {**values}, t)
    yield "form", form.inherited or next(choice.words for choice in form.choices if choice.chosen)
    if values:
        yield "workbook", str(Choices(criterion, criteria, t).cells_of(values)[0])
        change = Imported(REVIEW, (), (("resor-barn", Clash("judgement", {"level": 1}, values, {"level": 2})),), ())
        yield "import", "\n".join(show_import.import_lines([change], [], t, written=False)[0])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("state", sorted(VALUES))  # not_asked is in no file, and so in none of these views
def test_every_view_words_a_state_alike(
    state: State, language: str, prov: CriteriaSet, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    t = Translator(language)
    views = dict(views_of(state, t, prov))
    (workspace / "granskning.yaml").write_text(
        (BASE / "granskning.yaml").read_text("utf-8").replace("language: sv", f"language: {language}"), "utf-8"
    )
    file, other = workspace / REVIEW, workspace / FOLDER / "annan.yaml"
    judged = file_with({"level": 1}).replace("reviewer: granskaren", "reviewer: annan")
    file.write_text(file_with(VALUES[state]), "utf-8")
    other.write_text(judged, "utf-8")
    for name, arguments in {
        "terminal": ("score", REVIEW, "--explain"),
        "difference": ("diff", f"{FOLDER}/annan.yaml", REVIEW),
    }.items():
        views[name] = told_in_terminal(capsys, "-C", str(workspace), "--lang", language, *arguments)
    run(["-C", str(workspace), "new", "provplan", "--round", "2026-11", "--kind", "consensus", "--reviewer", "samlad"])
    capsys.readouterr()
    views["joint review"] = (workspace / FOLDER / "samlad.yaml").read_text("utf-8")
    (workspace / FOLDER / "samlad.yaml").unlink()
    page = workspace / "rapport.html"
    run(["-C", str(workspace), "render", REVIEW, "--format", "html", "-o", str(page)])
    capsys.readouterr()
    views["page"] = page.read_text("utf-8")
    words = t(STATES[state])
    for name, text in views.items():
        assert words in text.casefold(), name
        assert [one for one in FORMER if one in text.casefold()] == [], name
