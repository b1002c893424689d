"""Rules about variants of criteria sets, and about what questions are numbered and chosen by.

The table's form and its promises are those of `rules`.
"""

from __future__ import annotations

from granskning.findings.finding import Rule
from granskning.findings.severity import Severity
from granskning.i18n import N_

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

OF_VARIANTS = (
    Rule("GR270", _E, N_("no question of {set} has the tag {tag}"), N_("tags: {known}"),
         N_("tags in a review chooses the questions that carry one of the tags. Those that it does not choose are in "
            "no figure.")),
    Rule("GR490", _E, N_("there is no criteria set {set} for the variant to build on"), N_("found: {found}"),
         N_("extends names a set with its version, which lies in criteria/ or criteria/earlier/ of the same folder.")),
    Rule("GR491", _E, N_("the variant builds on {set}, which in turn builds on this one"),
         N_("let extends name a whole set"),
         N_("A set cannot be what is left of itself. This holds too where a set names its own version.")),
    Rule("GR492", _E, N_("{set} is itself a variant, of {base}"),
         N_("build on {base}, or on a version of {set} that is frozen under criteria/earlier/"),
         N_("A variant builds on a whole set, so that a reader need look in no more than two files. A variant that has "
            "been frozen under criteria/earlier/ is a whole set.")),
    Rule("GR493", _E, N_("{set} has errors, so what builds on it cannot be read"),
         N_("see: granskning check {file}"),
         N_("A variant is what the other set says with some of it replaced. It counts when the other set does.")),
    Rule("GR494", _E, N_("removes names the {kind} {id}, but {set} has none"), N_("take it away, or mend the name"),
         N_("What is removed is there in the set that the variant builds on.")),
    Rule("GR495", _E, N_("{set} has no {kind} {id} here, and for a new one this lacks: {missing}"),
         N_("mend the id, put it where the other set has it, or write what a new one needs"),
         N_("In lists of parts with ids a variant says the id and what it replaces. A question stands under the same "
            "target picture as in the other set. An id that the other set lacks adds a part, which must be whole.")),
    Rule("GR496", _W, N_("{name} says nothing else than {set} does"), N_("take it away"),
         N_("A variant says what it replaces and no more. What it repeats would no longer follow the other set when "
            "the variant is moved to a newer version of it.")),
    Rule("GR497", _N, N_("a variant of {set}; replaced: {replaced}; new: {added}; removed: {removed}; "
                         "keys of the set: {keys}"),
         N_("in full: granskning diff {set} {own}"),
         N_("What differs from the set that the variant builds on: questions and other parts with ids that are "
            "replaced, new or removed, and keys of the set itself.")),
    Rule("GR498", _E, N_("the version {version} is not later than {set}, which the variant builds on"),
         N_("give the variant a later version, or an id of its own"),
         N_("A variant with the same id as the set that it builds on is a later version of that set.")),
    Rule("GR499", _W, N_("the number {number} stands for both {part} and {other}"),
         N_("give each its own, or leave number out where the source has none"),
         N_("number is the source's own number, printed instead of ours. A number that two parts have, or that ours "
            "comes to for another, leads the reader to the wrong one.")),
)  # fmt: skip
