"""The names that a folder has: strategies, rounds, roles, criteria sets. By its file names, so that it is quick.

Only a set's version and its questions' tags stand inside the files, where they are looked for without reading it all.

For a shell that completes what is being typed: where there is no working folder there are no names, and no error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.edges.disk import find_root, read_file
from granskning.errors import GranskningError
from granskning.files import TEXT
from granskning.shipped import framework_names

if TYPE_CHECKING:
    from pathlib import Path

_PLACES = {
    "strategy": ("strategies/*/strategy.yaml", 1),
    "round": ("strategies/*/reviews/*/*.yaml", 3),
    "role": ("strategies/*/reviews/*/*.yaml", 4),
    "set": ("criteria/*.yaml", 1),
    "indicator": ("criteria/statistics/*.yaml", 2),
    "report": ("templates/*/report.html.j2", 1),
}
"""Where the files of each kind lie, and which part of the path is the name."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_VERSION = re.compile(r"(?P<id>.+)-(?P<version>\d+\.\d+\.\d+)\Z")
_OWN_VERSION = re.compile(r"^version:[ \t]*[\"']?(\d+\.\d+\.\d+)", re.MULTILINE)
_TAGS = re.compile(r"^[ -]*tags:[ \t]*(?:\[(?P<flow>[^\]]*)\]|(?P<block>(?:\n[ ]*- *[a-z0-9-]+)+))", re.MULTILINE)
_TAG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def known_names(start: Path, kind: str) -> tuple[str, ...]:
    """The names of a kind in the working folder that a path is in, in order."""
    if kind == "framework":
        return framework_names()
    try:
        root = find_root(start)
        if kind == "version":
            return tuple(sorted(_versions(root)))
        if kind == "tag":
            return tuple(sorted(_tags(root)))
    except (GranskningError, OSError):
        return ()
    pattern, part = _PLACES[kind]
    names = (path.relative_to(root).with_suffix("").parts[part] for path in root.glob(pattern))
    return tuple(sorted({name for name in names if _NAME.match(name)}))


def known_review_names(start: Path, beginning: str) -> tuple[str, ...]:
    """What a name can go on with: STRATEGY, STRATEGY/ROUND or STRATEGY/ROUND/ROLE, a step further where only one fits.

    So the shell writes all that is certain, and shows what there is to choose from.
    """
    try:
        root = find_root(start)
    except GranskningError:
        return ()
    reviews = sorted(
        path.relative_to(root).with_suffix("").parts for path in root.glob("strategies/*/reviews/*/*.yaml")
    )
    names = {parts[1:2] + parts[3:] for parts in reviews if all(map(_NAME.match, parts))}
    names |= {(strategy,) for strategy in known_names(root, "strategy")}
    offered: list[str] = []
    for length in range(beginning.count("/") + 1, 4):
        of_length = sorted({"/".join(name[:length]) for name in names if len(name) >= length})
        fitting = [name for name in of_length if name.startswith(beginning)]
        offered += fitting
        if len(fitting) != 1:
            break
    return tuple(offered)


def _versions(root: Path) -> set[str]:
    """The versions of sets, as set@version: the frozen ones by their names, the current ones by what they say."""
    stems = (path.stem for path in root.glob("criteria/earlier/*.yaml"))
    frozen = {f"{match['id']}@{match['version']}" for stem in stems if (match := _VERSION.match(stem))}
    current = ((path.stem, _OWN_VERSION.search(_text(path))) for path in root.glob("criteria/*.yaml"))
    return frozen | {f"{name}@{match[1]}" for name, match in current if match}


def _tags(root: Path) -> set[str]:
    """The tags of the questions of the current sets."""
    texts = (_text(path) for path in root.glob("criteria/*.yaml"))
    lists = (match["flow"] or match["block"] or "" for text in texts for match in _TAGS.finditer(text))
    return {tag for names in lists for tag in _TAG.findall(names)}


def _text(path: Path) -> str:
    """The text of a file; what is no UTF-8 in it is told by `check`."""
    return read_file(path, TEXT).decode("utf-8", "replace")
