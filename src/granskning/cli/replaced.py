"""Which characters were printed as another one, told on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from granskning.cli.session import Session


def tell_replaced(session: Session, replaced: Iterable[tuple[str, str]]) -> None:
    """Name each output with the characters that no font has."""
    for name, character in replaced:
        message = session.t(
            "{file}: no font has the character {character} ({code}), so \N{REPLACEMENT CHARACTER} stands there",
            file=name,
            character=character,
            code=f"U+{ord(character):04X}",
        )
        session.tell(message)
