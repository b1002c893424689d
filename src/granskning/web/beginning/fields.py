"""What a form that begins something says, as keys of a file; and the document that comes along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.datastructures import FormData, UploadFile

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.editing.strategy_file import NewDocument
from granskning.web.access.request_checks import LARGEST
from granskning.web.parts.context import MOST_FIELDS, visit_of
from granskning.workspace.schema.written_dates import read_date
from granskning.workspace.yaml.pasted_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

KINDS = {"strategy": N_("strategy"), "plan": N_("plan"), "programme": N_("programme"), "project": N_("project")}
"""What a strategy can be."""


class GivenFields(dict[str, str]):
    """What a form was sent with, to be shown again; a field that it lacks is empty."""

    def __missing__(self, field: str) -> str:
        """Nothing was written there."""
        return ""


async def upload_form(request: Request) -> tuple[dict[str, str], NewDocument | None]:
    """The fields of a form as text, and the document that was chosen in it.

    Raises UsageError for a document that is empty, or that the user may not bring.
    """
    form: FormData = await request.form(max_fields=MOST_FIELDS, max_part_size=LARGEST)
    texts = {name: clean_text(value) for name, value in form.items() if isinstance(value, str)}
    document = form.get("document")
    if not isinstance(document, UploadFile) or not document.filename:
        await form.close()
        return texts, None
    if not visit_of(request).may("upload"):
        await form.close()
        message = N_("your role may not bring documents in, so nothing was saved")
        raise UsageError(message, N_("leave the document out, and give its web address"))
    data = await document.read()
    await form.close()
    if not data:
        raise UsageError(N_("{name} is empty"), N_("choose the document again"), name=document.filename)
    return texts, NewDocument(document.filename, data, is_kept=bool(texts.get("keep")))


def strategy_fields(form: Mapping[str, str]) -> dict[str, Any]:
    """A strategy's own keys."""
    period = {key: _part_of_date(form.get(key, "")) for key in ("from", "to") if form.get(key)}
    return {
        "title": form.get("title", ""),
        "kind": form.get("kind") if form.get("kind") in KINDS else "strategy",
        "area": form.get("area", ""),
        "owner": _lines(form.get("owner", "")),
        "partners": _lines(form.get("partners", "")),
        "period": period,
        "case_number": form.get("case_number", ""),
        "about": form.get("about", ""),
    }


def edition_fields(form: Mapping[str, str]) -> dict[str, Any]:
    """An edition's own keys."""
    address = form.get("address", "")
    return {
        "title": form.get("edition_title", ""),
        "stage": form.get("stage") or "adopted",
        "date": _part_of_date(form.get("date", "")),
        "address": address,
        "retrieved": read_date(form.get("retrieved", "")) if address else "",
    }


def _part_of_date(text: str) -> str | int:
    """A date, whole or in part; a year alone is a number, as files have it."""
    date = read_date(text)
    return int(date) if date.isascii() and date.isdigit() and len(date) == 4 else date  # noqa: PLR2004  # a year


def _lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
