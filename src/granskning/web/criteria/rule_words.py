"""What stands in each part of how a set counts, in a line of a reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.tasks.criteria.set_file import values_of_set
from granskning.workspace.schema.form_nodes import children_of, choices_of, kind_of_node, node_at, title_of
from granskning.workspace.yaml.edits import MISSING, value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.criteria import CriteriaSet
    from granskning.web.parts.context import RequestContext

_INDEX = ("scoring", "scale", "scales", "classes", "requires", "areas", "agreement")
_LONGEST = 120


def rule_links(visit: RequestContext, name: str) -> list[tuple[str, str, str]]:
    """Every part of how the set counts that has a form of its own: place, title, and what stands there."""
    values = values_of_set(visit.desk.root, name)
    language = visit.t.language
    links: list[tuple[str, str, str]] = []
    for root in _INDEX:
        node = node_at((root,)) or {}
        if root != "scoring":
            links.append((root, title_of(node, language), _told(visit, node, values.get(root))))
            continue
        links.append((root, visit.t("In general"), ""))
        for key, child in children_of(node).items():
            if kind_of_node(child, value_at(values, (root, key))) in ("group", "list"):
                below = value_at(values, (root, key))
                links.append((f"{root}.{key}", title_of(child, language), _told(visit, child, below)))
    return links


def _told(visit: RequestContext, node: Mapping[str, Any], value: Any) -> str:
    """What stands at a place, in few words."""
    if value is MISSING or value is None:
        return visit.t("nothing")
    if isinstance(value, list):
        return visit.t.plural("{count} in the list", "{count} in the list", len(value))
    return summary_of(visit, dict(node), value)


def summary_of(visit: RequestContext, node: dict[str, Any], value: Any) -> str:
    """A thing in a line: what each field is called, and what it says."""
    language, words = visit.t.language, []
    for key, child in children_of(node).items():
        now = value.get(key) if isinstance(value, dict) else None
        if now is None or key == "id":
            continue
        title, kind = title_of(child, language), kind_of_node(child, now)
        if kind == "translated":
            words.append(visit.t.text(now) if isinstance(now, dict) else str(now))
        elif kind == "choice":
            words.append(dict(choices_of(child, language)).get(str(now), str(now)))
        elif kind == "group" and isinstance(now, dict):
            words.append(f"{title} ({summary_of(visit, child, now)})")
        elif isinstance(now, list) and kind == "list":
            words.append(f"{title}: {len(now)}")
        elif kind == "yes":
            words.append(title)
        elif isinstance(now, dict):
            words.append(f"{title} " + ", ".join(f"{_part_words(visit, part)} = {_level(level)}"
                                                 for part, level in now.items()))  # fmt: skip
        else:
            words.append(f"{title} {_part_words(visit, _level(now))}")
    text = "; ".join(words)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _level(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _part_words(visit: RequestContext, name: str) -> str:
    """A question or target by its words, where the name is one's."""
    sets = visit.desk.loaded().workspace.criteria.values()
    of = visit.request.path_params.get("set")
    criteria = next((known for known in sets if known.file == f"criteria/{of}.yaml"), None)
    known = dict(parts_of(visit, criteria)["both"]) if criteria else {}
    return known.get(name, name)


def parts_of(visit: RequestContext, criteria: CriteriaSet) -> dict[str, list[tuple[str, str]]]:
    """What an id can name, with its words."""
    t = visit.t
    questions = [(asked.id, t.text(asked.short_title) or t.text(asked.question)) for asked in criteria.criteria]
    targets = [(target.id, t.text(target.title)) for target in criteria.all_targets]
    scales = [(name, name) for name in criteria.scales if name]
    return {"criteria": questions, "targets": targets, "both": [*targets, *questions], "scales": scales}
