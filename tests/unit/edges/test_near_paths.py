"""What a path that is not there may have meant, by what lies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning.edges.lookup import nearest_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Prov-0.13.0.yaml", "prov-0.13.0.yaml"),
        ("prov@0.13.0.yaml", "prov-0.13.0.yaml"),
        ("prov-0.13.0", "prov-0.13.0.yaml"),
        ("prov-0.13.0.yml", "prov-0.13.0.yaml"),
        ("prov-0.10.0.yaml.txt", "prov-0.10.0.yaml"),
        ("granskaren", "granskaren.yaml"),
        ("gransakren.yaml", "granskaren.yaml"),
        ("nothing-like-it.yaml", None),
    ],
)
def test_a_name_is_held_against_names_without_their_endings_but_with_their_versions(
    tmp_path: Path, written: str, meant: str | None
) -> None:
    for name in ("prov-0.10.0.yaml", "prov-0.13.0.yaml", "granskaren.yaml"):
        (tmp_path / name).touch()
    assert nearest_path(tmp_path / written) == (None if meant is None else tmp_path / meant)
