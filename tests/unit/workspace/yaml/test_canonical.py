from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from granskning.model.method import SILENT_WHEN_UNSET
from granskning.workspace.yaml.canonical_form import canonical, content_hash

if TYPE_CHECKING:
    from conftest import Alter, Load
    from granskning.model.criteria import CriteriaSet

CRITERIA = "criteria/prov.yaml"


def test_spelling() -> None:
    value = {"b": (1, "å"), "a": Fraction(2, 3), "c": frozenset({"y", "x"}), "d": None}
    assert canonical(value) == '{"a":"2/3","b":[1,"å"],"c":["x","y"],"d":null}'


def test_what_has_no_spelling_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"a": object()})
    with pytest.raises(TypeError):
        canonical({"a": CriteriaKind})


class CriteriaKind:
    """A type, not a value."""


def test_where_a_file_lies_is_no_content(prov: CriteriaSet) -> None:
    assert content_hash(replace(prov, file="criteria/earlier/prov-1.0.0.yaml")) == content_hash(prov)
    assert '"file"' not in canonical(prov)


def test_layout_is_no_content(load: Load, base_files: dict[str, bytes], prov: CriteriaSet) -> None:
    text = base_files[CRITERIA].decode()
    relaid = "# a comment\n" + text.replace("{sv: Prov, en: Trial}", "\n  en: 'Trial'\n  sv: >-\n    Prov").replace(
        "\n", "\r\n"
    )
    assert content_hash(load({CRITERIA: relaid}).workspace.criteria["prov@1.0.0"]) == content_hash(prov)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{sv: Prov, en: Trial}", "{sv: Prov, en: Trail}"),
        ("{value: 2, why:", "{value: 2.5, why:"),
        ("at: 1}", "at: 2}"),
        ("coverage: 80 %", "coverage: 81 %"),
        ("evidence: [1, 2, 3]", "evidence: [2, 3]"),
        ("{from: 1.5, id: hog", "{from: 1.6, id: hog"),
        ("        not_applicable: allowed\n", ""),
    ],
)
def test_every_change_of_content_shows(old: str, new: str, load: Load, alter: Alter, prov: CriteriaSet) -> None:
    changed = load(alter(CRITERIA, (old, new))).workspace.criteria["prov@1.0.0"]
    assert content_hash(changed) != content_hash(prov)
    assert len(content_hash(changed)) == 64


def test_equal_numbers_are_equal_however_written(load: Load, alter: Alter) -> None:
    one = load(alter(CRITERIA, ("from: 1.5, id", "from: 1.50, id"))).workspace.criteria["prov@1.0.0"]
    assert content_hash(one) == content_hash(load().workspace.criteria["prov@1.0.0"])


@dataclass(frozen=True)
class Dated:
    """A value whose last two fields came later than the first hashes of it."""

    a: int
    b: int = 0
    c: int = field(default=0, metadata=SILENT_WHEN_UNSET)
    d: tuple[int, ...] = field(default_factory=tuple, metadata=SILENT_WHEN_UNSET)


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        (Dated(1), '{"a":1,"b":0}'),
        (Dated(1, 2), '{"a":1,"b":2}'),
        (Dated(1, 2, 3, (4,)), '{"a":1,"b":2,"c":3,"d":[4]}'),
    ],
)
def test_a_field_that_came_later_is_told_only_where_it_is_set(value: Dated, spelling: str) -> None:
    """What was hashed before the field came keeps its hash; every other field is told whatever it is."""
    assert canonical(value) == spelling
