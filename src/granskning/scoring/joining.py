"""What the result of a round is made of (hur granskare läggs samman): by the kinds of its reviews and the set's method.

The one place that decides it, for a folder that is scored and for what git remembers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


OF_ONE_REVIEW = frozenset({"single", "consensus"})
"""The methods by which a round's result is that of one of its reviews, as it stands."""


class Joining(NamedTuple):
    """How the result of a round is made of its reviews."""

    method: str
    members: tuple[int, ...]
    """The places of the reviews that it is made of; none where there is no joint result."""
    deciding: tuple[int, ...]
    """The places of the reviews whose status and reading are the round's: those or, without one, all reviewers'."""
    missing: bool = False
    """Whether a joint review is declared but not there."""


def choose_joining(kinds: Sequence[str], declared: str | None, *, is_whole: bool) -> Joining:
    """What the result of a round is made of, by the kinds of its reviews and the method that its set declares.

    `is_whole` tells that all files of the round count: without them, nobody can tell what all reviewers say.
    """
    joint = tuple(place for place, kind in enumerate(kinds) if kind == "consensus")[:1]
    own = tuple(place for place, kind in enumerate(kinds) if kind != "consensus")
    method = declared or None
    if method in (None, "consensus", "none") and not joint and len(own) == 1 and is_whole:
        return Joining("single", own, own)
    if method == "none":
        return Joining("none", (), own or joint)
    if method in (None, "consensus") or (is_whole and not own):
        return Joining("consensus", joint, joint or own, missing=not joint)
    return Joining(method, own if is_whole else (), own or joint)


def stands_beside_reviews(kinds: Sequence[str], declared: str | None, *, counted: int, is_whole: bool) -> bool:
    """Whether a round has a result of its own, told beside those of its reviews; with one plain review it has none.

    `kinds` are those of the reviews that are laid together, `counted` how many reviews of the round count at all.
    """
    return counted > 1 or not is_whole or "consensus" in kinds or bool(declared)
