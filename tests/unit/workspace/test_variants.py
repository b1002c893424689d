"""A variant is the other set with some of it replaced: one whole set for all that follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.workspace.load import load_files
from granskning.workspace.variants import named_base, whole_bytes, whole_values
from granskning.workspace.yaml.canonical_form import content_hash
from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet

SETTINGS = "schema: granskning/workspace/1\norganisation: Prov\nlanguage: sv\ncriteria: bas\n"
BASE = """\
schema: granskning/criteria/1
id: bas
version: 1.0.0
title: Bas
owner: Regionen
scale:
  - {value: 0, label: Saknas}
  - {value: 1, label: Finns}
classes:
  - {id: tung, title: Tung, weight: {value: 2, why: Ja}}
targets:
  - id: a
    title: A
    criteria:
      - {id: a-ett, question: Ett?, critical: true, levels: {0: noll, 1: ett}}
      - {id: a-tva, question: Två?, levels: {0: noll, 1: ett}}
    targets:
      - id: a-under
        title: Under
        criteria:
          - {id: a-tre, question: Tre?, levels: {0: noll, 1: ett}}
  - id: b
    title: B
    criteria:
      - {id: b-ett, question: Ett?, levels: {0: noll, 1: ett}}
scoring:
  criteria: {method: mean}
  targets: {method: mean}
  bands:
    - {from: 0, id: lag, label: Låg}
"""
HEAD = "schema: granskning/criteria/1\nextends: bas@1.0.0\nid: min\nversion: 1.0.0\ntitle: Min\n"


def files_of(body: str, **more: str) -> HeldFiles:
    contents = {"granskning.yaml": SETTINGS, "criteria/bas.yaml": BASE, "criteria/min.yaml": HEAD + body}
    return HeldFiles({path: text.encode() for path, text in (contents | more).items()})


def resolved(body: str) -> CriteriaSet:
    loaded = load_files(files_of(body))
    assert not loaded.broken, loaded.findings
    return loaded.workspace.criteria["min@1.0.0"]


def test_what_is_not_named_is_as_in_the_other_set() -> None:
    base = load_files(files_of("")).workspace.criteria["bas@1.0.0"]
    own = resolved("")
    assert own == replace(base, id="min", title={"sv": "Min"}, owner="", variant_of="bas@1.0.0", file=own.file)
    assert (own.file, own.base_file) == ("criteria/min.yaml", "criteria/bas.yaml")


def test_parts_go_by_id_and_all_else_is_whole() -> None:
    own = resolved(
        "removes:\n  targets: [a-under]\n  scoring: [bands]\n"
        "scale:\n  - {value: 0, label: Nej}\n  - {value: 1, label: Ja}\n"
        "targets:\n  - id: b\n    criteria:\n      - {id: b-ett, critical: true}\n"
        "      - {id: b-tva, question: Ny?, levels: {0: noll, 1: ett}}\n"
        "  - {id: c, title: C, criteria: [{id: c-ett, question: Ny?, levels: {0: noll, 1: ett}}]}\n"
        "scoring:\n  targets: {method: none}\n"
    )
    assert [one.id for one in own.criteria] == ["a-ett", "a-tva", "b-ett", "b-tva", "c-ett"]
    assert [one.id for one in own.criteria if one.critical] == ["a-ett", "b-ett"]
    assert [level.label["sv"] for level in own.scale] == ["Nej", "Ja"]
    assert (own.scoring.criteria.method, own.scoring.targets.method) == ("mean", "none")
    assert own.scoring.targets.bands == ()


def test_a_question_is_moved_by_removing_it_and_writing_it_whole() -> None:
    own = resolved(
        "removes: {criteria: [a-tva]}\ntargets:\n  - id: b\n    criteria:\n"
        "      - {id: a-tva, question: Två?, levels: {0: noll, 1: ett}}\n"
    )
    assert [one.id for one in own.criteria] == ["a-ett", "a-tre", "b-ett", "a-tva"]


def test_words_without_a_language_stay_in_that_of_their_own_set() -> None:
    own = resolved("language: fi\ntargets:\n  - {id: a, criteria: [{id: a-ett, question: Yksi?}]}\n")
    questions = {one.id: one.question for one in own.criteria}
    assert questions["a-ett"] == {"fi": "Yksi?"}
    assert questions["a-tva"] == {"sv": "Två?"}
    assert own.criteria[0].levels["0"] == {"sv": "noll"}
    assert own.criteria[0].critical


@pytest.mark.parametrize(
    "body", ["", "removes: {criteria: [a-ett]}\n", "language: fi\nscoring: {targets: {method: none}}\n"]
)
def test_what_is_written_out_is_the_same_set_without_the_other(body: str) -> None:
    files = files_of(body)
    data = whole_bytes(files, "criteria/min.yaml")
    assert read(data.decode()).value == whole_values(files, "criteria/min.yaml")
    assert named_base(data) == ""
    alone = HeldFiles({"granskning.yaml": SETTINGS.encode(), "criteria/earlier/min-1.0.0.yaml": data})
    loaded = load_files(alone)
    frozen = loaded.workspace.criteria["min@1.0.0"]
    assert content_hash(frozen) == content_hash(load_files(files).workspace.criteria["min@1.0.0"])
    assert whole_bytes(files, "criteria/bas.yaml") == BASE.encode()


def test_a_finding_stands_where_its_text_stands_and_is_told_once() -> None:
    # what the other set's text is about is told there; what only the variant makes wrong, at the variant
    files = files_of("targets:\n  - id: a\n    criteria:\n      - {id: a-tva, weight: 3}\n")
    found = [(one.rule.code, one.at.file, one.place.line if one.place else 0) for one in load_files(files).findings]
    assert ("GR407", "criteria/min.yaml", 9) in found
    assert [entry for entry in found if entry[0] == "GR407"] == [("GR407", "criteria/min.yaml", 9)]
    shared = BASE.replace("{id: b-ett,", "{id: b-ett, weight: 3,")
    files = files_of("", **{"criteria/bas.yaml": shared})
    found = [(one.rule.code, one.at.file, one.place.line if one.place else 0) for one in load_files(files).findings]
    assert [entry[1] for entry in found if entry[0] == "GR407"] == ["criteria/bas.yaml"]


def test_the_sources_number_is_printed_and_a_short_title_in_tables() -> None:
    own = resolved(
        "targets:\n  - id: a\n    number: A\n    criteria:\n      - {id: a-ett, number: A.1 b, short_title: Kort}\n"
    )
    words = Lexicon(Translator("sv"), own)
    assert {name: words.numbers[name] for name in ("a", "a-ett", "a-tva", "a-tre", "b")} == {
        "a": "A", "a-ett": "A.1 b", "a-tva": "A.2", "a-tre": "A.3.1", "b": "2",
    }  # fmt: skip
    assert (words.short_title("a-ett"), words.short_title("a-tva"), words.short_title("a")) == ("Kort", "Två?", "A")


def test_a_frozen_variant_stays_when_the_other_set_changes() -> None:
    frozen = {"criteria/earlier/min-1.0.0.yaml": whole_bytes(files_of(""), "criteria/min.yaml").decode()}
    same = load_files(files_of("", **frozen))
    assert same.workspace.criteria["min@1.0.0"].file == "criteria/min.yaml"
    moved = load_files(
        files_of("", **frozen, **{"criteria/bas.yaml": BASE.replace("question: Ett?", "question: Nytt?")})
    )
    kept = moved.workspace.criteria["min@1.0.0"]
    assert (kept.file, kept.criteria[0].question) == ("criteria/earlier/min-1.0.0.yaml", {"sv": "Ett?"})
    assert ("GR471", "criteria/min.yaml") in [(one.rule.code, one.at.file) for one in moved.findings]
