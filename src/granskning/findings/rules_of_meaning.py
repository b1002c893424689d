"""Rules about what a sound criteria set says in vain, or unclearly: what never comes about, and what looks alike.

The table's form and its promises are those of `rules`.
"""

from __future__ import annotations

from granskning.findings.finding import Rule
from granskning.findings.severity import Severity
from granskning.i18n import N_

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

OF_MEANING = (
    Rule("GR460", _W, N_("rule {number} can never decide: whenever it holds, one before it holds too ({rules})"),
         N_("put the narrower rule first, or remove it"),
         N_("The first rule that holds decides. All combinations of answers were tried, as far as conditions tell them "
            "apart, and none of them gets as far as this rule.")),
    Rule("GR461", _W, N_("the condition can never hold"),
         N_("see which parts it looks at, and what they can be"),
         N_("No answers meet it: a count of parts that are not there, a level that a result can never have, or two "
            "demands that exclude each other.")),
    Rule("GR462", _W, N_("the condition always holds"),
         N_("remove it, or ask for more"),
         N_("All answers meet it, so it decides nothing.")),
    Rule("GR463", _W, N_("where none of the rules before it holds, this one always does, so {count} after it never "
                         "decide"),
         N_("put it last, or ask for more"),
         N_("The first rule that holds decides. What stands after a rule that always holds is never looked at.")),
    Rule("GR464", _W, N_("the step {level} is never the result: {problem}"),
         N_("see what this step and those before it require"),
         N_("The result of a ladder is the last step that is reached with all those before it. All combinations of "
            "answers were tried, as far as conditions tell them apart.")),
    Rule("GR465", _N, N_("it was not tried whether all of this can come about: there are too many combinations of "
                         "answers (more than {most} cases)"),
         N_("nothing is wrong; if you want to know, count parts instead of naming each"),
         N_("Rules, ladders, gates and the requirements of bands are tried against all combinations of answers. Where "
            "conditions name many parts one by one, these are too many.")),
    Rule("GR466", _W, N_("the method {method} takes numbers from scales of different lengths as they are: {scales}"),
         N_("put them on one length with normalise: {{from: 0, to: 1}}, or choose share_of_possible or sum"),
         N_("On a scale from 0 to 100 one step is nothing, on one from 0 to 2 it is half of all. Laid together as they "
            "are, the longest decides.")),
    Rule("GR467", _W, N_("step_up lifts a whole level, since no scale with levels between is named"),
         N_("name scale: with the levels of the parts and those between, such as D, D+, C, C+, B, B+, A"),
         N_("Without a scale of its own, the result is on that of the parts: the weakest part at D becomes C, as if "
            "no part were at D.")),
    Rule("GR468", _W, N_("the level {level} has the same points as {other}: {points}"),
         N_("give each level points of its own, or make one level of the two"),
         N_("A method that calculates does not tell two levels with the same points apart.")),
    Rule("GR469", _W, N_("{id} has the same words as {other}: “{words}”"),
         N_("say in words what tells them apart"),
         N_("On the page, in the workbook and in the report, people choose by the words: those of the levels of a "
            "scale, of the bands of a step, of the questions and target pictures in one place. The ids are seen in the "
            "file alone.")),
    Rule("GR472", _E, N_("no question on the scale has a text for the level {level}"),
         N_("add it under levels: of each question, or take the level out of the scale"),
         N_("All questions lack the same text, so it is told once, where the level stands.")),
    Rule("GR473", _E, N_("all questions on the scale have a text for {level}, which is not one of its levels"),
         N_("levels: {levels}; add the level to the scale, or take the texts out"),
         N_("All questions have the same fault, so it is told once, where the scale stands.")),
    Rule("GR475", _E, N_("{id} counts in the target already"),
         N_("take it out of counts_also"),
         N_("counts_also names questions and targets that belong elsewhere. A target's own parts count in it as they "
            "are, and once.")),
    Rule("GR476", _W, N_("the band {id} can never be reached: no result lies in it"),
         N_("move where it or the next band begins, or take it out"),
         N_("Results never come below the least of what they are made of, and the weakest, the best or the median of "
            "levels is always one of them. What a band says would never be read.")),
)  # fmt: skip
"""The rules, in order of their codes."""
