"""The front door: the bytes of a file that is brought in, a draft of a criteria set out, whatever form they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.json_reading import parse_json
from granskning.workspace.libraries.case import read_case
from granskning.workspace.libraries.csv_reading import read_csv
from granskning.workspace.libraries.oscal import read_oscal
from granskning.workspace.libraries.table import read_table, require_few

if TYPE_CHECKING:
    from granskning.workspace.libraries.draft import SetDraft

MOST_JSON = 32 << 20
"""Bytes; the largest catalog that is published, NIST SP 800-53, takes some ten million."""
_FORMS = N_("an OSCAL catalog (NIST) and a CASE package (1EdTech) can be read")
_OTHER_OSCAL = frozenset(
    {"profile", "component-definition", "system-security-plan", "assessment-plan", "assessment-results",
     "plan-of-action-and-milestones", "mapping-collection"}
)  # fmt: skip
_OTHER_CASE = frozenset({"CFDocuments", "CFItem", "CFItems", "CFAssociations", "CFRubric", "CFDocument"})


def is_json(data: bytes) -> bool:
    """Whether the bytes begin as JSON does."""
    return data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read_json_library(data: bytes, name: str) -> SetDraft:
    """The draft of a library in JSON. Raises UsageError for what is none, or of a kind that is not read."""
    if len(data) > MOST_JSON:
        message = N_("{file} is larger than any criteria library")
        raise UsageError(message, N_("ask its publisher for a part of it"), file=name)
    try:
        values = parse_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        message = N_("{file} is JSON that is broken, or nested too deep")
        raise UsageError(message, N_("fetch it anew from where it is published"), file=name) from error
    draft = _draft(values, name)
    require_few(len(draft.questions))
    return draft


def _draft(values: Any, name: str) -> SetDraft:
    if not isinstance(values, dict):
        raise UsageError(N_("{file} is JSON, but no criteria library"), _FORMS, file=name)
    if isinstance(values.get("catalog"), dict):
        return read_oscal(values)
    if isinstance(values.get("CFPackage"), dict) or (
        "CFDocument" in values and ("CFItems" in values or "CFRubrics" in values)
    ):
        return read_case(values)
    for kind in sorted(_OTHER_OSCAL & values.keys()):
        message = N_("{file} is another kind of OSCAL file than a catalog: {kind}")
        raise UsageError(message, N_("choose the catalog that it builds on"), file=name, kind=kind)
    if _OTHER_CASE & values.keys():
        message = N_("{file} is a part of a CASE framework, not the whole package")
        raise UsageError(message, N_("fetch the whole one, at the address that has CFPackages in it"), file=name)
    if str(values.get("schema", "")).startswith("granskning/"):
        message = N_("{file} is something that granskning wrote, but no criteria set")
        raise UsageError(message, N_("a criteria set of another folder is copied as its file in criteria/"), file=name)
    raise UsageError(N_("{file} is JSON, but no criteria library"), _FORMS, file=name)


def read_csv_library(data: bytes, name: str) -> SetDraft:
    """The draft of a CSV file. Raises UsageError."""
    return read_table([read_csv(data, name)])
