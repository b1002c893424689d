"""The house's own rules, held by reading syntax trees: who may import whom, what pure rooms never do, sizes, names.

tests/house.py draws the house and has the list of rooms; tests/house_leftovers.json has what the rules do not hold for
yet. What is mended must leave that list, and nothing is added to it.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

import house
import unused
from granskning.cli.app import make_command
from granskning.cli.groups import COMMANDS
from granskning.findings.rules import RULES
from house import LARGEST_FOLDER, MAY_IMPORT, PACKAGE, PURE, ROOT, imports_of, name_of, nodes_of, room_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("house")  # whoever looks at all files has read them once

SOURCES = sorted(PACKAGE.rglob("*.py"))
DOCS = ROOT / "docs"
LONGEST_FILE = 400
FACES = {"cli", "web"}

BEYOND_THE_STANDARD_LIBRARY = {
    # of a room and of the rooms within it
    "scoring": set(),
    "workspace": {"yaml", "jsonschema", "jsonschema_rs"},
    "evidence": {"snowballstemmer"},
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
STANDARD = {
    "__future__",
    "ast",
    "base64",
    "bisect",
    "calendar",
    "collections",
    "contextlib",
    "copy",
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "html",
    "io",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "statistics",
    "string",
    "textwrap",
    "types",
    "typing",
    "unicodedata",
    "urllib.parse",
    "xml",
    "zipfile",
}
"""What a pure room may take from the standard library: no os, pathlib, importlib or urllib.request, no clock."""

NEVER_IN_A_PURE_ROOM = {"open", "print", "input", "exec", "eval"}
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


def dotted(path: Path) -> str:
    return path.relative_to(ROOT / "src").as_posix()


def pure(path: Path) -> bool:
    return room_of(name_of(path)) in PURE


# --- rooms ----------------------------------------------------------------------------------------------------------


def test_every_room_is_on_the_list() -> None:
    rooms = {room_of(module) for module in house.modules()}
    assert sorted(rooms - MAY_IMPORT.keys()) == [], "a new room needs its row in tests/house.py"


def test_the_list_has_no_circle() -> None:
    seen: set[str] = set()
    waiting = {room: set(below) - {room} for room, below in MAY_IMPORT.items()}
    while ready := {room for room, below in waiting.items() if below & waiting.keys() <= seen} - seen:
        seen |= ready
    assert sorted(waiting.keys() - seen) == []


def test_imports_go_down() -> None:
    counts: dict[str, int] = {}
    for arrow in house.arrows_up():
        rooms = f"{room_of(arrow.start)} -> {room_of(arrow.end)}"
        counts[rooms] = counts.get(rooms, 0) + 1
    up = "\n".join(map(str, house.arrows_up()))
    assert counts == house.known_leftovers()["arrows"], f"arrows up:\n{up}"


def test_files_make_no_circle() -> None:
    assert house.circles() == []


def test_no_folder_is_a_hall() -> None:
    large = {name: count for name, count in house.folders().items() if count > LARGEST_FOLDER}
    large.pop("granskning/cli", None)  # one file a command
    assert large == {}, "a room that has grown full gets rooms of its own"


def test_a_folder_says_what_it_is_for() -> None:
    for path in SOURCES:
        if path.name == "__init__.py":
            assert ast.get_docstring(tree_of(path)), dotted(path)


def touched(path: Path) -> Iterator[str]:
    """What a module of a pure room reaches outside itself."""
    own = {"granskning", *BEYOND_THE_STANDARD_LIBRARY.get(room_of(name_of(path)).partition(".")[0], set())}
    for module, line in imports_of(path):
        if module.partition(".")[0] not in own | STANDARD and module not in STANDARD:
            yield f"{dotted(path)}:{line} imports {module}"
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NEVER_IN_A_PURE_ROOM:
            yield f"{dotted(path)}:{node.lineno} calls {node.func.id}"
        if isinstance(node, ast.Attribute) and node.attr in NEVER_CALLED_IN_A_PURE_ROOM:
            yield f"{dotted(path)}:{node.lineno} uses {node.attr}"


def test_pure_rooms_touch_nothing() -> None:
    rooms = [path for path in SOURCES if pure(path)]
    assert rooms
    assert [fault for path in rooms for fault in touched(path)] == []


OPENS = {"open", "fdopen", "read_bytes", "read_text", "copyfile", "copytree", "copyfileobj", "mmap", "TextIOWrapper"}
OPENS_ITSELF = {
    # what opens something that is not from a working folder or a user, and why
    "edges/opening.py": {"os.open"},  # the one opener
    "shipped.py": {"(_PACKAGE / name).read_text"},  # the package's own files, for rooms that may not touch the disk
    "catalogue.py": {"place.read_bytes"},  # the package's own words
    "edges/claim.py": {"os.open"},  # the small file that a claim is a lock on; nothing is read in it
    "edges/writing.py": {"os.open", "os.fdopen"},  # to write a file that it has just made
    "edges/cluster/host.py": {"os.fdopen"},  # its own standard output, kept for outcomes alone
    "edges/limits.py": {"Image.open"},  # bytes in memory
    "web/access/access_log.py": {"os.open", "os.fdopen"},  # to write at the end of the log
    "cli/session.py": {"os.open"},  # the null device, when what reads our output is gone
}


def openings(path: Path) -> set[str]:
    """What a module opens files with."""
    calls = [node.func for node in nodes_of(path) if isinstance(node, ast.Call)]
    named = [(call, call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "")) for call in calls]
    return {ast.unparse(call) for call, name in named if name in OPENS} - {"self.open", "self.opened.open"}


def test_nobody_opens_a_file_but_the_opener() -> None:
    opening = {path.relative_to(PACKAGE).as_posix(): openings(path) for path in SOURCES}
    opening = {file: calls for file, calls in opening.items() if calls}
    assert opening == OPENS_ITSELF, "read through granskning.edges.opening"


READS_STRANGE_FILES = {
    "pypdfium2",
    "pypdf",
    "pikepdf",
    "fitz",
    "pdfminer",
    "docx",
    "zipfile",
    "tarfile",
    "lxml",
    "odf",
    "PIL",
}
READS_STRANGE_NAMES = {"load_workbook", "ExcelReader"}
WRITES_WITH_THEM = {
    # what uses such a library for what it has just made itself
    "edges.limits": {
        "PIL"
    },  # called by the readers, and where a page is printed, which is apart where it may be anybody's
    "edges.printing.pictures": {"pypdfium2", "PIL"},  # draws the pages that it has printed
    "reporting.tables.export": {"zipfile"},
    "reporting.word.contents": {"docx"},
    "reporting.word.docx_document": {"docx", "zipfile"},
    "reporting.word.reference": {
        "docx"
    },  # the folder's own: unpacked by the readers, opened in the process that prints
    "reporting.word.runs": {"docx"},
    "reporting.word.styles": {"docx"},
    "reporting.word.tables": {"docx"},
    "reporting.word.writer": {"docx"},
    "tasks.proof.publish": {"zipfile"},
}


def test_files_of_strangers_are_read_in_one_room_and_in_a_process_apart() -> None:
    used: dict[str, set[str]] = {}
    for module, path in house.modules().items():
        if room_of(module) == "edges.readers":
            continue
        names = {name.partition(".")[0] for name, _ in imports_of(path)} & READS_STRANGE_FILES
        for node in nodes_of(path):
            name = getattr(node, "attr", getattr(node, "name", getattr(node, "id", "")))
            names |= {name} & READS_STRANGE_NAMES
        if names:
            used[module] = names
    assert used == WRITES_WITH_THEM, "read through granskning.edges.readers.reading"


DOORS = {"reading", "documents", "sniffing"}
"""What of the readers is called from outside: each reads in a process apart, or looks at the bytes alone."""


def test_the_readers_themselves_are_called_by_their_door_alone() -> None:
    for module, path in house.modules().items():
        for node in nodes_of(path):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("granskning.edges.readers"):
                reader = (node.module or "").removeprefix("granskning.edges.readers").strip(".")
                names = [alias.name for alias in node.names]
                types = all(name[0].isupper() and not name.isupper() for name in names)
                assert "edges.readers" in module or reader in DOORS or types, f"{module}:{node.lineno}"


# --- files, functions and names -------------------------------------------------------------------------------------


DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def undocumented(path: Path) -> Iterator[str]:
    """What a module has that others use and that does not say what it is."""
    tree = tree_of(path)
    if not ast.get_docstring(tree):
        yield dotted(path)
    holders: list[ast.Module | ast.ClassDef] = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    for holder in holders:
        if isinstance(holder, ast.ClassDef) and holder.name.startswith("_"):
            continue
        defined = [node for node in holder.body if isinstance(node, DEFINITIONS)]
        for node in defined:
            if not node.name.startswith("_") and not ast.get_docstring(node):
                yield f"{dotted(path)}:{node.lineno}: {node.name}"


def test_files_are_short() -> None:
    long = {dotted(path): lines for path in SOURCES if (lines := house.lines_of(path)) > LONGEST_FILE}
    assert long == {}, "split it, or say why in DECISIONS.md"


def test_files_and_what_they_hold_say_what_they_are() -> None:
    assert [fault for path in SOURCES for fault in undocumented(path)] == [], "it has no docstring"


def test_no_error_is_swallowed_below_a_face() -> None:
    for path in SOURCES:
        for node in nodes_of(path):
            if isinstance(node, ast.ExceptHandler) and room_of(name_of(path)) not in FACES:
                caught = ast.unparse(node.type) if node.type else ""
                rethrown = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
                assert rethrown or caught not in ("", "Exception", "BaseException"), f"{dotted(path)}:{node.lineno}"


def test_functions_fit_a_page() -> None:
    assert house.long_functions() == house.known_leftovers()["long_functions"]


def test_a_class_has_its_name_alone() -> None:
    assert house.shared_class_names() == house.known_leftovers()["classes"]


def test_pronouns_become_fewer() -> None:
    """A local name says what it holds. The number of those that don't may only become less, room by room."""
    counts, known = house.pronoun_locals(), house.known_leftovers()["pronouns"]
    assert isinstance(known, dict)
    more = {room: count for room, count in counts.items() if count > known.get(room, 0)}
    assert more == {}, f"{known}: call what is held by its noun; {sorted(house.PRONOUNS)} are none"


def test_names_are_terms() -> None:
    assert house.denied_names() == house.known_leftovers()["names"], "a name says what the thing holds"


def test_values_hold_no_caches() -> None:
    assert house.caches_in_values() == [], "what is remembered lies in an object of the task"


USED_OTHERWISE = {
    "edges.cluster.host: main": "what a cluster's worker starts beside itself, named in a line of Python",
    "edges.cluster.packing: _Writing.reducer_override": "what Python's pickler asks its heirs for",
}
"""What nobody in the package asks for by name, and why it is there."""
FOR_THE_PAGE = "tasks.evidence.page_views: "
"""What the page where reviews are filled in will show of documents; its own issue builds the views."""


def test_nothing_is_there_for_its_own_tests_alone() -> None:
    others = [name for name in unused.unused() if not name.startswith(FOR_THE_PAGE)]
    assert others == list(USED_OTHERWISE), "delete it with its tests, or say who uses it"


# --- rules and words ------------------------------------------------------------------------------------------------


def test_codes_are_used_once() -> None:
    files = (
        "rules.py",
        "rules_of_meaning.py",
        "rules_of_agreement.py",
        "rules_of_publishing.py",
        "rules_over_time.py",
        "rules_of_files.py",
        "rules_of_variants.py",
        "rules_of_planning.py",
        "rules_of_evidence.py",
        "rules_of_statistics.py",
        "rules_of_collections.py",
    )
    paths = [PACKAGE / "findings" / file for file in files]
    text = "".join(path.read_text("utf-8") for path in paths if path.is_file())
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
    commands = make_command("sv").commands
    assert set(commands) == set(COMMANDS)
    for name, command in commands.items():
        assert f"granskning {name}" in text, name
        assert command.help, name
        for option in (option for parameter in command.params for option in parameter.opts if option.startswith("--")):
            assert option in text, f"{name} {option}"
