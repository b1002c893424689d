"""The names that a folder has: strategies, rounds, roles, criteria sets. By its file names alone, so that it is quick.

For a shell that completes what is being typed: where there is no working folder there are no names, and no error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.edges.disk import find_root
from granskning.errors import GranskningError
from granskning.shipped import framework_names

if TYPE_CHECKING:
    from pathlib import Path

_PLACES = {
    "strategy": ("strategies/*/strategy.yaml", 1),
    "round": ("strategies/*/reviews/*/*.yaml", 3),
    "role": ("strategies/*/reviews/*/*.yaml", 4),
    "set": ("criteria/*.yaml", 1),
    "indicator": ("criteria/statistics/*.yaml", 2),
}
"""Where the files of each kind lie, and which part of the path is the name."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_VERSION = re.compile(r"(?P<id>.+)-(?P<version>\d+\.\d+\.\d+)\Z")


def known_names(start: Path, kind: str) -> tuple[str, ...]:
    """The names of a kind in the working folder that a path is in, in order."""
    if kind == "framework":
        return framework_names()
    try:
        root = find_root(start)
    except GranskningError:
        return ()
    if kind == "version":
        return tuple(sorted(_versions(root)))
    pattern, part = _PLACES[kind]
    names = (path.relative_to(root).with_suffix("").parts[part] for path in root.glob(pattern))
    return tuple(sorted({name for name in names if _NAME.match(name)}))


def _versions(root: Path) -> set[str]:
    """The frozen versions of sets, as set@version; the current ones say theirs inside the file alone."""
    stems = (path.stem for path in root.glob("criteria/earlier/*.yaml"))
    return {f"{match['id']}@{match['version']}" for stem in stems if (match := _VERSION.match(stem))}
