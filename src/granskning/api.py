"""The public API: functions on values. What is named here is the promise; everything else may change."""

from granskning.files import Files, HeldFiles
from granskning.reporting.html.render import render_report
from granskning.reporting.review.report import make_review_report
from granskning.scoring.score import ScoringSession, compile_criteria, score_review
from granskning.tasks.data.export import export_workspace
from granskning.tasks.data.import_ import import_workbook
from granskning.tasks.editing.init import init_workspace
from granskning.tasks.editing.new import NewReview, new_review
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.folder.score import score_workspace
from granskning.tasks.reports.build import build
from granskning.tasks.reports.render import render_review
from granskning.workspace.load import load_files
from granskning.workspace.loaded import Loaded

__all__ = [
    "Files",
    "HeldFiles",
    "Loaded",
    "NewReview",
    "ScoringSession",
    "build",
    "compile_criteria",
    "export_workspace",
    "import_workbook",
    "init_workspace",
    "load_files",
    "make_review_report",
    "new_review",
    "open_workspace",
    "render_report",
    "render_review",
    "score_review",
    "score_workspace",
]
