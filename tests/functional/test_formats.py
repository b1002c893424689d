"""`check` and `score` in every form, through the command line: valid, and all telling the same."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from granskning.findings.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run, TreePrint

FORMATS = ("text", "json", "sarif", "junit", "github")
ERROR = "GR201-no-justification"
WARNING = "GR214-text-without-level"
NOTICE = "GR312-not-reviewed"


@pytest.fixture
def faulty(workspace: Path, cases: Path) -> Path:
    """A workspace with an error, a warning and a notice, and awkward characters in names and messages."""
    for name in (NOTICE, ERROR):
        lay_over(workspace, cases / name)
    other = workspace / "strategies/provplan/reviews/2026-11/å % , : <&>.yaml"
    text = (cases / WARNING / "strategies/provplan/reviews/2026-11/granskaren.yaml").read_text("utf-8")
    other.write_text(
        text.replace("reviewer: granskaren", "reviewer: annan").replace("resor-barn:", '"<b>&%:,\\"":'), "utf-8"
    )
    return workspace


def lay_over(workspace: Path, case: Path) -> None:
    for path in case.rglob("*"):
        if path.is_file() and path.name != "expected.txt":
            target = workspace / path.relative_to(case)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())


# --- check ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("case", "options", "code"),
    [
        (None, [], 0),
        (ERROR, [], 1),
        (WARNING, [], 0),
        (WARNING, ["--fail-on", "warning"], 1),
        (NOTICE, ["--fail-on", "warning"], 0),
        (ERROR, ["--fail-on", "warning"], 1),
    ],
)
def test_exit_code_is_the_same_in_every_form(  # noqa: PLR0913
    form: str, case: str | None, options: list[str], code: int, workspace: Path, cases: Path, granskning: Run
) -> None:
    if case:
        lay_over(workspace, cases / case)
    assert granskning("check", "--format", form, *options, cwd=workspace).returncode == code


@pytest.mark.parametrize("form", FORMATS)
def test_check_writes_nothing(form: str, faulty: Path, granskning: Run, fingerprint_tree: TreePrint) -> None:
    before = fingerprint_tree(faulty)
    granskning("check", "--format", form, cwd=faulty)
    assert fingerprint_tree(faulty) == before


def check_json(granskning: Run, workspace: Path) -> Any:
    return json.loads(granskning("--lang", "en", "check", "--format", "json", cwd=workspace).stdout)


def test_json_keeps_to_its_schema(faulty: Path, granskning: Run) -> None:
    schema = json.loads(granskning("schema", "check").stdout)
    found = check_json(granskning, faulty)
    Draft202012Validator(schema).validate(found)
    assert found["schema"] == "granskning/check/1"
    assert {one["severity"] for one in found["findings"]} == {"error", "warning", "notice"}
    counts = found["counts"]
    assert counts["error"] + counts["warning"] + counts["notice"] == len(found["findings"])


def test_json_of_a_sound_folder(workspace: Path, granskning: Run) -> None:
    found = check_json(granskning, workspace)
    assert found["findings"] == []
    assert found["counts"] == {"error": 0, "warning": 0, "notice": 0, "files": 6, "unlisted": 0}


def test_every_form_tells_the_same(faulty: Path, granskning: Run) -> None:
    expected = sorted((one["code"], one["line"], one["column"]) for one in check_json(granskning, faulty)["findings"])
    text = granskning("--lang", "en", "check", cwd=faulty).stdout
    assert (
        sorted((c, int(a), int(b)) for a, b, c in re.findall(r"^\S.*?:(\d+):(\d+): (GR\d+) ", text, re.MULTILINE))
        == expected
    )
    sarif = json.loads(granskning("check", "--format", "sarif", cwd=faulty).stdout)
    regions = [
        (one["ruleId"], one["locations"][0]["physicalLocation"]["region"]) for one in sarif["runs"][0]["results"]
    ]
    assert sorted((code, region["startLine"], region["startColumn"]) for code, region in regions) == expected
    github = granskning("check", "--format", "github", cwd=faulty).stdout
    told = re.findall(
        r"^::(?:error|warning|notice) file=[^,\n]+,line=(\d+),col=(\d+)[^:\n]*?,title=(GR\d+)::", github, re.MULTILINE
    )
    assert sorted((code, int(line), int(column)) for line, column, code in told) == expected
    junit = ET.fromstring(granskning("check", "--format", "junit", cwd=faulty).stdout)  # noqa: S314  # our own
    words = " ".join("".join(case.itertext()) for case in junit.iter("testcase"))
    assert sorted((c, int(a), int(b)) for a, b, c in re.findall(r"(\d+):(\d+): (GR\d+) ", words)) == expected


def test_sarif(faulty: Path, granskning: Run) -> None:
    sarif = json.loads(granskning("--lang", "en", "check", "--format", "sarif", cwd=faulty).stdout)
    assert (sarif["version"], len(sarif["runs"])) == ("2.1.0", 1)
    run = sarif["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "granskning"
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["ruleId"] in RULES
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        region = place["region"]
        assert region["startLine"] >= 1
        assert (region["endLine"], region["endColumn"]) >= (region["startLine"], region["startColumn"]) >= (1, 1)
        uri = place["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=:@/%-]+", uri), f"{uri} is no URI reference"
        assert not re.match(r"[^/]*:", uri)
        assert (faulty / unquote(uri)).exists()


def test_junit(faulty: Path, workspace: Path, granskning: Run) -> None:
    root = ET.fromstring(granskning("--lang", "en", "check", "--format", "junit", cwd=faulty).stdout)  # noqa: S314
    (suite,) = root.iter("testsuite")
    found = list(suite.iter("testcase"))
    assert int(suite.attrib["tests"]) == len(found)
    assert int(suite.attrib["failures"]) == len(list(suite.iter("failure"))) == 2
    assert any("å % , : <&>.yaml" in case.attrib["name"] for case in found)
    assert workspace == faulty


def test_github_lines_are_well_formed(faulty: Path, granskning: Run) -> None:
    for line in granskning("--lang", "en", "check", "--format", "github", cwd=faulty).stdout.splitlines():
        match = re.fullmatch(r"::(error|warning|notice) ((?:\w+=[^,:]*)(?:,\w+=[^,:]*)*)::(.+)", line)
        assert match, line
        fields = dict(pair.split("=", 1) for pair in match[2].split(","))
        assert {"file", "line", "col", "title"} <= fields.keys()
        name = fields["file"].replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
        assert (faulty / name).exists()


def test_only_what_is_named_is_told(faulty: Path, granskning: Run) -> None:
    review = "strategies/provplan/reviews/2026-11/granskaren.yaml"
    done = granskning("--lang", "en", "check", review, cwd=faulty)
    assert done.returncode == 1
    assert re.findall(r"GR\d+", done.stdout) == ["GR201"]
    assert granskning("check", "criteria", cwd=faulty).returncode == 0
    assert granskning("check", "granskaren.yaml", cwd=(faulty / review).parent).returncode == 1
    assert granskning("check", str(faulty / review), cwd=faulty).returncode == 1


def test_places_are_seen_from_where_one_stands(faulty: Path, granskning: Run) -> None:
    line = "strategies/grannplan/strategy.yaml:2:5: GR312 notice: "
    assert (
        f"\n{faulty.name}/{line}"
        in "\n" + granskning("--lang", "en", "-C", str(faulty), "check", cwd=faulty.parent).stdout
    )
    assert f"\n{line}" in "\n" + granskning("--lang", "en", "check", cwd=faulty / "strategies" / "grannplan").stdout


# --- score ----------------------------------------------------------------------------------------------------------


def test_score_json_keeps_to_its_schema(workspace: Path, granskning: Run) -> None:
    schema = json.loads(granskning("schema", "score").stdout)
    found = json.loads(granskning("score", "--format", "json", cwd=workspace).stdout)
    Draft202012Validator(schema).validate(found)
    (review,) = found["reviews"]
    assert review["criteria"]["id"] == "prov"
    assert (review["total"]["value"], review["total"]["exact"], review["total"]["shown"]) == (2.0, "2", "2,0")
    score_keys = {
        "method",
        "value",
        "exact",
        "shown",
        "low",
        "high",
        "so_far",
        "outcome",
        "band",
        "counts",
        "assessed",
        "applicable",
        "asked",
    }
    assert score_keys <= review["total"].keys()
    assert score_keys | {"id"} <= review["targets"][0].keys()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_json_csv_and_table_show_the_same_digits(language: str, workspace: Path, granskning: Run) -> None:
    review = workspace / "strategies/provplan/reviews/2026-11/granskaren.yaml"
    text = review.read_text("utf-8")
    start = text.index("    not_applicable")
    review.write_text(
        text[:start] + "    level: 3\n    justification: x\n    evidence: []\n" + text[text.index("  makt-samrad") :],
        "utf-8",
    )
    run = {
        form: granskning("--lang", language, "score", "--format", form, cwd=workspace).stdout
        for form in ("json", "csv", "table")
    }
    scored = json.loads(run["json"])["reviews"][0]
    shown = [*(target["shown"] for target in scored["targets"]), scored["total"]["shown"]]
    assert shown == (["1,7", "3,0", "2,3"] if language == "sv" else ["1.7", "3.0", "2.3"])
    rows = list(csv.DictReader(io.StringIO(run["csv"]), delimiter=";" if language == "sv" else ","))
    assert [row["value"] for row in rows] == shown
    assert [row["target"] for row in rows] == ["resor", "makt", ""]
    figures = re.findall(r"\s(\d[.,]\d)\s", run["table"])
    assert figures == shown


def test_a_level_is_called_what_the_table_calls_it(workspace: Path, granskning: Run) -> None:
    criteria = workspace / "criteria/prov.yaml"
    text = criteria.read_text("utf-8")
    start = text.index("\nscoring:")
    long = "Styr och följs upp av alla som berörs, i varje led och varje år " * 3
    criteria.write_text(
        text[:start] + "\nscales:\n  - id: ord\n    levels:\n      - {value: lag, label: Svag}\n"
        f"      - {{value: hog, label: {long.strip()!r}}}\n"
        "scoring:\n  criteria: {method: rules, scale: ord, rules: [], otherwise: hog}\n".replace(
            "rules: []", "rules: [{when: {count: {is: 0}, at_least: 9}, gives: lag}]"
        ) + "  targets: {method: weakest}\n",
        "utf-8",
    )  # fmt: skip
    scored = json.loads(granskning("score", "--format", "json", cwd=workspace).stdout)["reviews"][0]
    assert scored["total"]["shown"] == long.strip()
    assert scored["total"]["outcome"] == "hog"
    lines = granskning("score", cwd=workspace).stdout.splitlines()
    assert any(line.rstrip().startswith("  Totalt") and "Styr och följs" in line for line in lines)
    assert max(map(len, lines)) <= 100


def test_intervals_are_shown_alike(workspace: Path, granskning: Run) -> None:
    review = workspace / "strategies/provplan/reviews/2026-11/granskaren.yaml"
    text = review.read_text("utf-8")
    review.write_text(text[: text.index("  makt-samrad")], "utf-8")
    scored = json.loads(granskning("score", "--format", "json", cwd=workspace).stdout)["reviews"][0]
    assert scored["total"]["shown"] == "0,5–2,0"
    assert (scored["total"]["value"], scored["total"]["exact"]) == (None, None)
    assert scored["targets"][1]["standing"] == "cannot_be_assessed"
    assert [scored["targets"][1][key] for key in ("value", "low", "high", "shown")] == [None] * 4
    table = granskning("--lang", "en", "score", cwd=workspace).stdout
    assert "0.5–2.0" in table
    assert "cannot be assessed" in table
    row = list(
        csv.DictReader(io.StringIO(granskning("score", "--format", "csv", cwd=workspace).stdout), delimiter=";")
    )[-1]
    assert (row["value"], row["low"], row["high"]) == ("", "0,5", "2,0")


def test_explain_tells_how_it_came_about(workspace: Path, granskning: Run) -> None:
    told = granskning("--lang", "en", "score", "--explain", cwd=workspace).stdout
    gate = "A basic demand is met"
    assert "weighted mean" in told
    for words in ("resor-vardag", "Mentioned", "(not applicable)", "2 / 2 = 1.0", "66.7% → 100%", gate):
        assert words in told


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_score_of_a_folder_with_faults_scores_the_rest_and_says_so(form: str, faulty: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", "score", "--format", form, cwd=faulty)
    assert done.returncode == 1
    assert done.stdout
    assert "1 file has errors" in done.stderr or "2 files have errors" in done.stderr


def test_score_writes_nothing(workspace: Path, granskning: Run, fingerprint_tree: TreePrint) -> None:
    before = fingerprint_tree(workspace)
    granskning("score", "--explain", cwd=workspace)
    assert fingerprint_tree(workspace) == before


def test_findings_go_to_output_and_the_rest_to_error(faulty: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", "check", cwd=faulty)
    assert "GR201" in done.stdout
    assert "errors" in done.stderr
    quiet = granskning("--lang", "en", "-q", "check", cwd=faulty)
    assert (quiet.stdout, quiet.stderr) == (done.stdout, "")
    json.loads(granskning("check", "--format", "json", cwd=faulty).stdout)
