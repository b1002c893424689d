"""Actions: a form for each, what the owner has answered, and how it has gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.json_reading import parse_object
from granskning.model.rounds import rounds_of
from granskning.tasks.editing.keep_action import add_action, file_of_actions, keep_action, read_actions
from granskning.web.access.request_checks import LARGEST
from granskning.web.overview import current_set
from granskning.web.parts.context import visit_of
from granskning.web.parts.forms import ITEM_KEYS, plain_text, typed
from granskning.wordings import ACTION_STATUSES, DECISIONS, label
from granskning.workspace.schema.written_dates import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model.criteria import CriteriaSet
    from granskning.web.parts.context import RequestContext
    from granskning.workspace.answer_merge import Clash

LABELS = {
    "title": N_("What is to be done"), "text": N_("More about it"), "criteria": N_("Questions"), "round": N_("Round"),
    "responsible": N_("Responsible"), "due": N_("Due"), "cost": N_("Cost"), "status": N_("Status"),
    "answer": N_("The owner's answer"),
}  # fmt: skip
_PLAIN = ("title", "text", "round", "responsible", "due", "cost", "status")


async def show(request: Request) -> Response:
    """The form of an action, or an empty one for a new."""
    visit, part = visit_of(request), request.path_params
    asked = {key: request.query_params.get(key, "") for key in ("criterion", "round", "back")}
    return await run_in_threadpool(_form, visit, part["strategy"], part.get("action", ""), asked)


async def keep(request: Request) -> Response:
    """Save an action, and go back to where the reader came from."""
    visit, part = visit_of(request), request.path_params
    form = await request.form(max_part_size=LARGEST)
    return await run_in_threadpool(_keep, visit, part["strategy"], part.get("action", ""), form)


def findings_of_actions(visit: RequestContext, strategy: str) -> dict[int, list[dict[str, Any]]]:
    """What is wrong in the actions, by their place in the file; -1 for what concerns none of them."""
    found: dict[int, list[dict[str, Any]]] = {}
    for one in map(visit.finding, visit.desk.findings(file_of_actions(strategy))):
        path = one["path"]
        number = path[1] if len(path) > 1 and path[0] == "actions" and isinstance(path[1], int) else -1
        found.setdefault(number, []).append(one)
    return found


def _form(visit: RequestContext, strategy: str, name: str, asked: Mapping[str, str]) -> Response:
    held = _action(visit, strategy, name)[1] if name else {}
    base = json.dumps(held, ensure_ascii=False)
    if not name:
        criteria = [asked["criterion"]] if asked["criterion"] else []
        held = {"status": "proposed", "criteria": criteria, "round": asked["round"]}
    return _page(visit, strategy, name, held, base=base, back=asked["back"])


def _page(  # noqa: PLR0913  # what the form shows
    visit: RequestContext, strategy: str, name: str, values: Mapping[str, Any], *, base: str, back: str,
    status: int = 200,
    clashes: tuple[Clash, ...] = (), refused: Sequence[Mapping[str, Any]] = (), step: Mapping[str, Any] | None = None,
) -> Response:  # fmt: skip
    number = _action(visit, strategy, name)[0] if name else -2
    return visit.page(
        "action",
        status,
        strategy=visit.strategy(strategy),
        name=name,
        held={key: values.get(key) for key in LABELS},
        answer={key: (values.get("answer") or {}).get(key) for key in ("decision", "date", "role", "reason")},
        steps=[_step(visit, one) for one in values.get("follow_up") or ()],
        base=base,
        back=back if is_ours(back) else "",
        statuses=[(key, label(ACTION_STATUSES, key, visit.t)) for key in ACTION_STATUSES],
        decisions=[(key, label(DECISIONS, key, visit.t)) for key in DECISIONS],
        rounds=[of.name for of in reversed(rounds_of(visit.desk.loaded().workspace, strategy)) if of.reviews],
        targets=_targets(visit, strategy),
        findings=refused or findings_of_actions(visit, strategy).get(number, []),
        refused=bool(refused),
        step=_draft(visit, step or {}),
        clashes=[(visit.t(LABELS[clash.part]), _told(clash.ours), _told(clash.theirs)) for clash in clashes],
    )


def _step(visit: RequestContext, step: Mapping[str, Any]) -> dict[str, Any]:
    """A follow-up as it is shown: when, how it went, and what shows it."""
    evidence = []
    for item in step.get("evidence") or ():
        page = visit.t("page {page}", page=item["page"]) if "page" in item else ""
        place = [item.get("edition"), item.get("address"), page, item.get("section")]
        said = item.get("quote") or item.get("paraphrase") or ""
        evidence.append((", ".join(str(one) for one in place if one), said, bool(item.get("quote"))))
    status = step.get("status") or ""
    words = label(ACTION_STATUSES, status, visit.t) if status in ACTION_STATUSES else ""
    head = ", ".join(part for part in (str(step["date"]), words) if part)
    return {"head": head, "text": step.get("text") or "", "evidence": evidence}


def _draft(visit: RequestContext, step: Mapping[str, Any]) -> dict[str, str]:
    """A follow-up that is being written, by field of the form."""
    item = (step.get("evidence") or [{}])[0]
    draft = {key: str(step.get(key, "")) for key in ("date", "round", "text")}
    draft |= {key: str(item.get(key, "")) for key in ITEM_KEYS}
    draft["date"] = draft["date"] or visit.today
    return draft


def is_ours(back: str) -> bool:
    """Whether an address to go back to lies within the page."""
    return back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()


def _targets(visit: RequestContext, strategy: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The questions that an action may concern, by target: those of the set that the strategy is reviewed with."""
    workspace = visit.desk.loaded().workspace
    used = [review.criteria for review in workspace.reviews if review.strategy == strategy]
    criteria: CriteriaSet | None = workspace.criteria.get(used[-1]) if used else current_set(workspace)
    if criteria is None:
        return []
    t = visit.t
    return [
        (t.text(target.title), [(asked.id, t.text(asked.question)) for asked in target.criteria])
        for target in criteria.all_targets
        if target.criteria
    ]


def _action(visit: RequestContext, strategy: str, name: str) -> tuple[int, dict[str, Any]]:
    actions = read_actions(visit.desk.root, visit.strategy(strategy).id)
    for number, action in enumerate(actions):
        if action["id"] == name:
            return number, action
    raise UsageError(N_("there is no action {id} in the file any more"), "", id=name)


def _keep(visit: RequestContext, strategy: str, name: str, form: FormData) -> Response:
    visit.strategy(strategy)
    fields, step = fields_of(form), step_of(form)
    back = str(form.get("back", ""))
    base = _base(str(form.get("base", "")))
    with visit.desk.writing():
        if not name:
            kept = add_action(visit.desk.root, strategy, {**fields, **({"follow_up": [step]} if step else {})})
        else:
            kept = keep_action(visit.desk.root, strategy, name, base, fields, step)
    if kept.clashes or kept.refused:
        now = _action(visit, strategy, name)[1] if name else {}
        told = json.dumps(now if kept.clashes else base, ensure_ascii=False)
        refused = [visit.finding(refused_finding) for refused_finding in kept.refused]
        return _page(
            visit, strategy, name, {**now, **fields}, base=told, back=back, status=409, clashes=kept.clashes,
            refused=refused, step=step,
        )  # fmt: skip
    return RedirectResponse(back if is_ours(back) else visit.at("strategi", strategy) + "#atgarder", 303)


def fields_of(form: FormData) -> dict[str, Any]:
    """What the form says of an action; None for a field that is empty."""
    fields: dict[str, Any] = {key: plain_text(str(form[key])) or None for key in _PLAIN if key in form}
    if fields.get("due"):
        fields["due"] = read_date(str(fields["due"]))
    if "criteria-shown" in form:
        fields["criteria"] = [str(item) for item in form.getlist("criterion")] or None
    if "decision" in form:
        decision = str(form["decision"])
        answer = {"decision": decision} | {
            key: read_date(text) if key == "date" else text
            for key in ("date", "role", "reason")
            if (text := plain_text(str(form.get(f"answer-{key}", ""))))
        }
        fields["answer"] = answer if decision in DECISIONS else None
    if fields.get("status") not in ACTION_STATUSES:
        fields.pop("status", None)
    return fields


def step_of(form: FormData) -> dict[str, Any]:
    """A follow-up, where the form has one: with words, or with evidence."""
    text = plain_text(str(form.get("step-text", "")))
    evidence: dict[str, Any] = {
        key: typed(key, said) for key in ITEM_KEYS if (said := plain_text(str(form.get(f"step-{key}", ""))))
    }
    if not text and not evidence:
        return {}
    status = str(form.get("status", ""))
    parts: dict[str, Any] = {
        "date": read_date(plain_text(str(form.get("step-date", "")))),
        "round": plain_text(str(form.get("step-round", ""))),
        "status": status if status in ACTION_STATUSES else "",
        "text": text,
        "evidence": [evidence] if evidence else "",
    }
    return {key: value for key, value in parts.items() if value}


def _base(text: str) -> dict[str, Any]:
    return parse_object(text)


def _told(value: Any) -> str:
    """A value in words, where two are laid side by side."""
    if isinstance(value, dict):
        return "\n".join(str(one) for one in value.values())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
