"""The options that every command shares may stand before the command and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning.cli.app import make_command
from granskning.cli.shared_options import ALONE, WITH_VALUE, spelled_out

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


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
