"""What `explain` and the handbook say of each finding in general: a word for every field, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from granskning.cli.app import run
from granskning.findings.field_words import cure_in_general, in_general
from granskning.findings.rules import RULES
from granskning.i18n import Translator


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_field_has_a_word(language: str) -> None:
    t = Translator(language)
    for code, rule in RULES.items():
        for message, words in ((rule.message, in_general(rule.message, t)), (rule.hint, cure_in_general(rule, t))):
            assert "…" not in words, code
            assert "  " not in words, code
            assert not re.search(r"\{\w+\}|\{\{|\}\}|‹›", words), f"{code}: {words}"
            if message and not message.startswith("{"):
                assert words, code


def test_a_few_read_as_sentences() -> None:
    t = Translator("en")
    assert in_general(RULES["GR102"].message, t) == "the key ‹key› is there already"
    assert cure_in_general(RULES["GR301"], t) == "the finding's own hint lists what there is to choose from"
    assert cure_in_general(RULES["GR466"], t).startswith("put them on one length with normalise: {from: 0, to: 1}")
    assert cure_in_general(RULES["GR122"], t) == ""


def test_explain_lists_the_codes_in_order(capsys: Any) -> None:
    assert run(["explain"]) == 0
    codes = re.findall(r"^GR\d+", capsys.readouterr().out, re.MULTILINE)
    assert codes == sorted(RULES)
