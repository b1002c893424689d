"""What a shell is offered while an argument is typed: names of the folder, of the gallery, of tables and codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from granskning.cli.app import run
from granskning.findings.rules import RULES
from granskning.tasks.folder.known_names import known_names, known_review_names

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
        ("history p", ["provplan", "provplan/2026-11", "provplan/2026-11/granskaren"]),
        ("score prov", ["provplan", "provplan/2026-11", "provplan/2026-11/granskaren"]),
        ("approve provplan/2", ["provplan/2026-11", "provplan/2026-11/granskaren"]),
        ("render strategies/", []),
        ("export --tag ", []),
        ("revise p", ["prov"]),
        ("export --table crit", ["criteria_sets", "criteria"]),
        ("explain GR46", [code for code in RULES if code.startswith("GR46")]),
        ("publish x --accept GR52", [code for code in RULES if code.startswith("GR52")]),
        ("approve x --role gr", ["granskaren"]),
        ("migrate x --to p", ["prov@1.0.0"]),
        ("schema man", ["manifest"]),
        ("exp", ["export", "explain"]),
        ("export --format p", ["parquet"]),
        ("export --criteria p", ["prov"]),
        ("import x --review provplan/2", ["provplan/2026-11", "provplan/2026-11/granskaren"]),
        ("diff provplan/2", ["provplan/2026-11", "provplan/2026-11/granskaren"]),
        ("diff x provplan/2026-11/", ["provplan/2026-11/granskaren"]),
        ("render x --report r", ["review", "round"]),
        ("--lang ", ["sv", "en"]),
        ("--color a", ["auto", "always"]),
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


def test_tags_and_versions_are_found_inside_the_sets(tmp_path: Path) -> None:
    (tmp_path / "granskning.yaml").touch()
    (tmp_path / "criteria").mkdir()
    text = "version: '1.2.3'\ntargets:\n- tags: [a-b, c]\n  x: y\n- tags:\n    - d\n    - e-f\n  question: g\n"
    (tmp_path / "criteria/prov.yaml").write_text(text)
    assert known_names(tmp_path, "tag") == ("a-b", "c", "d", "e-f")
    assert known_names(tmp_path, "version") == ("prov@1.2.3",)


def test_a_name_is_offered_as_far_as_only_one_fits(tmp_path: Path) -> None:
    (tmp_path / "granskning.yaml").touch()
    for name in ("a/reviews/r1/x", "a/reviews/r1/y", "a/reviews/r2/x", "b/reviews/r1/z", "c;d/reviews/r1/z"):
        file = tmp_path / f"strategies/{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert known_review_names(tmp_path, "") == ("a", "b")
    assert known_review_names(tmp_path, "a") == ("a", "a/r1", "a/r2")
    assert known_review_names(tmp_path, "b/") == ("b/r1", "b/r1/z")
    assert known_review_names(tmp_path, "a/r1/") == ("a/r1/x", "a/r1/y")
    assert known_review_names(tmp_path, "a/r3/") == ()
    assert known_review_names(tmp_path / "..", "a") == ()


@pytest.mark.parametrize(
    ("typed", "word", "offered"),
    [("granskning sco", "sco", ["score"]), ("granskning score provplan/", "provplan/", ["provplan/2026-11"])],
)
def test_powershell_gets_a_line_with_three_colons_for_each_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, word: str, offered: list[str]
) -> None:
    """The form that the printed script splits at; no PowerShell runs here."""
    monkeypatch.chdir(BASE)
    monkeypatch.setenv("_GRANSKNING_COMPLETE", "source_powershell")
    with pytest.raises(SystemExit):
        run([])
    script = capsys.readouterr().out
    assert "Register-ArgumentCompleter -Native -CommandName granskning -ScriptBlock" in script
    assert '$_ -Split ":::"' in script
    asked = {"_GRANSKNING_COMPLETE": "complete_powershell", "_TYPER_COMPLETE_ARGS": typed}
    asked["_TYPER_COMPLETE_WORD_TO_COMPLETE"] = word
    for name, value in asked.items():
        assert f"$Env:{name} = " in script
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        run([])
    lines = capsys.readouterr().out.splitlines()
    assert all(line.count(":::") == 1 for line in lines if line)
    assert [line.partition(":::")[0] for line in lines if line][:1] == offered
