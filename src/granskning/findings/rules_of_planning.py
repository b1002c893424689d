"""Rules about how the work is laid out: what was read, rounds that are planned, what is not to be reviewed.

The table's form and its promises are those of `rules`.
"""

from __future__ import annotations

from granskning.findings.finding import Rule
from granskning.findings.severity import Severity
from granskning.i18n import N_

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

OF_PLANNING = (
    Rule("GR801", _W, N_("the text is said not to have been read, but pages of it are given as evidence: {count}"),
         N_("say under reading_depth: how much was read"),
         N_("A new review says not_read until somebody tells how much was read. Whoever gives a page has read "
            "something, and what a verdict may rest on depends on how much.")),
    Rule("GR802", _E, N_("the review is {status} and the text is said not to have been read, but pages of it are "
                         "given as evidence: {count}"),
         N_("say under reading_depth: how much was read"),
         N_("A review that is handed in tells its readers how much was read. Not read and a page as evidence cannot "
            "both be so.")),
    Rule("GR803", _E, N_("the round {round} is planned twice"),
         N_("keep one of them"),
         N_("rounds in the strategy's file holds one entry for each round, so that there is one due date.")),
    Rule("GR804", _W, N_("the strategy is not to be reviewed, but it has reviews"),
         N_("remove not_reviewed: if the decision no longer holds"),
         N_("not_reviewed holds the decision not to review the strategy, with why, by which role and when. Reports "
            "show it in the place of a result.")),
    Rule("GR805", _E, N_("the file {name} that the evidence names is not in the strategy's folder"),
         N_("put it back, or take the evidence away"),
         N_("A picture or another file can be evidence. It lies in the folder evidence of the strategy, and the review "
            "has its SHA-256.")),
    Rule("GR806", _E, N_("the file {name} is not the one that the evidence was written of"),
         N_("put the former file back, or judge the new one and write its SHA-256"),
         N_("The SHA-256 of a file changes with every change of it. What was judged then was another picture or "
            "text.")),
    Rule("GR807", _N, N_("the review has no search log, but answers say that something was not found: {count}"),
         N_("write under searches: what was sought, where, when, and what came of it"),
         N_("Not found can mean that it is not there, or that nobody looked where it is. The log says which words were "
            "sought, where and when, so that another reader can go on. Report and file show it.")),
    Rule("GR808", _W, N_("the package names the edition {edition} for {document}, but there is no such edition"),
         N_("write the id of one of the editions, or give the document an address instead"),
         N_("A document of the package is named by its edition or by its address.")),
)  # fmt: skip
