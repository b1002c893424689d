"""What can be wrong in how a criteria set measures its reviewers' agreement: codes, severities and words."""

from __future__ import annotations

from granskning.findings.finding import Rule
from granskning.findings.severity import Severity
from granskning.i18n import N_

_E = Severity.ERROR

OF_AGREEMENT = (
    Rule("GR480", _E, N_("{name} needs {needs}"),
         N_("choose another, or say under measurement: what the levels are"),
         N_("Some measures of agreement take distances between numbers, or an order; on other scales they would be a "
            "figure without meaning.")),
    Rule("GR481", _E, N_("the distances are no metric: {one} and {other} are {distance} apart, but by way of {between} "
                         "only {way}"),
         N_("make it at most {way}, or the others longer"),
         N_("Distances that contradict each other would make agreement depend on which level is looked at first.")),
    Rule("GR482", _E, N_("the distance says nothing: {problem}"),
         N_("between: names two different levels, each pair once, of the scale that most questions have"),
         N_("Each two levels have one distance, the same in both directions, and none from themselves.")),
    Rule("GR483", _E, N_("pairs of levels without a distance: {count}, such as {one} and {other}"),
         N_("add a line with between: [{one}, {other}] and is: with a number above 0"),
         N_("Where one pair lacks a distance, agreement on it could not be measured.")),
)  # fmt: skip
"""The rules, in order of their codes."""
