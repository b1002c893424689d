"""Every promise of SECURITY.md is held by a test: a table says by which. Attacks that no other file has are here."""

from __future__ import annotations

import ast
import re
import socket
import stat
import threading
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import tinyhtml5
from openpyxl import load_workbook

from granskning.web.sockets import ListenAddress, close, listen
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Set
from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Run, TreePrint

ROOT = Path(__file__).parents[2]
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
HERE = "functional/test_security_promises.py"

PROMISES: dict[str, tuple[str, ...]] = {
    # the first cell of a row in SECURITY.md → the tests that hold it (file::function, below tests/)
    "Datorn, kontot, Python och beroendena": (
        f"{HERE}::test_every_dependency_is_locked_with_its_hash",
    ),
    "YAML-filer i arbetsmappen": (
        "unit/workspace/yaml/test_source.py::test_the_billion_laughs_are_not_laughed",
        "unit/workspace/yaml/test_source.py::test_depth_hangs_nothing",
        "unit/workspace/yaml/test_source.py::test_no_bytes_surprise",
        "functional/test_bad_input.py::test_any_file_may_be_bad",
        "functional/test_bad_input.py::test_a_pipe_hangs_nothing",
        f"{HERE}::test_yaml_that_would_run_or_grow_is_a_finding",
    ),
    "Text i en granskning": (
        f"{HERE}::test_text_in_any_field_is_text_on_every_page",
        "unit/reporting/html/test_render.py::test_whatever_a_reviewer_writes_is_text",
        "functional/test_serve_safety.py::test_hostile_text_is_shown_as_text",
    ),
    "Mallar i arbetsmappen": (
        f"{HERE}::test_a_template_does_not_get_out_of_its_sandbox",
        "unit/reporting/html/test_render.py::test_a_template_cannot_change_what_it_is_given",
        "functional/test_own_templates.py::test_a_template_without_end_is_stopped_and_the_others_built",
        "functional/test_own_templates.py::test_a_layout_that_takes_minutes_is_stopped_and_the_others_built",
        "functional/test_template_attacks.py::test_what_an_operator_would_make_too_large_is_refused_with_its_line",
        "functional/test_template_attacks.py::test_what_grows_in_a_filter_is_stopped_by_the_process_and_told_with_its_place",
        "functional/test_template_attacks.py::test_every_door_prints_apart_what_is_not_its_own",
    ),
    "Adresser i en granskning": (
        f"{HERE}::test_nobody_is_called_while_reports_are_made",
        "unit/edges/printing/test_pdf.py::test_every_address_is_refused_and_the_page_printed",
        "unit/reporting/html/test_render.py::test_nothing_is_fetched_from_anywhere",
    ),
    "Git-förrådet": (
        "functional/test_hostile_repository.py::test_the_canary_sings",
        "functional/test_hostile_repository.py::test_nothing_of_the_repository_is_run",
        "functional/test_hostile_repository.py::test_settings_from_around_us_are_left_out",
        "unit/edges/test_git.py::test_nothing_that_a_repository_names_is_run",
        "functional/test_git_words.py::test_a_repository_of_somebody_else",
    ),
    "Länkar i filsystemet": (
        "functional/test_paths_from_data.py::test_no_file_is_read_through_a_link_out",
        "functional/test_paths_from_data.py::test_nothing_is_written_through_a_link_out",
        "functional/test_paths_from_data.py::test_a_build_follows_no_link_out_of_its_folder",
        "functional/test_paths_from_data.py::test_templates_are_not_read_through_a_link_out",
        "unit/edges/test_disk.py::test_links_are_not_followed_to_other_folders",
    ),
    "Sökvägar som står i filer (strategier, register, manifest, byggets nycklar)": (
        "functional/test_paths_from_data.py::test_paths_that_are_not_plain",
        "functional/test_paths_from_data.py::test_a_build_removes_nothing_outside_its_folder",
        "functional/test_paths_from_data.py::test_a_document_lies_in_the_strategy",
        "functional/test_paths_from_data.py::test_a_publication_is_looked_for_in_its_own_folder",
        "functional/test_paths_from_data.py::test_a_manifest_names_plain_paths_only",
        "functional/test_output_names.py::test_no_output_lands_among_the_sources",
    ),
    "`.granskning/local.yaml`": (
        "functional/test_evidence.py::test_a_document_outside_the_folder",
        "functional/test_brought_in.py::test_the_page_neither_changes_nor_hands_out_what_only_this_computer_has",
        "fuzz/test_fuzz.py::test_mutations_keep_the_law",
    ),
    "Dokument som granskas": (
        f"{HERE}::test_a_hostile_document_is_hashed_and_read_apart",
        "functional/test_brought_in.py::test_a_document_is_never_a_page",
        "functional/test_evidence.py::test_what_cannot_be_read_stops_nothing_else",
        "functional/test_evidence.py::test_what_is_no_ordinary_file_is_unreadable",
        "test_house.py::test_files_of_strangers_are_read_in_one_room_and_in_a_process_apart",
        "fuzz/test_fuzz.py::test_mutations_keep_the_law",
    ),
    "Ett kluster som `--scheduler` nämner: schemaläggaren och dess arbetare": (
        "unit/edges/test_cluster_address.py::test_another_computer_may_not",
        "unit/edges/test_cluster_address.py::test_keys_are_asked_for_and_tried",
        "unit/workspace/test_review_parts.py::test_what_comes_back_makes_values_and_nothing_else",
        "functional/test_cluster.py::test_mutual_tls_lets_in_who_has_the_keys_and_nobody_else",
        "functional/test_cluster.py::test_other_parts_are_refused_and_named",
    ),
    "Statistik: tjänsternas svar, och filer i `.px`, CSV och Excel": (
        "functional/test_fetch_faults.py::test_fault",
        "functional/test_fetch.py::test_changed_meaning_is_refused_until_it_is_accepted",
        "functional/test_fetch.py::test_a_file_that_is_changed_meanwhile_is_left",
        "functional/test_fetch_files.py::test_tables_that_are_refused",
        "functional/test_fetch_files.py::test_a_file_outside_or_away",
        "fuzz/test_fuzz.py::test_mutations_keep_the_law",
    ),
    "Andra användare på samma dator": (
        "functional/test_serve_safety.py::test_only_the_address_that_the_page_is_known_by",
        "functional/test_serve_safety.py::test_nobody_gets_in_without_the_secret",
        "functional/test_serve_safety.py::test_a_form_of_another_page_changes_nothing",
        "functional/test_serve_safety.py::test_no_other_file_is_reached",
        "functional/test_serve_safety.py::test_the_page_is_not_opened_to_others_by_mistake",
        f"{HERE}::test_a_socket_file_is_for_its_owner_and_group",
    ),
    "De som är inloggade på en delad sida": (
        "functional/test_shared_page.py::test_every_change_is_for_those_whose_role_may",
        "functional/test_shared_page.py::test_what_is_refused_changes_nothing",
        "functional/test_shared_page.py::test_every_route_that_changes_something_says_what_it_takes",
        "functional/test_shared_page.py::test_settings_that_break_open_no_door",
        "functional/test_shared_page.py::test_the_log_says_who_did_what_and_never_what_was_written",
        "functional/test_shared_page.py::test_without_a_log_nothing_is_changed",
        "functional/test_shared_page.py::test_a_document_comes_in_with_those_who_may_bring_one",
    ),
    "Filer som kommer in på sidan": (
        "functional/test_brought_in.py::test_what_is_brought_in_lies_in_its_own_place",
        "functional/test_shared_page.py::test_a_document_comes_in_with_those_who_may_bring_one",
        "fuzz/test_fuzz.py::test_mutations_keep_the_law",
    ),
    "Arbetsböcker som kommer tillbaka": (
        f"{HERE}::test_a_workbook_with_formulas_and_outside_links_is_data",
        "functional/test_workbook.py::test_text_that_looks_like_a_formula_stays_text",
        "functional/test_workbook.py::test_what_is_no_workbook_of_ours_is_told",
        "functional/test_export.py::test_no_text_becomes_a_formula",
        "unit/edges/readers/test_reading.py::test_a_cell_far_away_makes_no_cells_between",
        "unit/edges/readers/test_reading.py::test_a_workbook_that_would_do_harm",
        "unit/edges/readers/test_reading.py::test_rows_without_end_are_stopped",
        "unit/reporting/workbook/test_workbook_reading.py::test_an_answer_of_a_wrong_kind_is_refused",
        "test_house.py::test_files_of_strangers_are_read_in_one_room_and_in_a_process_apart",
    ),
    "PDF-filer som prövas med `verify`": (
        f"{HERE}::test_attachments_with_hostile_names_are_written_nowhere",
        "functional/test_verify.py::test_files_that_cannot_be_read_at_all",
        "functional/test_verify.py::test_a_file_added_among_the_embedded",
        "unit/edges/readers/test_reading.py::test_a_pdf_that_would_do_harm",
        "unit/edges/readers/test_reading.py::test_memory_has_an_end",
        "unit/edges/readers/test_reading.py::test_an_archive_that_grows_is_not_unpacked",
        "test_house.py::test_the_readers_themselves_are_called_by_their_door_alone",
        "functional/test_template_attacks.py::test_a_file_to_verify_cannot_pass_its_templates_off_as_shipped",
    ),
    "Det som programmet självt har skrivit och läser igen (register, manifest, byggets nycklar, arbetsbokens dolda blad, cacheminnet)": (  # noqa: E501
        "unit/workspace/schema/test_returned.py::test_a_file_comes_back",
        "unit/workspace/schema/test_returned.py::test_an_entry_of_the_cache_comes_back",
        "unit/tasks/history/test_cached_history.py::test_entries_of_wrong_kinds_are_worked_out_again",
        "unit/tasks/evidence/test_remembered_evidence.py::test_stray_entries_are_worked_out_again",
        "functional/test_search.py::test_a_damaged_index_is_made_anew",
        "unit/reporting/workbook/test_workbook_reading.py::test_a_head_of_a_wrong_kind_is_refused",
        "functional/test_serve_saving.py::test_a_form_without_its_fields_takes_nothing_away",
    ),
}  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)><style>*{display:none}</style>{{7*7}}{% raw %}"
    "<svg onload=alert(3)></svg>javascript:alert(4) ]]> </textarea></title>"
)
ESCAPES = (
    "''.__class__.__mro__", "''|attr('__class__')", "self.__init__.__globals__", "self._TemplateReference__context",
    "cycler.__init__.__globals__.os.popen('id').read()", "lipsum.__globals__['os'].popen('id').read()",
    "joiner.__init__.__globals__", "namespace.__init__.__globals__", "report.__class__.__init__.__globals__",
    "t.__globals__", "t.__self__", "t.__call__.__globals__", "t.__func__.__code__", "(1).__class__.__base__",
    "'{0.__class__.__mro__}'.format('')", "('{0.__class__}'|format(1)).upper().__class__",
    "'{x.__class__.__mro__}'.format_map({'x': 1})", "[].append.__self__.__class__", "asset.__globals__",
    "asset('../granskning.yaml')", "asset('/etc/passwd')", "report.__setattr__('title', 'x')",
    "report.__dataclass_fields__", "report.__reduce__()", "({}|attr('up'~'date'))({1: 2}).__class__",
    "range.__self__", "dict.__subclasses__()", "caller.__init__", "loop.__init__",
    "(report|map(attribute='__class__')|list)", "[report]|map(attribute='__class__')|map(attribute='__mro__')|list",
    "[report]|groupby('__class__')|list", "[report]|selectattr('__class__')|map('string')|list|length.__class__",
)  # fmt: skip
STATEMENTS = (
    "{% include '/etc/passwd' %}", "{% include '../../granskning.yaml' %}", "{% import 'os' as os %}{{ os.name }}",
    "{% extends '/etc/passwd' %}", "{% do report.x() %}", "{% set report.title = 'x' %}",
    "{% for x in ().__class__.__bases__ %}{{ x }}{% endfor %}",
)  # fmt: skip


def test_every_row_of_the_threat_model_has_its_tests() -> None:
    """The table here and the one in SECURITY.md are of the same rows, and each test named is there."""
    table = (ROOT / "SECURITY.md").read_text("utf-8").partition("|---|---|---|\n")[2].partition("\n\n")[0]
    rows = [line.split(" | ")[0].removeprefix("| ").strip() for line in table.splitlines()]
    assert rows == list(PROMISES)
    names: dict[str, set[str]] = {}
    for test in (test for tests in PROMISES.values() for test in tests):
        file, _, function = test.partition("::")
        if file not in names:
            tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
            names[file] = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert function in names[file], test


def test_every_dependency_is_locked_with_its_hash() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            assert not line.strip() or line.startswith("#") or ("==" in line and "--hash=sha256:" in line), line


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "a: !!python/object/apply:os.system ['touch spår']\n",
        "a: !!python/name:os.system\n",
        "<<: {organisation: x}\n",
        "a: " + "[" * 5000,
        "a: " + "{b: " * 5000,
        "!!binary aGVq\n",
    ],
    ids=["bomb", "apply", "name", "merge", "deep list", "deep map", "binary"],
)
@pytest.mark.parametrize("file", ["granskning.yaml", "criteria/prov.yaml", REVIEW])
def test_yaml_that_would_run_or_grow_is_a_finding(workspace: Path, granskning: Run, file: str, text: str) -> None:
    (workspace / file).write_text(text, "utf-8")
    done = granskning("check", cwd=workspace)
    assert done.returncode == 1
    assert f"{file}:" in done.stdout
    assert not list(workspace.rglob("spår"))


def _texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where words stand that somebody has written: texts of more than one word."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*path, key))
    elif isinstance(value, (list, tuple)):
        for number, part in enumerate(value):
            yield from _texts(part, (*path, number))
    elif isinstance(value, str) and path[-1] != "coverage" and (" " in value or path[-1] in ("sv", "en", "title")):
        yield path


def test_text_in_any_field_is_text_on_every_page(workspace: Path, granskning: Run) -> None:
    count = 0
    for file in ("granskning.yaml", "criteria/prov.yaml", "strategies/provplan/strategy.yaml", REVIEW):
        path = workspace / file
        data = path.read_bytes()
        places = list(_texts(read(data.decode()).value))
        count += len(places)
        path.write_bytes(edit_bytes(data, [Set(place, HOSTILE) for place in places]))
    assert count > 20
    done = granskning("build", "--format", "html", "-o", "ut", cwd=workspace)
    pages = list((workspace / "ut").rglob("*.html"))
    assert len(pages) > 3, done.stderr
    assert sum("&lt;script&gt;alert(1)" in page.read_text("utf-8") for page in pages) > 3
    for page in pages:
        tree = tinyhtml5.parse(page.read_text("utf-8"), namespace_html_elements=False)
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert not [name for name in element.attrib if str(name).lower().startswith("on")], page
            if element.tag in ("script", "style"):
                assert "alert(" not in (element.text or ""), page
                assert "*{display:none}" not in (element.text or ""), page
            assert element.get("src") != "x", page
            assert not str(element.get("href") or "").strip().lower().startswith("javascript:"), page


def _put_template(workspace: Path, body: str) -> None:
    path = workspace / "templates/review/report.html.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, "utf-8")


@pytest.mark.parametrize("body", [*(f"<p>[{{{{ {escape} }}}}]</p>" for escape in ESCAPES), *STATEMENTS])
def test_a_template_does_not_get_out_of_its_sandbox(workspace: Path, granskning: Run, body: str) -> None:
    _put_template(workspace, f"<!doctype html><html lang=sv><title>x</title><body>{body}</body></html>")
    done = granskning("render", REVIEW, "-o", "ut.html", cwd=workspace)
    made = (workspace / "ut.html").read_text("utf-8") if (workspace / "ut.html").exists() else ""
    assert done.returncode == 2 or made
    assert not re.search(r"&lt;(class|function|module|built-in)|root:x:|uid=\d|granskning/workspace/1", made), made


@contextmanager
def _listening() -> Iterator[tuple[int, list[Any]]]:
    """A port that counts who calls."""
    calls: list[Any] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    stop = threading.Event()

    def count() -> None:
        while not stop.is_set():
            try:
                connection, address = server.accept()
            except TimeoutError:
                continue
            calls.append(address)
            connection.close()

    thread = threading.Thread(target=count, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], calls
    finally:
        stop.set()
        thread.join(10)
        server.close()


FETCHERS: dict[str, Callable[[str], str]] = {
    "picture": lambda at: f"<img alt=x src='{at}'>",
    "made address": lambda at: f"<img alt=x src='{{{{ '{at[:4]}' ~ '{at[4:]}' }}}}'>",
    "style": lambda at: f"<style>@import '{at}'; p {{ background: url({at}) }}</style><p>x</p>",
    "font": lambda at: f"<style>@font-face {{ font-family: q; src: url({at}) }} p {{ font-family: q }}</style><p>x</p>",
    "sheet": lambda at: f"<link rel=stylesheet href='{at}'>",
    "attachment": lambda at: f"<link rel=attachment href='{at}'>",
    "drawing": lambda at: f"<svg><image href='{at}'/><use href='{at}#x'/></svg>",
    "base": lambda at: f"<base href='{at}'><img alt=x src=x.png>",
    "object": lambda at: f"<object data='{at}'></object><embed src='{at}'><iframe src='{at}'></iframe>",
}


@pytest.mark.parametrize("how", FETCHERS)
def test_nobody_is_called_while_reports_are_made(workspace: Path, granskning: Run, how: str) -> None:
    with _listening() as (port, calls):
        address = f"http://127.0.0.1:{port}/x"
        _put_template(
            workspace, f"<!doctype html><html lang=sv><title>x</title><body>{FETCHERS[how](address)}</body></html>"
        )
        path = workspace / REVIEW
        path.write_text(
            path.read_text("utf-8").replace("Omsorgsresor nämns en gång.", f"Se {address} <img src={address}>")
        )
        for name in ("ut.pdf", "ut.html"):
            granskning("render", REVIEW, "-o", name, cwd=workspace)
        with socket.create_connection(("127.0.0.1", port)):
            pass  # the port counts, or the test would prove nothing
    assert len(calls) == 1


def test_a_hostile_document_is_hashed_and_read_apart(workspace: Path, granskning: Run) -> None:
    document = workspace / "strategies/provplan/documents/plan.txt"
    sound = granskning("check", cwd=workspace).stdout
    document.write_bytes(
        b"%PDF-1.7\n" + b"1 0 obj<</Type/XObject/Resources 1 0 R>>" * 1000 + b"PK\x03\x04" + bytes(10_000)
    )
    told = granskning("check", cwd=workspace)
    assert "GR310" in told.stdout
    assert "GR310" not in sound


def test_a_socket_file_is_for_its_owner_and_group(tmp_path: Path) -> None:
    place = ListenAddress(socket=tmp_path / "s")
    connection = listen(place)
    try:
        assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o660
    finally:
        close(connection, place)


def _cell(sheet: Any, name: str, key: str) -> Any:
    """The cell in the row that has the id, in the column that has the key."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    column = next(cell.column for cell in cells if cell.value == key)
    row = next(cell.row for cell in cells if cell.value == name)
    return sheet.cell(row, column)


_LINK = (
    '<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
)


def test_a_workbook_with_formulas_and_outside_links_is_data(workspace: Path, granskning: Run) -> None:
    granskning("export", "-o", "bok.xlsx", cwd=workspace)
    before = (workspace / REVIEW).read_bytes()
    book = workspace / "bok.xlsx"
    with _listening() as (port, calls):
        opened = load_workbook(book)
        cell = _cell(opened.worksheets[1], "resor-vardag", "justification")
        cell.value = f'=WEBSERVICE("http://127.0.0.1:{port}/x")&HYPERLINK("http://127.0.0.1:{port}","x")'
        assert cell.data_type == "f"
        opened.save(book)
        with zipfile.ZipFile(book, "a") as archive:
            archive.writestr("xl/externalLinks/externalLink1.xml", _LINK)
            archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(512))
            archive.writestr("../../utanför.txt", "x")
        granskning("import", "bok.xlsx", cwd=workspace)
    after = (workspace / REVIEW).read_bytes()
    assert calls == []
    assert b"WEBSERVICE" not in after
    assert b"HYPERLINK" not in after
    assert len(after) <= len(before)
    assert not list(workspace.parent.rglob("utanf*"))


NAMES = (
    "../../utanför.yaml", "/var/utanför.yaml", "strategies/../../utanför.yaml", "C:\\utanför.yaml", "~/utanför",
    "granskning.yaml/../../utanför", "\x1b[31mutanför", "a" * 5000, "manifest.json", "CON", ".", "..", "",
    "strategies/provplan/reviews/2026-11/granskaren.yaml",
)  # fmt: skip


def test_attachments_with_hostile_names_are_written_nowhere(
    workspace: Path, granskning: Run, fingerprint_tree: TreePrint
) -> None:
    with pikepdf.new() as made:
        made.add_blank_page()
        for number, name in enumerate(NAMES):
            data = b"schema: granskning/review/1\n" if number % 2 else b"{}"
            spec = pikepdf.AttachedFileSpec(made, data, filename=name)  # type: ignore[call-arg]  # the rest may be left out
            made.attachments[name or "tom"] = spec
        made.save(workspace / "fil.pdf")
    before = fingerprint_tree(workspace.parent)
    for words in (("verify", "fil.pdf"), ("verify", "fil.pdf", "--format", "json")):
        done = granskning("--no-cache", *words, cwd=workspace)
        assert done.returncode in (1, 2)
        assert "\x1b" not in done.stdout + done.stderr
    assert fingerprint_tree(workspace.parent) == before
