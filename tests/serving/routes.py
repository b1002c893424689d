"""Every view of the page, for the tests that look at all of them. A new view is added here, and nowhere else."""

from __future__ import annotations

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
AT = "/granskning/provplan/2026-11/granskaren"

VIEWS: dict[str, str] = {
    "mine": "/",
    "overview": "/oversikt",
    "review": AT,
    "question": f"{AT}/fraga/resor-vardag",
    "question-list": f"{AT}/fraga/makt-samrad?visa=kvar&sok=omsorg",
    "hand-in": f"{AT}/lamna-in",
    "search-log": f"{AT}/soklogg",
    "work": f"{AT}/arbete",
    "versions": f"{AT}/versioner",
    "new-strategy": "/ny-strategi",
    "package": "/strategi/provplan/handlingar",
    "new-edition": "/strategi/provplan/utgava",
    "out-and-in": "/ut-och-in",
    "criteria-sets": "/matt",
    "criteria-set": "/matt/prov",
    "criteria-question": "/matt/prov/fraga/resor-vardag",
    "criteria-target": "/matt/prov/malbild/resor",
    "criteria-head": "/matt/prov/del/head",
    "criteria-scale": "/matt/prov/del/scale",
    "criteria-rules": "/matt/prov/del/rules",
    "criteria-trial": "/matt/prov/prova",
    "criteria-rule": "/matt/prov/regler/scoring.gates.0",
    "criteria-rule-list": "/matt/prov/regler/scoring.gates",
    "earlier-assessment": "/tidigare-bedomning",
    "more-evidence": f"{AT}?mer=resor-vardag",
    "indicators": "/statistik",
    "indicator": "/statistik/resor-bil",
    "text": f"/text/{REVIEW}",
    "text-of-a-set": "/text/criteria/prov.yaml",
    "strategy": "/strategi/provplan",
    "new-action": "/strategi/provplan/atgard?criterion=resor-vardag&round=2026-11",
    "round": "/omgang/provplan/2026-11",
    "approve": f"{AT}/godkann",
    "preview": f"{AT}/rapport",
    "preview-strategy": "/strategi/provplan/rapport",
    "preview-round": "/omgang/provplan/2026-11/rapport",
    "portfolio": "/portfolj",
    "history": "/historik/provplan",
    "difference": "/skillnad?fran=provplan/2026-11",
    "version": "/spara",
    "not-there": "/ingen-sida",
}
"""Name and address, in the folder that `tests/cases/base` is."""
