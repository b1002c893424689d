"""What is wrong in a working folder, for `check`, and all that the answer rests on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles
from granskning.errors import GranskningError
from granskning.tasks.checking.asked_files import AskedFiles, Ground
from granskning.tasks.checking.repository_state import NO_REPOSITORY, repository_state
from granskning.tasks.evidence.document_checks import with_documents
from granskning.tasks.folder.open import MISSING_SET, load_chosen
from granskning.tasks.history.approval_changes import find_approval_changes
from granskning.workspace.schema.kinds import LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.findings.finding import Finding
    from granskning.tasks.folder.chosen import Chosen
    from granskning.workspace.load import CheckElsewhere


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check has come to."""

    findings: tuple[Finding, ...]
    files: int
    """How many files were read."""
    ground: Ground | None
    """None where it rests on more than the folder's files and its commit: a git that gave no answer, a document that
    could not be read, or one outside the folder."""


def check_chosen(chosen: Chosen, elsewhere: Callable[[AskedFiles], CheckElsewhere] | None = None) -> Checked:
    """Load what was chosen, and find what is wrong with it, with its documents, and since its approvals.

    `elsewhere` makes what checks reviews in another place, of the files that are asked.
    """
    git = None
    with suppress(OSError, ValueError, GranskningError):
        git = repository_state(chosen.root)
    files = AskedFiles(FolderFiles(chosen.root))
    loaded = load_chosen(chosen, files, keep=False, elsewhere=elsewhere(files) if elsewhere else None)
    has_answer = not any(finding.rule.code == MISSING_SET for finding in loaded.findings)
    try:
        findings = find_approval_changes(chosen.root, loaded)
    except GranskningError:
        findings, has_answer = loaded.findings, has_answer and git == NO_REPOSITORY
    whole = with_documents(chosen.root, loaded, findings)
    is_read = len(whole) == len(findings)  # what hindered the reading of a document may be gone the next time
    rests_here = has_answer and is_read and not files.exists(LOCAL)  # which names documents outside the folder
    ground = Ground(files.questions, git) if git is not None and rests_here else None
    return Checked(whole, len(loaded.read), ground)
