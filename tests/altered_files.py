"""Files that a test changes word by word: what is to be replaced must be there, else the test would test nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


def with_pieces(text: str, *pieces: tuple[str, str]) -> str:
    """A text with the first of each piece replaced; each must be there."""
    for old, new in pieces:
        assert old in text, f"no {old!r} in: {text[:200]}"
        text = text.replace(old, new, 1)
    return text


def change_file(place: Path, *pieces: tuple[str, str]) -> None:
    """Replace pieces of a file's text."""
    place.write_text(with_pieces(place.read_text("utf-8"), *pieces), "utf-8", newline="\n")


def copy_altered(place: Path, other: Path, *pieces: tuple[str, str]) -> None:
    """Another file that reads as the first but for these pieces."""
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(place.read_bytes())
    change_file(other, *pieces)


def values_of(place: Path) -> dict[str, Any]:
    """What a file of YAML says."""
    values: dict[str, Any] = yaml.safe_load(place.read_bytes())
    return values
