"""One criteria set: its targets and questions, its rules in words, who uses it, and what is said of it as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from granskning.errors import UnknownFileError, UsageError
from granskning.i18n import N_
from granskning.json_reading import parse_object
from granskning.model.review import READING_DEPTHS
from granskning.reporting.criteria.set_method import make_set_method
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.report_context import SetContext
from granskning.reporting.wording.steps import METHODS
from granskning.tasks.criteria.edit_part import (
    NewTarget,
    PartSave,
    add_target,
    keep_part,
    move_part,
    row_of_part,
    send_question,
)
from granskning.tasks.criteria.part_fields import SIMPLE_METHODS, languages_of
from granskning.tasks.criteria.set_file import is_judged_by, new_variant, values_of_set
from granskning.tasks.editing.migrate import revise_set
from granskning.web.criteria.field_faults import faults_by_field
from granskning.web.criteria.rule_words import rule_links
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.criteria_set import set_of
from granskning.wordings import DEPTHS, SET_STATUSES, label
from granskning.workspace.yaml.pasted_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from granskning.model.criteria import CriteriaSet
    from granskning.tasks.criteria.edit_part import KeptPart, PartKind
    from granskning.web.parts.context import RequestContext

_PARTS: tuple[PartKind, ...] = ("head", "scale", "rules")
"""What of a set as a whole is edited in a form of its own."""


async def show(request: Request) -> Response:
    """The set."""
    return await run_in_threadpool(_show, visit_of(request), request.path_params["set"])


async def show_part(request: Request) -> Response:
    """The form of what is said of the set, of its scale or of its rules."""
    visit, part = visit_of(request), request.path_params
    return await run_in_threadpool(_part_page, visit, part["set"], part["part"])


async def keep(request: Request) -> Response:
    """Save such a form."""
    visit, part = visit_of(request), request.path_params
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, part["set"], part["part"], form)


async def add(request: Request) -> Response:
    """A new target picture."""
    visit, name = visit_of(request), request.path_params["set"]
    form = await form_of(request)
    return await run_in_threadpool(_add, visit, name, form)


async def vary(request: Request) -> Response:
    """A new variant of the set."""
    visit, name = visit_of(request), request.path_params["set"]
    form = await form_of(request)
    return await run_in_threadpool(_vary, visit, name, form)


async def move(request: Request) -> Response:
    """A question or a target one place up or down."""
    visit, name = visit_of(request), request.path_params["set"]
    form = await form_of(request)
    return await run_in_threadpool(_move, visit, name, form)


async def revise(request: Request) -> Response:
    """A new version, the old one frozen."""
    visit, name = visit_of(request), request.path_params["set"]
    form = await form_of(request)
    return await run_in_threadpool(_revise, visit, name, form)


def context_of(visit: RequestContext, criteria: CriteriaSet) -> SetContext:
    """The set with the words to speak of it."""
    return SetContext(criteria=criteria, words=Lexicon(visit.t, criteria))


def is_editable(visit: RequestContext, criteria: CriteriaSet) -> tuple[bool, str]:
    """Whether the set can be changed here, and else why not."""
    t = visit.t
    if not visit.may("criteria"):
        return False, ""
    if is_judged_by(visit.desk.loaded().workspace, criteria):
        return False, t(
            "An approved review was judged by this version, so it is not changed. Make a new version below."
        )
    return True, ""


def back_to(visit: RequestContext, name: str, *more: str) -> str:
    """The address of a set, or of a part of it."""
    return visit.at("matt", name, *more)


def _show(visit: RequestContext, name: str) -> Response:
    criteria, workspace = set_of(visit, name), visit.desk.loaded().workspace
    context, (editable, why_not) = context_of(visit, criteria), is_editable(visit, criteria)
    reviews = [review for review in workspace.reviews if review.criteria.partition("@")[0] == criteria.id]
    titles = {strategy.id: visit.t.text(strategy.title) for strategy in workspace.strategies.values()}
    findings = [visit.finding(finding) for finding in visit.desk.findings(criteria.file)]
    return visit.page(
        "criteria_set", criteria=criteria, numbers=context.numbers, method=make_set_method(context), editable=editable,
        why_not=why_not, findings=findings, base=criteria.variant_of if criteria.base_file else "", titles=titles,
        current=[review for review in reviews if review.criteria == criteria.reference],
        earlier=[review for review in reviews if review.criteria != criteria.reference],
        status=label(SET_STATUSES, criteria.status, visit.t), brought="infort" in visit.request.query_params,
    )  # fmt: skip


def _part_page(
    visit: RequestContext, name: str, part: str, kept: KeptPart | None = None, form: Mapping[str, str] | None = None
) -> Response:
    if part not in _PARTS:
        raise UnknownFileError(N_("there is no such part of a criteria set"), "")
    criteria, values = set_of(visit, name), values_of_set(visit.desk.root, name)
    row, t = row_of_part(values, part), visit.t
    shown = {**row, **(form or {})}
    scoring = criteria.scoring
    refused = [visit.finding(finding) for finding in kept.written.refused] if kept else []
    methods = [(key, t(METHODS[key])) for key in SIMPLE_METHODS]
    return visit.page(
        "criteria_part", 409 if kept else 200, criteria=criteria, part=part, row=shown, base=_base(row, kept),
        languages=languages_of(values).all, clashes=kept.clashes if kept else (), settled=settled_words(kept),
        refused=refused, wrong=faults_by_field(refused, {key.partition("@")[0] for key in shown}),
        methods=methods, own_methods={"criteria": t(METHODS[scoring.criteria.method]),
                                      "targets": t(METHODS[scoring.targets.method])},
        depths=[(key, label(DEPTHS, key, t)) for key in READING_DEPTHS], levels=criteria.scale,
        links=rule_links(visit, name) if part == "rules" else [],
        statuses=[(key, label(SET_STATUSES, key, t)) for key in SET_STATUSES], editable=is_editable(visit, criteria)[0],
    )  # fmt: skip


def _base(row: Mapping[str, str], kept: KeptPart | None) -> str:
    """What the form is merged from next time: a field that clashes goes on clashing until it is settled."""
    clashing = {clash.part: clash.base for clash in kept.clashes} if kept else {}
    return json.dumps({**row, **clashing}, ensure_ascii=False)


def settled_words(kept: KeptPart | None) -> str:
    """What the reader has been shown of the file, to be given back with the choice."""
    return json.dumps({clash.part: clash.ours for clash in kept.clashes}, ensure_ascii=False) if kept else "{}"


def read_form(form: Mapping[str, str], known: tuple[str, ...] = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """The base and the fields of a form, after the reader's choice where both texts were shown.

    A tick that is not set is sent by nobody, so `known` names those that the form has.
    """
    base = {key: text for key, text in parse_object(form.get("base", "{}")).items() if isinstance(text, str)}
    seen = {key: text for key, text in parse_object(form.get("seen", "{}")).items() if isinstance(text, str | None)}
    fields: dict[str, Any] = {
        key.removeprefix("f-"): clean_text(text) or None for key, text in form.items() if key.startswith("f-")
    }
    fields |= {key: fields.get(key) for key in known}
    if form.get("settle") == "mine":
        base |= {key: text or "" for key, text in seen.items()}
    elif form.get("settle") == "theirs":
        fields = {key: text for key, text in fields.items() if key not in seen}
    return base, fields


def _keep(visit: RequestContext, name: str, part: str, form: Mapping[str, str]) -> Response:
    kind = next((known for known in _PARTS if known == part), None)
    if kind is None:
        raise UnknownFileError(N_("there is no such part of a criteria set"), "")
    base, fields = read_form(form)
    with visit.desk.writing():
        kept = keep_part(visit.desk.root, visit.desk.loaded().workspace, PartSave(name, kind, "", base, fields))
    if kept.clashes or kept.written.refused:
        return _part_page(visit, name, part, kept, {key: text or "" for key, text in fields.items()})
    return RedirectResponse(back_to(visit, name) + "#" + part, 303)


def _add(visit: RequestContext, name: str, form: Mapping[str, str]) -> Response:
    title, question = clean_text(form.get("title", "")), clean_text(form.get("question", ""))
    if not title or not question:
        raise UsageError(N_("a target picture needs a title and a first question"), N_("nothing was saved"))
    with visit.desk.writing():
        given = NewTarget(title, clean_text(form.get("picture", "")), question)
        made, written = add_target(visit.desk.root, visit.desk.loaded().workspace, name, given)
    if written.refused:
        return refused_page(visit, written.refused, back_to(visit, name))
    return RedirectResponse(back_to(visit, name, "malbild", made), 303)


def refused_page(visit: RequestContext, refused: Any, back: str) -> Response:
    """Why nothing was written, and the way back."""
    return visit.page("refused", 409, findings=[visit.finding(finding) for finding in refused], back=back, form={})


def _move(visit: RequestContext, name: str, form: Mapping[str, str]) -> Response:
    kind: PartKind = "targets" if form.get("kind") == "targets" else "criteria"
    with visit.desk.writing():
        root, workspace, part = visit.desk.root, visit.desk.loaded().workspace, (kind, form.get("name", ""))
        if form.get("to"):
            written = send_question(root, workspace, name, form.get("name", ""), form["to"])
        else:
            written = move_part(root, workspace, name, part, down=form.get("way") == "down")
    if written.refused:
        return refused_page(visit, written.refused, back_to(visit, name))
    return RedirectResponse(back_to(visit, name) + "#p-" + form.get("name", ""), 303)


def _vary(visit: RequestContext, name: str, form: Mapping[str, str]) -> Response:
    title = clean_text(form.get("title", ""))
    if not title:
        raise UsageError(N_("the variant needs a title"), N_("nothing was saved"))
    with visit.desk.writing():
        made, written = new_variant(visit.desk.root, visit.desk.loaded().workspace, name, title, visit.today)
    if written.refused:
        return refused_page(visit, written.refused, back_to(visit, name))
    return RedirectResponse(back_to(visit, made), 303)


def _revise(visit: RequestContext, name: str, form: Mapping[str, str]) -> Response:
    with visit.desk.writing():
        revise_set(visit.desk.root, name, form.get("version", "").strip(), visit.today)
    return RedirectResponse(back_to(visit, name), 303)
