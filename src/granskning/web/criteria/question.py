"""A question or a target of a set, edited in a form beside how it will look; added, and taken away with its reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from granskning.errors import UnknownFileError, UsageError
from granskning.i18n import N_
from granskning.model.question_fields import LEVEL, QUESTION_FIELDS, YES
from granskning.tasks.criteria.edit_part import (
    PartSave,
    add_question,
    earlier_version,
    keep_part,
    remove_question,
    row_of_part,
)
from granskning.tasks.criteria.part_fields import languages_of
from granskning.tasks.criteria.set_file import values_of_set
from granskning.web.criteria.field_faults import faults_by_field
from granskning.web.criteria.one_set import (
    back_to,
    context_of,
    is_editable,
    read_form,
    refused_page,
    settled_words,
)
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.criteria_set import set_of
from granskning.web.parts.form_words import level_words
from granskning.web.parts.forms import answer_form
from granskning.workspace.yaml.pasted_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from granskning.model.lineage import ChangeKind
    from granskning.tasks.criteria.edit_part import KeptPart, PartKind
    from granskning.web.parts.context import RequestContext

_KINDS: dict[str, PartKind] = {"fraga": "criteria", "malbild": "targets"}
CHANGES: dict[ChangeKind, str] = {
    "editorial": N_("the wording alone: answers stand"),
    "clarified": N_("easier to judge, the same meaning: answers stand"),
    "substantive": N_("another meaning: answers must be judged again"),
}
"""What a change to a question can be, and what becomes of answers that were given before it."""
_TICKS = tuple(field.key for field in QUESTION_FIELDS if field.kind == "yes")


async def show(request: Request) -> Response:
    """The form."""
    visit, part = visit_of(request), request.path_params
    return await run_in_threadpool(_page, visit, part["set"], part["kind"], part["name"])


async def keep(request: Request) -> Response:
    """Save it; where somebody else has changed the same field, show both texts."""
    visit, part = visit_of(request), request.path_params
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, part["set"], part["kind"], part["name"], form)


async def add(request: Request) -> Response:
    """A new question under a target."""
    visit, part = visit_of(request), request.path_params
    form = await form_of(request)
    return await run_in_threadpool(_add, visit, part["set"], part["name"], form)


async def remove(request: Request) -> Response:
    """Take a question away; its id is kept as retired."""
    visit, part = visit_of(request), request.path_params
    form = await form_of(request)
    return await run_in_threadpool(_remove, visit, part["set"], part["name"], form)


def _change(form: Mapping[str, str]) -> tuple[ChangeKind, str] | None:
    """What the reader says that the change is to answers of an earlier version; None where nothing is said."""
    kind = next((known for known in CHANGES if known == form.get("change")), None)
    return (kind, clean_text(form.get("change-text", "")) or "–") if kind else None


def _kind(word: str) -> PartKind:
    if word not in _KINDS:
        raise UnknownFileError(N_("there is no such part of a criteria set"), "")
    return _KINDS[word]


def _page(  # noqa: PLR0913  # a part, and what a save of it came to
    visit: RequestContext, name: str, word: str, part: str, kept: KeptPart | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Response:  # fmt: skip
    kind, criteria = _kind(word), set_of(visit, name)
    values = values_of_set(visit.desk.root, name)
    row, languages = row_of_part(values, kind, part), languages_of(values)
    clashing = {clash.part: clash.base or "" for clash in kept.clashes} if kept else {}
    t, own = visit.t, context_of(visit, criteria)
    question = next((criterion for criterion in criteria.criteria if criterion.id == part), None)
    target = next((item for item in criteria.all_targets if item.id == part), None)
    steps = criteria.scale_of(question).levels if question else ()
    levels = [(f"{LEVEL}{level.key}", level_words(level.key, t.text(level.label))) for level in steps]
    order = [criterion.id for criterion in criteria.criteria]
    refused = [visit.finding(finding) for finding in kept.written.refused] if kept else []
    known = [*(field.key for field in QUESTION_FIELDS), *(key for key, _ in levels), "title", "picture"]
    place = order.index(part) if part in order else -1
    return visit.page(
        "criteria_question", 409 if kept else 200, criteria=criteria, word=word, part=part, levels=levels,
        row={**row, **{key: text or "" for key, text in (fields or {}).items()}},
        base=json.dumps({**row, **clashing}, ensure_ascii=False), languages=languages.all,
        clashes=kept.clashes if kept else (), settled=settled_words(kept), question=question, target=target,
        fields=QUESTION_FIELDS, ticks=_TICKS, areas=criteria.areas, number=own.numbers.get(part, ""), yes=YES,
        refused=refused, wrong=faults_by_field(refused, known),
        form=answer_form(question, criteria, None, t) if question else None, editable=is_editable(visit, criteria)[0],
        earlier=earlier_version(visit.desk.loaded().workspace, name) if kind == "criteria" else "",
        homes=[(item.id, t.text(item.title)) for item in criteria.all_targets
               if question and question not in item.criteria],
        changes=[(key, t(told)) for key, told in CHANGES.items()], saved="sparat" in visit.request.query_params,
        before=order[place - 1] if place > 0 else "", after=order[place + 1] if 0 <= place < len(order) - 1 else "",
    )  # fmt: skip


def _keep(visit: RequestContext, name: str, word: str, part: str, form: Mapping[str, str]) -> Response:
    kind = _kind(word)
    base, fields = read_form(form, _TICKS if kind == "criteria" else ())
    with visit.desk.writing():
        save = PartSave(name, kind, part, base, fields, _change(form))
        kept = keep_part(visit.desk.root, visit.desk.loaded().workspace, save)
    if kept.clashes or kept.written.refused:
        return _page(visit, name, word, part, kept, fields)
    return RedirectResponse(back_to(visit, name, word, part) + "?sparat=1", 303)


def _add(visit: RequestContext, name: str, target: str, form: Mapping[str, str]) -> Response:
    question = clean_text(form.get("question", ""))
    if not question:
        raise UsageError(N_("the question is missing"), N_("nothing was saved"))
    with visit.desk.writing():
        made, written = add_question(visit.desk.root, visit.desk.loaded().workspace, name, target, question)
    if written.refused:
        return refused_page(visit, written.refused, back_to(visit, name))
    return RedirectResponse(back_to(visit, name, "fraga", made), 303)


def _remove(visit: RequestContext, name: str, part: str, form: Mapping[str, str]) -> Response:
    why = clean_text(form.get("why", ""))
    if not why:
        raise UsageError(N_("why the question is taken away is missing"), N_("nothing was saved"))
    with visit.desk.writing():
        written = remove_question(visit.desk.root, visit.desk.loaded().workspace, name, part, why)
    if written.refused:
        return refused_page(visit, written.refused, back_to(visit, name, "fraga", part))
    return RedirectResponse(back_to(visit, name), 303)
