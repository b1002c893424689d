"""The names that files beside the YAML ones are looked for by are those that reports are made with."""

from granskning.files import HeldFiles
from granskning.model.palette import OWN_STYLE
from granskning.reporting.word.docx_document import REFERENCE
from granskning.tasks.reports.templates import _LOGOS
from granskning.workspace.checks.check_names import check_names


def test_each_file_of_the_templates_is_told_of_where_its_case_is_another() -> None:
    for name in (OWN_STYLE, REFERENCE, *_LOGOS):
        assert list(check_names(HeldFiles({f"templates/{name}": b""}))) == [], name
        told = [finding.values["expected"] for finding in check_names(HeldFiles({f"templates/{name.upper()}": b""}))]
        assert told == [name]
