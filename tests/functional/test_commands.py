"""The commands one by one, as a planner meets them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from granskning import __version__
from granskning.findings.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run, TreePrint

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
COMMANDS = ("init", "new", "check", "score", "schema", "explain", "doctor")


# --- init -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("example", [[], ["--example"]])
def test_init_makes_a_sound_folder(language: str, example: list[str], tmp_path: Path, granskning: Run) -> None:
    done = granskning("--lang", language, "init", "arbetsmapp", *example)
    assert done.returncode == 0
    root = tmp_path / "arbetsmapp"
    check = granskning("--lang", "en", "check", "--fail-on", "warning", cwd=root)
    assert (check.returncode, check.stdout) == (0, "")
    for name in (
        "granskning.yaml",
        "criteria/jamstalld-tillvaxt.yaml",
        ".gitignore",
        ".gitattributes",
        ".vscode/settings.json",
    ):
        assert (root / name).is_file()
    assert f"language: {language}\n" in (root / "granskning.yaml").read_text("utf-8")
    assert (root / ".granskning/schemas/review-jamstalld-tillvaxt-0.9.0.schema.json").is_file()
    assert len(list(root.glob("strategies/*/strategy.yaml"))) == (
        0 if not example else len(list(root.glob("strategies/*/")))
    )
    for path in root.rglob("*"):
        assert path.name.isascii()
        if path.suffix == ".json" and path.is_file():
            json.loads(path.read_text("utf-8"))


@pytest.mark.process
def test_init_here(tmp_path: Path, granskning: Run) -> None:
    assert granskning("init").returncode == 0
    assert (tmp_path / "granskning.yaml").is_file()


def test_init_twice_overwrites_nothing(tmp_path: Path, granskning: Run, fingerprint_tree: TreePrint) -> None:
    granskning("init", "a")
    before = fingerprint_tree(tmp_path)
    done = granskning("--lang", "en", "init", "a")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is there already and is not overwritten" in done.stderr
    assert granskning("init", "a", "--example").returncode == 2
    assert fingerprint_tree(tmp_path) == before


def test_init_leaves_what_is_there(tmp_path: Path, granskning: Run) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "egen.txt").write_text("min")
    assert granskning("init", "a").returncode == 0
    assert (tmp_path / "a" / "egen.txt").read_text() == "min"


def test_init_where_a_file_stands(tmp_path: Path, granskning: Run, fingerprint_tree: TreePrint) -> None:
    (tmp_path / "a").write_text("en fil")
    before = fingerprint_tree(tmp_path)
    assert granskning("init", "a").returncode == 2
    assert granskning("init", "a/b").returncode == 2
    assert fingerprint_tree(tmp_path) == before


# --- new ------------------------------------------------------------------------------------------------------------


@pytest.mark.process
def test_new_makes_a_sound_review_and_the_editors_schema(workspace: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", "new", "provplan", "--round", "2027-01", "--reviewer", "strateg", cwd=workspace)
    file = "strategies/provplan/reviews/2027-01/strateg.yaml"
    assert (done.returncode, done.stdout) == (0, f"{file}\n")
    assert f"granskning check {file}" in done.stderr
    first = (workspace / file).read_text("utf-8").split("\n")[0]
    link = first.removeprefix("# yaml-language-server: $schema=")
    assert (workspace / file).parent.joinpath(
        link
    ).resolve() == workspace / ".granskning/schemas/review-prov-1.0.0.schema.json"
    assert (workspace / file).parent.joinpath(link).is_file()
    check = granskning("check", "--fail-on", "warning", cwd=workspace)
    assert (check.returncode, check.stdout) == (0, "")


def test_new_by_default_is_this_months_round(workspace: Path, granskning: Run) -> None:
    done = granskning("new", "provplan", cwd=workspace)
    assert re.fullmatch(r"strategies/provplan/reviews/\d{4}-\d\d/granskare\.yaml\n", done.stdout)
    joint = granskning("new", "provplan", "--kind", "consensus", cwd=workspace).stdout
    assert joint.endswith("/samlad.yaml\n")
    assert "kind: consensus\n" in (workspace / joint.strip()).read_text("utf-8")
    assert granskning("check", "--fail-on", "warning", cwd=workspace).returncode == 0


def test_new_twice_overwrites_nothing(workspace: Path, granskning: Run, fingerprint_tree: TreePrint) -> None:
    granskning("new", "provplan", cwd=workspace)
    before = fingerprint_tree(workspace)
    done = granskning("--lang", "en", "new", "provplan", cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is there already and is not overwritten" in done.stderr
    assert fingerprint_tree(workspace) == before


@pytest.mark.parametrize("round_", ["2027", "1", "2027-01", "null", "true", "no"])
def test_new_with_a_round_that_looks_like_something_else(round_: str, workspace: Path, granskning: Run) -> None:
    done = granskning("new", "provplan", "--round", round_, cwd=workspace)
    if done.returncode == 0:
        assert granskning("check", "--fail-on", "warning", cwd=workspace).returncode == 0
    else:
        assert not (workspace / "strategies/provplan/reviews" / round_).exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["finnsinte"], "there is no strategy finnsinte"),
        (["provplan", "--round", "../../.."], "cannot be used for --round"),
        (["provplan", "--round", "2026/11"], "cannot be used for --round"),
        (["provplan", "--reviewer", "!!"], "cannot be used for --reviewer"),
        (["provplan", "--from", "2020-01"], "round 2020-01"),
        (["../provplan"], "there is no strategy"),
    ],
)
def test_new_with_what_cannot_be(
    arguments: list[str], told: str, workspace: Path, granskning: Run, fingerprint_tree: TreePrint
) -> None:
    before = fingerprint_tree(workspace)
    done = granskning("--lang", "en", "new", *arguments, cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert fingerprint_tree(workspace) == before


def test_new_from_an_earlier_round(workspace: Path, granskning: Run) -> None:
    done = granskning(
        "new", "provplan", "--round", "2027-11", "--reviewer", "granskaren", "--from", "2026-11", cwd=workspace
    )
    text = (workspace / done.stdout.strip()).read_text("utf-8")
    assert "    inherited:\n      from: 2026-11\n      level: 1\n" in text
    assert granskning("check", "--fail-on", "warning", cwd=workspace).returncode == 0
    scored = json.loads(
        granskning("score", "--format", "json", str(workspace / done.stdout.strip()), cwd=workspace).stdout
    )
    assert [one["state"] for one in scored["reviews"][0]["criteria_results"]] == ["inherited"] * 3


def test_new_short(workspace: Path, granskning: Run) -> None:
    text = (workspace / granskning("new", "provplan", "--short", cwd=workspace).stdout.strip()).read_text("utf-8")
    assert "form: short\n" in text
    assert "resor-barn" not in text
    assert granskning("check", "--fail-on", "warning", cwd=workspace).returncode == 0


def test_new_with_a_broken_set(workspace: Path, granskning: Run) -> None:
    (workspace / "criteria/prov.yaml").write_text("a: [")
    done = granskning("--lang", "en", "new", "provplan", cwd=workspace)
    assert (done.returncode, "granskning check" in done.stderr) == (2, True)


# --- schema, explain, doctor ----------------------------------------------------------------------------------------


def test_schema_lists_and_shows_every_kind(granskning: Run) -> None:
    kinds = [line.split()[0] for line in granskning("schema").stdout.splitlines()]
    assert {"workspace", "criteria", "strategy", "review", "actions", "indicator", "check", "score"} <= set(kinds)
    for kind in kinds:
        assert json.loads(granskning("schema", kind).stdout)["$id"] == f"urn:granskning:schema:{kind}:1"
    done = granskning("--lang", "en", "schema", "rewiev")
    assert (done.returncode, "there is no kind rewiev" in done.stderr) == (2, True)


def test_schema_write_mends_what_check_says(workspace: Path, granskning: Run) -> None:
    stale = workspace / ".granskning/schemas/review-prov-1.0.0.schema.json"
    stale.parent.mkdir(parents=True)
    stale.write_text("{}")
    assert "GR504" in granskning("check", cwd=workspace).stdout
    assert granskning("schema", "--write", cwd=workspace).returncode == 0
    assert granskning("check", cwd=workspace).stdout == ""
    again = granskning("schema", "--write", cwd=workspace)
    assert (again.returncode, again.stdout) == (0, "")


def test_explain_knows_every_code(granskning: Run) -> None:
    listed = granskning("--lang", "en", "explain").stdout
    assert re.findall(r"^GR\d+", listed, re.MULTILINE) == sorted(RULES)
    page = granskning("--lang", "en", "explain", "gr201").stdout
    assert page.startswith("GR201 error: the answer lacks a justification\n")
    assert "{" not in granskning("--lang", "en", "explain", "GR107").stdout.replace("[ or {", "")
    swedish = granskning("explain", "GR201").stdout
    assert "bedömningen saknar motivering" in swedish


def test_explain_a_code_that_is_not(granskning: Run) -> None:
    done = granskning("--lang", "en", "explain", "GR2011")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no finding with the code GR2011" in done.stderr
    assert re.search(r"did you mean GR\d{3}\?", done.stderr)


def test_doctor_names_the_parts(workspace: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", "doctor", cwd=workspace)
    assert done.returncode in (0, 1)
    for part in ("Python", "PyYAML", "git", "granskning.yaml"):
        assert part in done.stdout


# --- what all commands share ----------------------------------------------------------------------------------------


@pytest.mark.process
def test_version(granskning: Run) -> None:
    assert granskning("--version").stdout == f"granskning {__version__}\n"


@pytest.mark.parametrize("command", [*COMMANDS, None])
def test_help_in_both_languages(command: str | None, granskning: Run) -> None:
    arguments = [command] if command else []
    swedish, english = granskning(*arguments, "--help"), granskning("--lang", "en", *arguments, "--help")
    assert (swedish.returncode, english.returncode) == (0, 0)
    assert english.stdout.lstrip().startswith("Usage: granskning")
    assert swedish.stdout != english.stdout
    assert swedish.stdout.lstrip().startswith("Användning: granskning")
    for words in ("Show this", "Usage:", "Options:", "Commands:", "[required]", "[default"):
        assert words not in swedish.stdout
    assert max(map(len, swedish.stdout.split("\n"))) <= 100


USAGE = [
    (["--nix"], "there is no option --nix", "--nix"),
    (["chek"], "there is no command chek", "chek"),
    (["new"], "the argument STRATEGY is missing", "STRATEG"),
    (["check", "--format", "pdf"], "pdf is not a value for", "pdf"),
    (["check", "--format"], "the option --format needs a value", "--format"),
    (["explain", "GR201", "GR202"], "too many arguments", "GR202"),
    (["check", "--fromat", "json"], "there is no option --fromat", "--fromat"),
    (["--lang", "tyska", "check"], "", "tyska"),
]


@pytest.mark.parametrize(("arguments", "english", "named"), USAGE)
def test_usage_errors_speak_the_users_language(arguments: list[str], english: str, named: str, granskning: Run) -> None:
    swedish = granskning(*arguments)
    assert (swedish.returncode, swedish.stdout) == (2, "")
    assert named in swedish.stderr
    for words in ("Error", "No such", "Missing", "Invalid", "is not", "there is", "Try ", "Usage"):
        assert words not in swedish.stderr
    if english:
        done = granskning("--lang", "en", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert english in done.stderr


def test_a_near_miss_is_suggested(granskning: Run) -> None:
    assert "did you mean check?" in granskning("--lang", "en", "chek").stderr
    assert "did you mean --format?" in granskning("--lang", "en", "check", "--fromat", "json").stderr


@pytest.mark.process
def test_no_command_shows_the_help(granskning: Run) -> None:
    done = granskning()
    assert done.returncode in (0, 2)
    assert "check" in done.stdout + done.stderr


@pytest.mark.process
def test_swedish_is_what_planners_read(workspace: Path, granskning: Run) -> None:
    file = workspace / REVIEW
    file.write_text(re.sub(r"    justification: >-\n.*\n", "", file.read_text("utf-8"), count=1), "utf-8")
    done = granskning("check", cwd=workspace)
    assert f"{REVIEW}:12:3: GR201 error: bedömningen saknar motivering" in done.stdout
    assert done.returncode == 1
    assert "1 fel" in done.stderr


def test_work_as_if_started_elsewhere(workspace: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", "-C", str(workspace), "score")
    assert (done.returncode, "provplan" in done.stdout) == (0, True)
    assert granskning("-C", str(workspace), "check", REVIEW).returncode == 0
    assert granskning("check", cwd=workspace / "strategies" / "provplan").returncode == 0


def test_colour_only_when_wanted(workspace: Path, granskning: Run) -> None:
    (workspace / REVIEW).write_text("")
    assert "\x1b[" not in granskning("check", cwd=workspace).stdout
    assert "\x1b[" in granskning("--color", "always", "check", cwd=workspace).stdout
    assert "\x1b[" not in granskning("--color", "never", "check", cwd=workspace).stdout


@pytest.mark.parametrize(("variable", "coloured"), [(None, True), ("1", False), ("", True)])
def test_no_color_is_honoured_on_a_terminal(variable: str | None, coloured: bool, workspace: Path) -> None:  # noqa: FBT001
    pty = pytest.importorskip("pty")
    (workspace / REVIEW).write_text("")
    leader, follower = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    env = kept if variable is None else {**kept, "NO_COLOR": variable}
    with subprocess.Popen(
        [sys.executable, "-m", "granskning", "check"],
        cwd=workspace,
        env=env,
        stdout=follower,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(follower)
        told = b""
        while True:
            try:
                piece = os.read(leader, 4096)
            except OSError:  # Linux says so when the other end is closed
                break
            if not piece:
                break
            told += piece
    os.close(leader)
    assert process.returncode == 1
    assert b"GR005" in told
    assert (b"\x1b[" in told) is coloured


def test_a_reader_that_leaves_early_is_no_fault(workspace: Path) -> None:
    command = f"{sys.executable} -m granskning schema criteria | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=workspace, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_output_is_utf8_whatever_the_terminal(workspace: Path, granskning: Run) -> None:
    (workspace / REVIEW).write_text("")
    done = granskning("check", cwd=workspace, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 1
    assert "?" not in done.stdout.replace("GR005", "")
