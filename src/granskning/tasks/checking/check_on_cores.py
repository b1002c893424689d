"""Reviews checked on every core: copies of this process read them, and what each one's file decides comes back.

What a copy does not tell is checked here, so what is told in the end is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges.limits import usable_cores
from granskning.edges.workers import can_copy, run_in_copies
from granskning.errors import UnreadableFileError
from granskning.tasks.checking.checked import check_chosen
from granskning.workspace.review_parts import check_part, part_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.workspace import Workspace
    from granskning.tasks.checking.asked_files import AskedFiles
    from granskning.tasks.checking.checked import Checked
    from granskning.tasks.folder.chosen import Chosen
    from granskning.workspace.load import CheckedReview, CheckElsewhere

_FEWEST = 120
"""From so many reviews on, copies win more than they cost: some 30 ms each, ten reviews' time."""
_AT_ONCE = 100
"""So many reviews are read and told of together."""

_Told = tuple[dict[str, "CheckedReview"], dict[str, str]]
"""What checking some reviews has come to, and the questions that were put to the folder's files."""


def check_on_cores(chosen: Chosen, cores: int = 0) -> Checked:
    """What `check_chosen` tells, its reviews checked on so many cores; 0: all that there are."""
    cores = cores or (usable_cores() if can_copy() else 1)
    return check_chosen(chosen, lambda files: _checked_by(cores, files)) if cores > 1 else check_chosen(chosen)


def _checked_by(cores: int, files: AskedFiles) -> CheckElsewhere:
    def check(workspace: Workspace, paths: Sequence[str]) -> Mapping[str, CheckedReview]:
        checked: dict[str, CheckedReview] = {}
        if len(paths) < _FEWEST:
            return checked
        used = {name for criteria in workspace.criteria.values() for name in (criteria.file, criteria.base_file)}
        sets = {name: files.read(name) for name in sorted(used - {""})}

        def tell(share: Sequence[Sequence[str]]) -> Iterator[_Told]:
            for some in share:
                files.questions = {}
                reviews = dict(_texts(files, some))
                yield check_part(part_of(workspace, sets, reviews)), files.questions

        parts = [paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE)]
        for told, questions in run_in_copies(tell, [parts[number::cores] for number in range(cores)]):
            checked |= told
            files.note_asked(questions)
        return checked

    return check


def _texts(files: AskedFiles, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield what can be read."""
    for path in paths:
        try:
            yield path, files.read(path)
        except UnreadableFileError:
            continue
