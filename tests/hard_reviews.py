"""Reviews that are hard to lay out, made in memory: a working folder for each kind of hardship."""

from __future__ import annotations

from typing import Any

import yaml

from granskning.files import HeldFiles

COMPOUND = "jämställdhetsintegreringsprocessutvecklingsledningsgruppsmöten"
"""Sixty-two letters."""
ADDRESS = "https://exempel.se/" + "enmycketlangadressutanmellanslag" * 8 + "?id=" + "0123456789abcdef" * 4
SENTENCE = "Planen beskriver hur kvinnor och män reser till arbete, vård och skola i länets mindre orter. "
WORD = (
    "Ur Word: “citat” ‘enkelt’ – tankstreck — långt … tre\N{NO-BREAK SPACE}mellanslag, mjukt\N{SOFT HYPHEN}streck, "
    "icke\N{NON-BREAKING HYPHEN}brytande, noll\N{ZERO WIDTH SPACE}bredd\N{ZERO WIDTH NO-BREAK SPACE}, fi-ligatur ﬁ, "
    "\uf0b7 punkt ur Symbol, \uf0fc bock ur Wingdings, \uf0e0 pil, rad\N{LINE SEPARATOR}skilje."
)
SCRIPTS = (
    "Ordföranden skriver ”שלום, אני גר בווסטרוס” och ”مرحبا، أنا أعيش في فستروس”; 😀 ✅ 🚲 👩‍👩‍👧 ❤️ 🇸🇪, "
    "∑ ≥ → Ω Ж ž İ ł. ”(א) 12–15 % (ب)”."
)
LIST = "Det här saknas:\n" + "\n".join(f"{'  ' * (n % 8)}- {n}. {SENTENCE if n % 3 else COMPOUND}" for n in range(24))
LEVELS = ("Saknas", "Nämns", "Delvis", "Styr")

KINDS = ("compounds", "long", "many", "nothing", "one", "scripts", "addresses", "word", "lists")


def hard_files(kind: str, *, reviewers: int = 2, targets: int = 0) -> HeldFiles:
    """A working folder with a round of reviews of that kind, two where nothing else is said.

    `targets` is how many target pictures the set has; 0 for what the kind has.
    """
    text = {"compounds": f"{COMPOUND} {COMPOUND}-{COMPOUND}. ", "scripts": SCRIPTS, "word": WORD}.get(kind, SENTENCE)
    targets = targets or {"many": 20, "one": 1}.get(kind, 3)
    questions = {"many": 5, "one": 1}.get(kind, 4)
    name = COMPOUND.capitalize() if kind == "compounds" else SCRIPTS if kind == "scripts" else "Målbild"
    criteria = _criteria(name, text, targets, questions)
    asked = [one["id"] for target in criteria["targets"] for one in target["criteria"]]
    prose = {"long": (SENTENCE * 240) + "\n\n" + (SENTENCE * 12 + "\n\n") * 8, "lists": LIST}.get(kind, text * 3)
    files: dict[str, Any] = {
        "granskning.yaml": {"schema": "granskning/workspace/1", "organisation": text[:200], "criteria": "prov"},
        "criteria/prov.yaml": criteria,
        "strategies/plan/strategy.yaml": _strategy(text, kind),
        "strategies/plan/actions.yaml": _actions(prose, asked),
    }
    for number, role in enumerate(f"granskare-{chr(ord('a') + place)}" for place in range(reviewers)):
        review = _review(role, prose, text, [] if kind == "nothing" else asked, kind, number)
        files[f"strategies/plan/reviews/2026-11/{role}.yaml"] = review
    return HeldFiles({path: _dump(content) for path, content in files.items()})


def _dump(content: dict[str, Any]) -> bytes:
    text: str = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=200)
    return text.encode()


def _criteria(name: str, text: str, targets: int, questions: int) -> dict[str, Any]:
    return {
        "schema": "granskning/criteria/1", "id": "prov", "version": "1.0.0", "title": f"Prov {text[:300]}",
        "language": "sv",
        "scale": [{"value": value, "label": label, **({} if value else {"means_missing": True})}
                  for value, label in enumerate(LEVELS)],
        "targets": [
            {"id": f"mal-{target}", "title": f"{name} {target}"[:400], "picture": text[:600],
             "criteria": [
                 {"id": f"mal-{target}-fraga-{number}", "question": f"{text[:400].rstrip('. ')} {number}?",
                  "levels": dict.fromkeys(range(len(LEVELS)), text[:300]), "not_applicable": "allowed"}
                 for number in range(questions)
             ]}
            for target in range(targets)
        ],
        "scoring": {
            "criteria": {"method": "mean"}, "targets": {"method": "mean"},
            "bands": [{"from": place, "id": label.lower().replace("ä", "a"), "label": label}
                      for place, label in enumerate(LEVELS)],
        },
    }  # fmt: skip


def _strategy(text: str, kind: str) -> dict[str, Any]:
    edition: dict[str, Any] = {"id": "remiss", "stage": "consultation", "date": "2026-05-04", "title": text[:300]}
    if kind == "addresses":
        edition["address"] = ADDRESS
    return {
        "schema": "granskning/strategy/1", "id": "plan", "title": f"Plan {text[:250]}", "kind": "plan",
        "area": "tillvaxt", "owner": text[:200], "editions": [edition],
        "sources": [{"id": "kalla", "title": text[:200], "address": ADDRESS, "retrieved": "2026-11-20"}],
    }  # fmt: skip


def _actions(prose: str, asked: list[str]) -> dict[str, Any]:
    return {
        "schema": "granskning/actions/1", "strategy": "plan",
        "actions": [
            {"id": "atgard-1", "title": prose[:200], "text": prose[:3000], "criteria": asked[:1], "round": "2026-11",
             "responsible": "planerare", "due": "2027-06-30", "status": "proposed"},
        ],
    }  # fmt: skip


def _review(role: str, prose: str, text: str, asked: list[str], kind: str, number: int) -> dict[str, Any]:  # noqa: PLR0913
    return {
        "schema": "granskning/review/1", "strategy": "plan", "edition": "remiss", "criteria": "prov@1.0.0",
        "round": "2026-11", "reviewer": role, "kind": "reviewer", "status": "draft", "reading_depth": "full_text",
        "date": "2026-11-23", "summary": prose[:1500], "case_number": text[:80],
        "answers": {one: _answer(place + number, prose, text, kind) for place, one in enumerate(asked)},
    }  # fmt: skip


def _answer(place: int, prose: str, text: str, kind: str) -> dict[str, Any]:
    if place % 7 == 5:
        return {"not_applicable": text}
    if place % 7 == 6:
        return {"insufficient_evidence": text}
    long = kind in ("long", "lists") and place % 5 == 1
    evidence: list[dict[str, Any]] = [{"edition": "remiss", "page": place + 1, "quote": text * (6 if long else 1)}]
    if kind == "addresses" or place % 4 == 3:
        evidence.append({"address": ADDRESS, "retrieved": "2026-11-20", "paraphrase": text, "section": text[:80]})
    return {
        "level": place % 4, "justification": prose if long or kind not in ("long", "lists") else text,
        "evidence": evidence, "recommendation": text * 2,
    }  # fmt: skip
