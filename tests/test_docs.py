"""The handbook agrees with the program, its links lead somewhere, and it keeps to its own words."""

from __future__ import annotations

import ast
import json
import re
import runpy
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.source import read

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs/en").glob("*.md")])
SWEDISH = [page for page in PAGES if page.name != "DECISIONS.md" and page.parent.name != "en"]
FRAGMENT = re.compile(
    r"(?P<before>(?:[^\n]+\n)+)\n* *```yaml\n(?P<text>.*?)^ *```$|^ *```(?!yaml)\w*\n.*?^ *```$",
    re.DOTALL | re.MULTILINE,
)


def by_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """What people read: no fences, no code, no comments, no addresses."""
    text = page.read_text(encoding="utf-8")
    return re.sub(
        r"^ *```.*?^ *```$|^!(?=\[)|`[^`\n]*`|<!--.*?-->|\]\([^)]*\)|https?://\S+",
        " ",
        text,
        flags=re.DOTALL | re.MULTILINE,
    )


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


CHECK = """\
import sys
sys.path[:0] = sys.argv[1:]
import pytest
from generera import main
from remembered_readings import remember
with pytest.MonkeyPatch.context() as patch:
    remember(patch)
    sys.exit(main(["--check"]))
"""
"""`docs/generera.py --check`, where a text that comes back is read once: its pages take the same example in turn."""


def test_generated_parts_are_up_to_date() -> None:
    command = [sys.executable, "-c", CHECK, str(ROOT / "docs"), str(ROOT / "tests")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"run `make docs`: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), target


@pytest.mark.parametrize("page", SWEDISH, ids=by_name)
def test_words_are_plain(page: Path) -> None:
    text = prose(page)
    assert "!" not in text.replace("(!)", "")
    assert not re.search(r"\b(AI|magisk\w*|kraftfull\w*|magic|powerful)\b", text)
    assert not re.search(r"\"[^\"\n]+\"", text), "write ”citat”"


def test_the_handbook_leads_to_every_page() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages == {name for name in pages if f"({name})" in index}


def test_the_handbook_in_english_leads_to_each_of_its_pages() -> None:
    index = (ROOT / "docs/en/index.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs/en").glob("*.md")} - {"index.md"}
    assert pages == {name for name in pages if f"({name})" in index}
    assert "(en/index.md)" in (ROOT / "docs/index.md").read_text(encoding="utf-8")


@cache
def fragments(page: Path) -> list[tuple[str, str]]:
    """What stands before each YAML fence, and the fence."""
    text = page.read_text(encoding="utf-8")
    if "```yaml" not in text:  # looking for one takes a second in a long page
        return []
    return [(match["before"], match["text"]) for match in FRAGMENT.finditer(text) if match["text"]]


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent.name in ("docs", "en")], ids=by_name)
def test_a_fragment_says_which_file_it_stands_in(page: Path) -> None:
    for before, text in fragments(page):
        is_run = "<!-- skriv:" in before or "<!-- ändra:" in before or "<!-- genererat:" in before
        first = text.lstrip().partition("\n")[0]
        said = re.search(r"[\w.-]+\.(?:yaml|yml)\b", before) or (first.startswith("#") and ".yaml" in first)
        assert is_run or said, f"{before.strip()[-80:]} … {first}"


def test_a_whole_file_in_the_handbook_is_one_when_it_is_pasted() -> None:
    whole = [
        (page.name, kind[1], text)
        for page in PAGES
        for before, text in fragments(page)
        if (kind := re.match(r"schema: granskning/(\w+)/1\n", text)) and "<!-- skriv:" not in before
    ]
    assert ("uppfoljning.md", "actions") in [(name, filed) for name, filed, _ in whole]
    for name, filed, text in whole:
        assert check_values(filed, read(text).value, name) == [], name


def methods() -> list[str]:
    schema = ROOT / "src/granskning/workspace/schemas/criteria.schema.json"
    step = json.loads(schema.read_text(encoding="utf-8"))["$defs"]["step"]
    return list(step["properties"]["method"]["enum"])


@pytest.mark.parametrize("method", methods())
def test_a_method_has_formula_source_and_an_example_that_is_run(method: str) -> None:
    page = (ROOT / "docs/egen-metod.md").read_text(encoding="utf-8")
    about = re.search(rf"^### `{method}`: .+?(?=^##)", page, re.DOTALL | re.MULTILINE)
    assert about, "has no heading of its own"
    told = about[0]
    assert "**Formel:**" in told
    assert "**Källa:**" in told
    assert "**Egna nycklar:**" in told
    assert "<!-- genererat: kör score" in told


def test_a_decision_has_at_most_twelve_lines() -> None:
    decisions = re.split(r"^## ", (ROOT / "DECISIONS.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    numbers = [int(decision.partition(".")[0]) for decision in decisions]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [decision[:40] for decision in decisions if len(decision.strip().splitlines()) - 1 > 12] == []


@pytest.mark.parametrize("page", SWEDISH, ids=by_name)
def test_what_a_swedish_page_shows_of_the_terminal_is_in_swedish(page: Path) -> None:
    """The words beside every finding and refusal in the language that the program itself is written in."""
    english = re.compile(r"^ *hint: |^granskning: (?:the|there|no) |^Next step: ", re.MULTILINE)
    runs = re.findall(r"<!-- genererat: kör .*?<!-- slut -->", page.read_text("utf-8"), re.DOTALL)
    assert [found[0] for run in runs if (found := english.search(run))] == []


def test_every_bench_has_words_in_the_handbook() -> None:
    """A bench that is new has a row, and words for what it was held against, or the page could not be made."""
    words = runpy.run_path(str(ROOT / "docs/generera_hastighet.py"))
    calls = [
        node
        for path in sorted((ROOT / "tests/bench").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name) and node.func.value.id == "bench"
    ]  # fmt: skip
    named = {method: [call for call in calls if getattr(call.func, "attr", "") == method] for method in HOW_TOLD}
    for method, known in HOW_TOLD.items():
        ids = {call.args[0].value for call in named[method] if isinstance(call.args[0], ast.Constant)}
        assert ids, method
        assert ids <= words[known].keys(), f"docs/generera_hastighet.py, {known}"
    peers = {call.args[2].value for call in named["compare"] if isinstance(call.args[2], ast.Constant)}
    assert peers <= words["PEERS"].keys() | {"ajv-cli", "check-jsonschema", "pdfminer.six"}


HOW_TOLD = {"compare": "WHATS", "amount": "AMOUNTS"}
