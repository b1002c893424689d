"""Reviews checked by the machines of a cluster: their texts go there, what each one's file decides comes back.

What the cluster does not tell is checked here, so what is told in the end is the same.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from granskning.edges.cluster.host import JobKind
from granskning.edges.limits import Limit
from granskning.errors import GranskningError, UnreadableFileError
from granskning.tasks.checking.checked import check_chosen
from granskning.tasks.folder.cluster import open_cluster
from granskning.workspace.review_parts import check_part, part_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.edges.cluster.client import Cluster
    from granskning.files import Files
    from granskning.model.workspace import Workspace
    from granskning.tasks.checking.checked import Checked
    from granskning.tasks.folder.chosen import Chosen
    from granskning.tasks.folder.cluster import SchedulerChoice
    from granskning.workspace.load import CheckedReview, CheckElsewhere

DECIDING = ("pyyaml", "jsonschema", "jsonschema-rs")
"""The libraries that decide what is found."""
_LIMIT = Limit(120.0)
"""A part takes some seconds."""
_LEAST, _MOST = 20, 400
"""Reviews in a part: so many that sending the criteria sets along is little, so few that they fit in memory."""
_SHARES = 4
"""So many parts for each thread, so that none waits for the last."""


@contextmanager
def _nothing_more() -> Iterator[tuple[()]]:
    yield ()


CHECKING = JobKind(
    "granskning.tasks.checking.cluster_check:CHECKING",
    check_part,
    _nothing_more,
    ("granskning.workspace.review_parts",),
)
"""Checking a part as a job that other machines can do."""


def check_by_cluster(chosen: Chosen, scheduler: SchedulerChoice) -> Checked:
    """What `check_chosen` tells, its reviews checked by the scheduler's machines.

    Raises UsageError, MissingPartError or ClusterError for a scheduler that cannot be used or is lost.
    """
    with open_cluster(scheduler, DECIDING) as cluster:
        return check_chosen(chosen, lambda files: _checked_by(cluster, files))


def _checked_by(cluster: Cluster, files: Files) -> CheckElsewhere:
    def check(workspace: Workspace, paths: Sequence[str]) -> Mapping[str, CheckedReview]:
        used = {name for criteria in workspace.criteria.values() for name in (criteria.file, criteria.base_file)}
        sets = dict(_texts(files, sorted(used - {""})))
        size = max(_LEAST, min(_MOST, len(paths) // (cluster.threads * _SHARES)))
        starts = range(0, len(paths), size)
        parts = ((part_of(workspace, sets, dict(_texts(files, paths[start : start + size]))),) for start in starts)
        checked: dict[str, CheckedReview] = {}
        for _, outcome in cluster.run(CHECKING, parts, _LIMIT):
            if not isinstance(outcome, GranskningError):
                checked |= outcome
        return checked

    return check


def _texts(files: Files, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield what can be read."""
    for path in paths:
        try:
            yield path, files.read(path)
        except UnreadableFileError:
            continue
