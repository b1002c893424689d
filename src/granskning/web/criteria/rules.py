"""How a set counts, in forms: methods by name, basic demands, words for results, tables, ladders, scales, classes.

The forms are made of the schema, so that whatever a set may say of how it counts has its field here.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from granskning.i18n import N_
from granskning.json_reading import parse_object
from granskning.reporting.wording.steps import METHODS, SET_ASIDE, explain_method
from granskning.tasks.criteria.edit_rule import (
    NEW,
    RuleSave,
    keep_rule,
    move_rule,
    place_of,
    put_rule_back,
    take_rule_away,
)
from granskning.tasks.criteria.part_fields import languages_of
from granskning.tasks.criteria.rule_form import (
    NEW as NEW_PART,
)
from granskning.tasks.criteria.rule_form import (
    RuleField,
    RuleGroup,
    RuleList,
    fields_in,
    form_of_part,
    row_of_rule,
)
from granskning.tasks.criteria.set_file import values_of_set
from granskning.web.criteria.field_faults import faults_by_field
from granskning.web.criteria.one_set import (
    back_to,
    is_editable,
    read_form,
    refused_page,
    settled_words,
)
from granskning.web.criteria.rule_words import parts_of, summary_of
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.criteria_set import set_of
from granskning.workspace.schema.form_nodes import kind_of_node, node_at, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.requests import Request

    from granskning.tasks.criteria.edit_part import KeptPart
    from granskning.tasks.criteria.edit_rule import RulePlace
    from granskning.tasks.criteria.part_fields import Languages
    from granskning.web.parts.context import RequestContext

_ALL = {"all": N_("all levels"), "none": N_("no level")}
"""What stands in the place of levels, in the words of readers."""
_OF_LEVELS = ("justification", "evidence")


async def show(request: Request) -> Response:
    """A part of how the set counts."""
    visit, part = visit_of(request), request.path_params
    return await run_in_threadpool(_page, visit, part["set"], part["place"])


async def keep(request: Request) -> Response:
    """Save it, move it, take it away or put it back."""
    visit, part = visit_of(request), request.path_params
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, part["set"], part["place"], form)


def _page(  # noqa: PLR0913  # a place, and what a save or a removal of it came to
    visit: RequestContext, name: str, place: str, kept: KeptPart | None = None,
    fields: Mapping[str, Any] | None = None, removed: tuple[str, str] | None = None,
) -> Response:  # fmt: skip
    criteria, values = set_of(visit, name), values_of_set(visit.desk.root, name)
    at, languages = place_of(values, place), languages_of(values)
    language = visit.t.language
    row = row_of_rule(at.node, at.value, languages)
    is_list = isinstance(at.value, list) or kind_of_node(at.node, at.value) == "list"
    group = None if is_list else _spoken(form_of_part(at.node, at.value, languages, language), visit)
    if group and at.path == ("scoring",):
        group = replace(group, items=tuple(item for item in group.items if isinstance(item, RuleField)))
    titles = {field.key.partition("@")[0]: field.title for field in fields_in(group)} if group else {}
    clashing = {clash.part: clash.base for clash in kept.clashes} if kept else {}
    refused = [visit.finding(finding) for finding in kept.written.refused] if kept else []
    return visit.page(
        "criteria_rule", 409 if kept else 200, criteria=criteria, place=place, group=group, titles=titles,
        row=_read_aloud(visit, {**row, **{key: text or "" for key, text in (fields or {}).items()}}),
        parts=parts_of(visit, criteria),
        base=json.dumps({**row, **clashing}, ensure_ascii=False), settled=settled_words(kept),
        clashes=kept.clashes if kept else (), languages=languages.all, editable=is_editable(visit, criteria)[0],
        refused=refused, wrong=faults_by_field(refused, titles),
        trail_of=list(_trail(visit, at)), entries=_entries(visit, at, place, languages) if is_list else [],
        is_item=isinstance(at.path[-1], int) and not at.is_new, new=NEW, removed=removed, new_part=NEW_PART,
        saved="sparat" in visit.request.query_params, is_list=is_list,
        entries_of=lambda item: _entries_of(visit, at, item, f"{place}.{item.key}"),
        explained=_explained(visit, group),
    )  # fmt: skip


def _read_aloud(visit: RequestContext, row: dict[str, str]) -> dict[str, str]:
    """The fields with the reader's words for what stands in the place of levels."""
    return {key: visit.t(_ALL[text]) if key in _OF_LEVELS and text in _ALL else text for key, text in row.items()}


def _spoken(group: RuleGroup, visit: RequestContext) -> RuleGroup:
    """The form with words for what is chosen by a word of the file."""
    items: list[Any] = []
    for item in group.items:
        if isinstance(item, RuleGroup):
            items.append(_spoken(item, visit))
        elif isinstance(item, RuleField) and item.key == "not_applicable" and item.kind == "text":
            known = tuple((key, visit.t(words)) for key, words in SET_ASIDE.items() if key not in ("level", "share"))
            items.append(replace(item, kind="choice", choices=known))
        elif isinstance(item, RuleField) and item.key in _OF_LEVELS:
            helping = visit.t("Levels, parted by semicolons; or “{every}”, or “{no}”.",
                           every=visit.t(_ALL["all"]), no=visit.t(_ALL["none"]))  # fmt: skip
            items.append(replace(item, help=helping))
        else:
            items.append(item)
    return replace(group, items=tuple(items))


def _explained(visit: RequestContext, group: RuleGroup | None) -> list[tuple[str, str]]:
    """What each method that can be chosen means, in a sentence."""
    field = next((field for field in fields_in(group) if field.key == "method"), None) if group else None
    known = [(key, words) for key, words in field.choices if key in METHODS] if field else []
    return [(words, explain_method(key, visit.t)) for key, words in known]


def _trail(visit: RequestContext, at: RulePlace) -> Iterator[tuple[str, str]]:
    """The places above, each with its words; the last is the place itself."""
    for length in range(1, len(at.path) + 1):
        step, path = at.path[length - 1], at.path[:length]
        place = ".".join(map(str, path))
        if isinstance(step, int):
            yield place, visit.t("New") if at.is_new and length == len(at.path) else visit.t.whole(step + 1)
        elif path != ("scoring",):
            yield place, title_of(node_at(path) or {}, visit.t.language) or step


def _entries(visit: RequestContext, at: RulePlace, place: str, languages: Languages) -> list[tuple[str, str, str]]:
    """The things of a list: place, words, and what the reader has seen of each."""
    node = node_at((*at.path, 0)) or {}
    return [
        (f"{place}.{number}", summary_of(visit, node, item) or visit.t.whole(number + 1),
         json.dumps(row_of_rule(node, item, languages), ensure_ascii=False))
        for number, item in enumerate(at.value or ())
    ]  # fmt: skip


def _entries_of(visit: RequestContext, at: RulePlace, item: RuleList, place: str) -> list[tuple[str, str]]:
    """The things of a list within a part, each with its place."""
    node = node_at((*at.path, *item.key.split("."), 0)) or {}
    return [(f"{place}.{number}", summary_of(visit, node, entry)) for number, entry in enumerate(item.entries)]


def _keep(visit: RequestContext, name: str, place: str, form: Mapping[str, str]) -> Response:
    root, workspace = visit.desk.root, visit.desk.loaded().workspace
    list_place = place.rpartition(".")[0]
    if (way := form.get("way")) in ("up", "down", "away"):
        seen = parse_object(form.get("seen", "{}"))
        with visit.desk.writing():
            item = place_of(values_of_set(root, name), place).value
            if way == "away":
                written = take_rule_away(root, workspace, name, place, seen)
            else:
                written = move_rule(root, workspace, name, place, seen, down=way == "down")
        if written.refused:
            return refused_page(visit, written.refused, back_to(visit, name, "regler", list_place))
        if way == "away":
            return _page(visit, name, list_place, removed=(place, json.dumps(item, ensure_ascii=False)))
        return RedirectResponse(back_to(visit, name, "regler", list_place) + "#list", 303)
    if form.get("way") == "back":
        with visit.desk.writing():
            written = put_rule_back(root, workspace, name, place, parse_object(form.get("item", "{}")))
        if written.refused:
            return refused_page(visit, written.refused, back_to(visit, name, "regler", list_place))
        return RedirectResponse(back_to(visit, name, "regler", list_place) + "#list", 303)
    return _save(visit, name, place, form)


def _save(visit: RequestContext, name: str, place: str, form: Mapping[str, str]) -> Response:
    """Save the fields of a part."""
    values = values_of_set(visit.desk.root, name)
    at = place_of(values, place)
    group = form_of_part(at.node, at.value, languages_of(values), visit.t.language)
    ticks = tuple(field.key for field in fields_in(group) if field.kind == "yes")
    base, fields = read_form(form, ticks)
    for key in [key for key in fields if key.endswith(f".{NEW_PART}")]:
        part, level = fields.pop(key), fields.pop(f"{key}level", None)
        if part and level:
            fields[key.removesuffix(NEW_PART) + part] = level
    meant = {visit.t(words).casefold(): key for key, words in _ALL.items()}
    fields |= {key: meant.get(str(fields[key]).casefold(), fields[key]) for key in _OF_LEVELS if fields.get(key)}
    with visit.desk.writing():
        kept = keep_rule(visit.desk.root, visit.desk.loaded().workspace, RuleSave(name, place, base, fields))
    if kept.clashes or kept.written.refused:
        return _page(visit, name, place, kept, fields)
    done = place if not at.is_new else place.rpartition(".")[0]
    return RedirectResponse(back_to(visit, name, "regler", done) + "?sparat=1#told", 303)
