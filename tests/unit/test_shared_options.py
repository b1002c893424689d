"""The options that every command shares may stand before the command and after it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import granskning
from granskning.cli.app import make_command
from granskning.cli.shared_options import ALONE, WITH_VALUE, spelled_out

if TYPE_CHECKING:
    from conftest import Run

SITE = f"import sys\nsys.path.insert(0, {str(Path(granskning.__file__).parents[1])!r})"
"""Without the site's own files, which may load anything."""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("check --lang en", "--lang en check"),
        ("check --lang=en fil.yaml -q", "--lang=en -q check fil.yaml"),
        ("-C mapp check --no-cache", "-C mapp --no-cache check"),
        ("score -C mapp plan/2026-11 --format json", "-C mapp score plan/2026-11 --format json"),
        ("save -m -v", "save -m -v"),  # it may be the message
        ("check -- --lang en", "check -- --lang en"),
        ("help check --lang en", "--lang en check --help"),
        ("check --lang", "--lang check"),  # which then says that the value is missing
        ("--help", "--help"),
        ("", ""),
    ],
)
def test_what_is_shared_goes_first(written: str, meant: str) -> None:
    assert " ".join(spelled_out(written.split())) == meant


def test_no_command_has_an_option_that_all_share() -> None:
    program = make_command("en")
    own = {name for parameter in program.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert own - {"--version"} == {*WITH_VALUE, *ALONE}
    for command in program.commands.values():
        for child in (command, *getattr(command, "commands", {}).values()):
            assert not own & {name for parameter in child.params for name in parameter.opts}, child.name


def test_a_planner_writes_it_where_it_comes_to_mind(workspace: Path, granskning: Run) -> None:
    done = granskning("check", "--lang", "en", "--no-cache", cwd=workspace)
    assert (done.returncode, "Nothing to remark" in done.stdout + done.stderr) == (0, True), done.stdout
    late = granskning("build", "--unknown", "--no-cache", cwd=workspace)
    assert late.returncode == 2


def test_the_version_is_told_without_what_takes_time_to_read() -> None:
    program = """
import sys
before = set(sys.modules)
from granskning.cli.front_door import enter
enter(["--lang", "sv", "version"])
print({"typing", "re", "typer", "dataclasses"} & (set(sys.modules) - before))
"""
    done = subprocess.run([sys.executable, "-S", "-c", SITE + program], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.splitlines()[1:]) == ("", ["set()"])
