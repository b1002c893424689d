"""Levels in the words of a form."""

from __future__ import annotations

import pytest

from granskning.web.parts.form_words import level_words


@pytest.mark.parametrize(
    ("key", "label", "words"),
    [("2", "Delvis", "2 Delvis"), ("saknas", "Saknas", "Saknas"), ("i-viss-man", "I viss mån", "I viss mån"),
     ("2", "", "2"), ("2", "2", "2"), ("2.5", "Över", "2.5 Över"), ("namns", "", "namns")],
)  # fmt: skip
def test_a_level_is_its_number_and_word(key: str, label: str, words: str) -> None:
    assert level_words(key, label) == words
