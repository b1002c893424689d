"""What a shell is offered while an argument is typed: names of the folder, of the gallery, of tables and codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from granskning.cli.app import run
from granskning.findings.rules import RULES
from granskning.tasks.folder.known_names import known_names

BASE = Path(__file__).parents[1] / "cases" / "base"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("init --set npsa", ["npsa-risk-matrix"]),
        ("new p", ["provplan"]),
        ("new provplan --round 2026", ["2026-11"]),
        ("new provplan --from 2026", ["2026-11"]),
        ("new provplan --reviewer gr", ["granskaren"]),
        ("new provplan --criteria ", ["prov"]),
        ("render x --against 2026", ["2026-11"]),
        ("actions p", ["provplan"]),
        ("history p", ["provplan"]),
        ("revise p", ["prov"]),
        ("export --table crit", ["criteria_sets", "criteria"]),
        ("explain GR46", [code for code in RULES if code.startswith("GR46")]),
        ("publish x --accept GR52", [code for code in RULES if code.startswith("GR52")]),
        ("approve x --role gr", ["granskaren"]),
        ("migrate x --to p", []),
        ("schema man", ["manifest"]),
        ("exp", ["export", "explain"]),
        ("export --format p", ["parquet"]),
    ],
)
def test_a_shell_is_offered_what_can_stand_there(
    typed: str, offered: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["granskning", "-C", str(BASE), *typed.split(" ")]
    monkeypatch.setenv("_GRANSKNING_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    with pytest.raises(SystemExit):
        run([])
    assert sorted(capsys.readouterr().out.split()) == sorted(offered)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_what_it_needs(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_GRANSKNING_COMPLETE", f"source_{shell}")
    with pytest.raises(SystemExit):
        run([])
    assert f"_GRANSKNING_COMPLETE=complete_{shell}" in capsys.readouterr().out


def test_outside_a_folder_there_are_no_names_and_only_ids_are_offered(tmp_path: Path) -> None:
    assert known_names(tmp_path, "strategy") == ()
    (tmp_path / "granskning.yaml").touch()
    for name in ("a-b", "c;d", "$(x)"):
        (tmp_path / "strategies" / name).mkdir(parents=True)
        (tmp_path / "strategies" / name / "strategy.yaml").touch()
    (tmp_path / "criteria/earlier").mkdir(parents=True)
    (tmp_path / "criteria/earlier/prov-0.9.0.yaml").touch()
    assert known_names(tmp_path, "strategy") == ("a-b",)
    assert known_names(tmp_path, "version") == ("prov@0.9.0",)
