"""What a misspelt name was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning.findings.suggestions import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

PLANS = ("affarsplan-2014-2020", "affarsplan-2015-2017", "exempellan-transportplan", "rus-2030")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("rus-2031", "rus-2030"),
        ("exempellan", "exempellan-transportplan"),
        ("exe", "exempellan-transportplan"),
        ("ex", None),  # two letters are no name
        ("affars", None),  # either may be meant
        ("rus-2030-utkast-med-långt-namn", None),
        ("", None),
    ],
)
def test_the_closest_name_or_the_only_one_that_begins_so(name: str, meant: str | None) -> None:
    assert nearest(name, PLANS) == meant


@pytest.mark.parametrize("command", [("new",), ("actions",), ("score",), ("search", "vatten")])
def test_a_strategy_that_is_not_there_is_told_alike(workspace: Path, granskning: Run, command: tuple[str, ...]) -> None:
    name, *words = command
    done = granskning("--lang", "en", name, "provp/" if name == "search" else "provp", *words, cwd=workspace)
    assert done.returncode == 2
    assert "did you mean provplan" in done.stderr, done.stderr


def test_where_there_is_no_strategy_it_says_how_one_is_begun(tmp_path: Path, granskning: Run) -> None:
    assert granskning("init", "--no-git", cwd=tmp_path).returncode == 0
    for words in (("new", "plan"), ("actions", "plan"), ("search", "plan", "vatten")):
        done = granskning("--lang", "en", *words, cwd=tmp_path)
        assert (done.returncode, "granskning serve" in done.stderr) == (2, True), done.stderr
