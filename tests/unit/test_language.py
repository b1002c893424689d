"""Which language the terminal speaks: --lang, else GRANSKNING_LANG, the folder's, the system's; else Swedish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning.cli.language import language_of
from in_process import run_here

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = "schema: granskning/workspace/1\norganisation: X\nlanguage: en  # as the board reads\ncriteria: prov\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "settings", "language"),
    [
        (["--lang", "en", "check"], {"GRANSKNING_LANG": "sv"}, None, "en"),
        (["--lang=fi", "check"], {}, ENGLISH, "fi"),
        (["check"], {"GRANSKNING_LANG": "sv", "LANG": "en_GB.UTF-8"}, ENGLISH, "sv"),
        (["check"], {"GRANSKNING_LANG": "", "LANG": "sv_SE.UTF-8"}, ENGLISH, "en"),
        (["check"], {"GRANSKNING_LANG": "english please"}, None, "sv"),
        (["check"], {"LANG": "en_GB.UTF-8"}, None, "en"),
        (["check"], {"LC_ALL": "sv_SE.UTF-8", "LANG": "en_GB.UTF-8"}, None, "sv"),
        (["check"], {"LANG": "C.UTF-8"}, None, "sv"),
        (["check"], {"LANG": "de_DE.UTF-8"}, None, "sv"),
        (["check"], {"LANG": "en_GB"}, "language: [", "en"),
        (["check"], {}, None, "sv"),
    ],
)
def test_the_strongest_word_counts(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], settings: str | None, language: str
) -> None:
    if settings is not None:
        (tmp_path / "granskning.yaml").write_text(settings)
    assert language_of(["-C", str(tmp_path), *arguments], environment) == language


def test_faults_in_what_was_typed_are_told_in_it_too(tmp_path: Path) -> None:
    assert "no such" not in run_here(["chekc"], tmp_path, {}).stderr
    assert "did you mean check" in run_here(["chekc"], tmp_path, {"GRANSKNING_LANG": "en"}).stderr
    assert "did you mean check" in run_here(["chekc"], tmp_path, {"LANG": "en_US.UTF-8"}).stderr
    refused = run_here(["check"], tmp_path, {"GRANSKNING_LANG": "english please"})
    assert (refused.returncode, "english please" in refused.stderr) == (2, True)


@pytest.mark.parametrize("words", [["help"], ["--lang", "en", "help"], ["help", "check"], ["-C", ".", "help", "score"]])
def test_help_and_version_are_words_too(tmp_path: Path, words: list[str]) -> None:
    spelled = [*(word for word in words if word != "help"), "--help"]
    assert run_here(words, tmp_path, {}).stdout == run_here(spelled, tmp_path, {}).stdout != ""
    assert run_here(["version"], tmp_path, {}).stdout == run_here(["--version"], tmp_path, {}).stdout
