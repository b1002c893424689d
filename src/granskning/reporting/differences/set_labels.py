"""What the properties of a criteria set are called where a difference tells what stood there and what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.reporting.differences.set_changes import Part

WHOLE = {
    ("criterion", True): N_("New question: {text}"),
    ("criterion", False): N_("Retired question: {text}"),
    ("target", True): N_("New target picture: {text}"),
    ("target", False): N_("Retired target picture: {text}"),
    ("gate", True): N_("New gate: {text}"),
    ("gate", False): N_("Retired gate: {text}"),
    ("area", True): N_("New area: {text}"),
    ("area", False): N_("Area that is gone: {text}"),
    ("source", True): N_("New source: {text}"),
    ("source", False): N_("Source that is gone: {text}"),
    ("goal", True): N_("New goal: {text}"),
    ("goal", False): N_("Goal that is gone: {text}"),
    ("challenge", True): N_("New challenge: {text}"),
    ("challenge", False): N_("Challenge that is gone: {text}"),
    ("group", True): N_("New class of questions: {text}"),
    ("group", False): N_("Class of questions that is gone: {text}"),
    ("note", True): N_("New note of what changed: {text}"),
    ("note", False): N_("Note of what changed that is gone: {text}"),
    ("retired", True): N_("Newly out of use: {text}"),
    ("retired", False): N_("No longer said to be out of use: {text}"),
}
"""How something that only one of the versions has is told: the later (True) or the earlier."""

PARTS: dict[Part, str] = {
    "set": N_("Another set"),
    "version": N_("Version"),
    "title": N_("Title"),
    "about": N_("About the set"),
    "status": N_("Status"),
    "owner": N_("Owner"),
    "date": N_("Date"),
    "language": N_("Language"),
    "variant_of": N_("Variant of"),
    "statistics": N_("Demands on figures"),
    "agreement": N_("How agreement is measured"),
    "area": N_("Area"),
    "source": N_("Source"),
    "goal": N_("Goal"),
    "challenge": N_("Challenge"),
    "group": N_("Class of questions"),
    "note": N_("The set's own note"),
    "retired": N_("Id out of use"),
    "scale": N_("Scale"),
    "picture": N_("Target picture"),
    "within": N_("Belongs to"),
    "counts_also": N_("Counts here too"),
    "challenges": N_("Challenges that it answers"),
    "goals": N_("Goals that it serves"),
    "rests_on": N_("Sources it rests on"),
    "question": N_("Question"),
    "why": N_("Why it is asked"),
    "level": N_("Level {key}"),
    "weight": N_("Weight"),
    "weight_why": N_("Why that weight"),
    "requires": N_("What is required"),
    "without_evidence": N_("Without evidence"),
    "counts_as_evidence": N_("What counts as evidence"),
    "mistakes": N_("Usual mistakes"),
    "asked_if": N_("When it is asked"),
    "not_applicable": N_("Not applicable as an answer"),
    "applies_to": N_("Areas"),
    "critical": N_("Critical"),
    "core": N_("Core question"),
    "class": N_("Class"),
    "prerequisites": N_("Prerequisites"),
    "number": N_("Number"),
    "short_title": N_("Short title"),
    "tags": N_("Tags"),
    "look_for": N_("Words to look for"),
    "links": N_("Links"),
    "gate": N_("Gate"),
    "method": N_("Method"),
    "bands": N_("Bands"),
    "rounding": N_("Rounding"),
    "verdict": N_("Demands for a verdict"),
    "scoring": N_("From reviewers to round"),
}
"""What a property is called before its two states."""
