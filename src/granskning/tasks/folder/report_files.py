"""The files that reports of one strategy rest on, among all of a folder: the same that a build of everything takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.shared_parts.chain import make_links
from granskning.workspace.files_by_kind import files_of_kinds, files_of_strategies
from granskning.workspace.load import load_workspace
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from granskning.files import Files
    from granskning.model.strategy import Strategy


def read_strategies(files: Files) -> Mapping[str, Strategy]:
    """Every strategy by its id, from its own file."""
    return load_workspace(files, only=files_of_kinds(files, "strategy")).strategies


def files_of_reports(files: Files, names: Collection[str], strategies: Mapping[str, Strategy]) -> tuple[str, ...]:
    """What reports of these strategies rest on: their own files, reviews and actions, and those that are linked.

    Of a strategy that they rest on or take over from, or that rests on them, the chain of a report tells its title,
    owner and years: its own file is enough.
    """
    links = make_links(strategies)
    linked = {other for name in names if name in strategies for other in links.linked(name)}
    own = [path for path in files_of_strategies(files, names)
           if kind_of_file(path) in ("strategy", "actions", "review")]  # fmt: skip
    return tuple(dict.fromkeys([*own, *(strategies[name].file for name in sorted(linked))]))
