"""What SECURITY.md promises in words, outside its table: each sentence is held by tests, or says why none can."""

from __future__ import annotations

import ast
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from granskning.edges.network import service_door

if TYPE_CHECKING:
    from conftest import Past, Run, TreePrint

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/granskning"
FOLDER = "strategies/provplan/reviews/2026-11"
REVIEW = f"{FOLDER}/granskaren.yaml"
HERE = "functional/test_security_sentences.py"
NOBODY = f"{HERE}::test_who_reads_calls_nobody_and_writes_nothing"
HARMLESS = "functional/test_harmless_text.py"
ATTACKS = "functional/test_template_attacks.py"

SENTENCES: dict[str, tuple[str, ...]] = {
    # how a sentence of SECURITY.md begins → the tests that hold it (file::function, below tests/); none for advice
    "Bara `granskning stats fetch` använder nätet": (
        NOBODY,
        f"{HERE}::test_who_may_speak_with_other_computers",
        "functional/test_security_promises.py::test_nobody_is_called_while_reports_are_made",
        "functional/test_fetch.py::test_addresses_that_may_stand_in_the_environment",
        "functional/test_fetch.py::test_a_plan_asks_nobody",
    ),
    "`stats fetch` skickar programmets namn": (
        "functional/test_fetch.py::test_every_variable_is_selected_and_no_code_twice",
        f"{HERE}::test_what_a_service_is_told_of_us",
    ),
    "Svaren läses som data": (
        "functional/test_fetch_faults.py::test_fault",
        "functional/test_fetch.py::test_all_calls_together_have_an_end",
    ),
    "Programmet skickar inget annat": (NOBODY, f"{HERE}::test_who_may_speak_with_other_computers"),
    "Bara de kommandon som ska skriva": (
        NOBODY,
        "functional/test_formats.py::test_check_writes_nothing",
        "functional/test_formats.py::test_score_writes_nothing",
        "functional/test_output_names.py::test_no_output_lands_among_the_sources",
    ),
    "En sida skrivs ut med gräns": (
        "functional/test_own_templates.py::test_a_layout_that_takes_minutes_is_stopped_and_the_others_built",
    ),
    "Är något i den mappens eget": (
        f"{ATTACKS}::test_what_is_the_folders_own_is_told_by_one_rule",
        f"{ATTACKS}::test_what_grows_in_a_filter_is_stopped_by_the_process_and_told_with_its_place",
    ),
    "Så skriver webbsidan alltid": (f"{ATTACKS}::test_every_door_prints_apart_what_is_not_its_own",),
    "Samma regel gäller": (
        f"{ATTACKS}::test_every_door_prints_apart_what_is_not_its_own",
        f"{ATTACKS}::test_the_preview_prints_apart_also_in_a_thread",
    ),
    "I Windows finns ingen gräns": (),
    "Därför bör den som tar emot": (),
    "Text som andra har skrivit": (
        f"{HARMLESS}::test_nothing_that_is_printed_does_anything",
        f"{HARMLESS}::test_no_cell_is_a_formula",
        f"{HARMLESS}::test_what_a_hook_says_does_nothing_either",
        "functional/test_shared_page.py::test_an_odd_request_makes_one_line",
        "functional/test_export.py::test_no_text_becomes_a_formula",
    ),
    "- Att den som får ändra i arbetsmappen": (),
    "Det är git som visar": (
        "functional/test_history.py::test_the_latest_round_by_its_date_speaks_whatever_it_is_called",
    ),
    "- Att en rapport innehåller": (),
    "Interna anteckningar kommer bara med": (
        f"{HERE}::test_an_internal_note_is_in_nothing_that_is_shown",
        "functional/test_build.py::test_internal_notes_are_in_no_output",
        "functional/test_verify.py::test_what_is_internal_is_not_in_it",
    ),
    "- Att en mycket stor mapp": (),
}
READING = (
    ("check",),
    ("check", "--format", "json"),
    ("score", "--explain"),
    ("evidence",),
    ("search", "provplan", "omsorgsresor"),
    ("history",),
    ("diff", "HEAD~1", "--format", "html"),
    ("actions", "--history"),
    ("export", "--format", "json", "-o", "-"),
    ("stats", "list"),
    ("stats", "show", "resor-bil"),
    ("explain", "GR101"),
    ("schema", "review"),
    ("doctor",),
    ("render", REVIEW, "--format", "html", "-o", "-"),
)
SPEAKING = (
    *("socket", "socketserver", "ssl", "http.client", "http.server", "urllib.request", "ftplib", "smtplib", "asyncio"),
    *("xmlrpc", "telnetlib", "httpx", "httpx2", "requests", "urllib3", "aiohttp", "distributed", "uvicorn"),
)
"""Modules by which a program calls others, or listens to them."""


def _sentences() -> list[str]:
    """The promises in words: what stands after the table, in Swedish."""
    words = (ROOT / "SECURITY.md").read_text("utf-8").partition("|---|---|---|\n")[2].partition("\n\n")[2]
    words = words.partition("## In English")[0].replace("## Vad som inte är en brist", "")
    return re.split(r"(?<=\.)\s+(?=[A-ZÅÄÖ`-])", " ".join(words.split()))


def test_every_sentence_has_its_tests() -> None:
    sentences = _sentences()
    assert len(sentences) == len(SENTENCES)
    for sentence, beginning in zip(sentences, SENTENCES, strict=True):
        assert sentence.startswith(beginning)
    for test in {test for tests in SENTENCES.values() for test in tests}:
        file, _, function = test.partition("::")
        tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
        assert function in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, test


def test_who_may_speak_with_other_computers() -> None:
    """Modules that call or listen are used by the doors for it alone: statistics, the cluster, the page's own port."""
    speaking = {}
    for path in sorted(SOURCE.rglob("*.py")):
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        told = {name for name in names if any(f"{name}.".startswith(f"{module}.") for module in SPEAKING)}
        if told:
            speaking[path.relative_to(SOURCE).as_posix()] = told
    assert {name.rpartition("/")[0] for name in speaking} <= {"edges/network", "edges/cluster", "web"}, speaking
    assert speaking["edges/network/service_door.py"]  # or the look itself would have seen nothing


class _Calls:
    """Whoever is called or looked up on the net, in place of doing it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: list[Any] = []
        monkeypatch.setattr(socket, "getaddrinfo", self._refuse)
        for name in ("connect", "connect_ex"):
            monkeypatch.setattr(socket.socket, name, self._connect(getattr(socket.socket, name)))

    def _refuse(self, *address: Any, **_: Any) -> Any:
        self.made.append(address)
        raise OSError("no net here")

    def _connect(self, really: Any) -> Any:
        def connect(this: socket.socket, address: Any) -> Any:
            if this.family == getattr(socket, "AF_UNIX", None):  # our own processes
                return really(this, address)
            return self._refuse(address)

        return connect


def test_who_reads_calls_nobody_and_writes_nothing(
    past: Past, granskning: Run, monkeypatch: pytest.MonkeyPatch, fingerprint_tree: TreePrint
) -> None:
    past.change("strategies/provplan/strategy.yaml", ("title: Provplanen", "title: Provplanen https://exempel.se/x"))
    past.commit("ändrad")
    calls = _Calls(monkeypatch)
    before = fingerprint_tree(past.root.parent)
    for words in READING:
        done = granskning("--no-cache", *words, cwd=past.root)
        assert done.returncode in (0, 1), (words, done.stderr)
        assert fingerprint_tree(past.root.parent) == before, words
        assert calls.made == [], words
    with pytest.raises(OSError, match="no net here"):
        socket.create_connection(("exempel.se", 80))
    assert calls.made  # or nothing would have been seen


KEEPING = (
    ("check", "--evidence"),
    ("search", "provplan", "omsorgsresor"),
    ("history",),
    ("render", REVIEW, "--format", "html", "-o", "-"),
    ("build", "--format", "html"),
    ("new", "provplan", "--round", "2026-12", "--reviewer", "annan"),
)


def test_without_a_cache_nothing_is_remembered(past: Past, granskning: Run, tmp_path: Path) -> None:
    """`render`, `build`, `new` and others kept the words of the documents all the same: each was to pass it on."""
    past.change(
        "criteria/prov.yaml",
        ("        weight: {value: 2", "        look_for: [omsorgsresor]\n        weight: {value: 2"),
    )
    past.commit("söker efter ord")
    for words in KEEPING:
        done = granskning("--no-cache", *words, cwd=past.root)
        assert done.returncode == 0, (words, done.stderr)
        assert not (tmp_path / "cache").exists(), words
    for words in KEEPING[:4]:
        granskning(*words, cwd=past.root)
    assert {path.name.partition("-")[0] for path in tmp_path.glob("cache/granskning/*.sqlite")} >= {
        "documents",
        "history",
    }


def test_what_a_service_is_told_of_us() -> None:
    """Who asks and in which form the answer may come: nothing of the computer, the account or the folder."""
    name = r"granskning/\d+\.\d+\.\d+\S* \(statistics by sex; one call at a time\)"
    assert re.fullmatch(name, service_door.USER_AGENT)


def test_an_internal_note_is_in_nothing_that_is_shown(past: Past, granskning: Run) -> None:
    past.change(REVIEW, ("      Alla hördes.", "      Alla hördes.\n    note: Hemligen sagt."))
    past.commit("en intern anteckning")
    assert granskning("check", cwd=past.root).returncode == 0
    for words in (
        *READING,
        ("score", "--explain", "--format", "json"),
        ("history", "--format", "json"),
        ("diff", "HEAD~1", "--format", "json"),
        ("diff", "HEAD~1"),
        ("export", "--table", "answers", "--format", "csv", "-o", "-"),
        ("search", "provplan", "hemligen"),
    ):
        assert "Hemligen" not in granskning(*words, cwd=past.root).stdout, words
    inside = granskning("render", REVIEW, "--internal", "--format", "html", "-o", "-", cwd=past.root)
    assert "Hemligen sagt." in inside.stdout
