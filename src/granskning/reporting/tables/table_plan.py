"""Which tables there are, and their columns: the plan that exports, handbook and tests share.

Tables (tabeller): what a folder holds as rows and columns, with keys and references, for any program to read.

Only the shapes. What stands in them is made by `table_*.py`, and `export.py` writes them as files.
"""

from __future__ import annotations

from granskning.i18n import N_
from granskning.reporting.blocks.tables import Column, Reference, Table

_STRATEGY = Column("strategy", N_("the strategy's id"))
_ROUND = Column("round", N_("the round"))
_REVIEWER = Column("reviewer", N_("the reviewer's role"))
_SET = Column("criteria", N_("the criteria set, id@version"))
_TARGET = Column("target", N_("the target's id"))
_CRITERION = Column("criterion", N_("the criterion's id"))
_ACTION = Column("action", N_("the action's id"))
_INDICATOR = Column("indicator", N_("the indicator's id"))
_NUMBER = Column("number", N_("its place in the list, from 1"), "integer")
_TITLE = Column("title", N_("title"))
_FILE = Column("file", N_("the file, from the folder's root"))

_OF_STRATEGY = Reference(("strategy",), "strategies")
_OF_SET = Reference(("criteria",), "criteria_sets")
_OF_REVIEW = Reference(("strategy", "round", "reviewer"), "reviews")
_OF_ACTION = Reference(("strategy", "action"), "actions")

SCORE = (
    Column("method", N_("how the result was made")),
    Column("standing", N_("what kind of result it is: value, interval, profile, cannot_be_assessed, not_applicable")),
    Column("value", N_("the result as the nearest number; empty while it is an interval"), "number"),
    Column("exact", N_("the result as a fraction; empty when it is none")),
    Column("shown", N_("the result as it is printed")),
    Column("low", N_("the lowest it can become"), "number"),
    Column("high", N_("the highest it can become"), "number"),
    Column("so_far", N_("the result of the assessed answers alone"), "number"),
    Column("outcome", N_("the level, where the result is a level")),
    Column("band", N_("the band's id, where it is the same over the whole interval")),
    Column("assessed", N_("how many answers are assessed"), "integer"),
    Column("applicable", N_("how many questions apply"), "integer"),
    Column("asked", N_("how many questions are put"), "integer"),
)

STRATEGIES = Table(
    "strategies",
    N_("The strategies."),
    (
        _STRATEGY,
        _TITLE,
        Column("kind", N_("what kind of text it is")),
        Column("area", N_("its area")),
        Column("owner", N_("its owners, parted by semicolons")),
        Column("partners", N_("its partners, parted by semicolons")),
        Column("period_from", N_("the first year or day of its period")),
        Column("period_to", N_("the last year or day of its period")),
        Column("case_number", N_("case number")),
        Column("example", N_("whether it is an invented example"), "boolean"),
        _FILE,
    ),
    key=1,
)
LINKS = Table(
    "strategy_links",
    N_("The chain of steering: what a strategy is based on, and what it succeeds."),
    (
        _STRATEGY,
        Column("relation", N_("based_on or succeeds")),
        Column("other", N_("the other strategy's id")),
    ),
    key=3,
    references=(_OF_STRATEGY, Reference(("other",), "strategies")),
)
EDITIONS = Table(
    "editions",
    N_("The texts of the strategies."),
    (
        _STRATEGY,
        Column("edition", N_("the edition's id")),
        _TITLE,
        Column("stage", N_("draft, consultation, adopted …")),
        Column("date", N_("its date")),
        Column("document", N_("the kept document")),
        Column("sha256", N_("the document's SHA-256")),
        Column("address", N_("web address")),
        Column("retrieved", N_("the day it was read there")),
        Column("pages", N_("how many pages it has"), "integer"),
    ),
    key=2,
    references=(_OF_STRATEGY,),
)
CRITERIA_SETS = Table(
    "criteria_sets",
    N_("The criteria sets, each version by itself."),
    (_SET, Column("id", N_("the set's id")), Column("version", N_("version")), _TITLE,
     Column("status", N_("proposal or adopted")), Column("owner", N_("its owner")), _FILE),
    key=1,
)  # fmt: skip
TARGETS = Table(
    "targets",
    N_("The target pictures."),
    (_SET, _TARGET, _NUMBER, Column("parent", N_("the target that it is part of")), _TITLE,
     Column("picture", N_("the target picture"))),
    key=2,
    references=(_OF_SET,),
)  # fmt: skip
CRITERIA = Table(
    "criteria",
    N_("The questions."),
    (
        _SET,
        _CRITERION,
        _NUMBER,
        _TARGET,
        Column("question", N_("the question")),
        Column("why", N_("why it is asked")),
        Column("weight", N_("its weight"), "number"),
        Column("core", N_("whether it is one of the core questions"), "boolean"),
        Column("source_number", N_("the source's own number")),
        Column("short_title", N_("a few words that stand for it")),
        Column("tags", N_("the tags that it is chosen by, with commas between")),
    ),
    key=2,
    references=(_OF_SET, Reference(("criteria", "target"), "targets")),
)
LEVELS = Table(
    "levels",
    N_("What each level takes, question by question."),
    (
        _SET,
        _CRITERION,
        Column("level", N_("the level's value, as text")),
        _NUMBER,
        Column("label", N_("the level's word")),
        Column("text", N_("what the level takes for this question")),
        Column("points", N_("what calculations use"), "number"),
    ),
    key=3,
    references=(Reference(("criteria", "criterion"), "criteria"),),
)
REVIEWS = Table(
    "reviews",
    N_("The reviews, each with its total."),
    (
        _STRATEGY,
        _ROUND,
        _REVIEWER,
        Column("kind", N_("reviewer or consensus")),
        Column("status", N_("draft, submitted or approved")),
        Column("edition", N_("the edition that was reviewed")),
        _SET,
        Column("form", N_("full or short, and the tags that questions are chosen by")),
        Column("reading_depth", N_("how much of the text was read")),
        Column("date", N_("its date")),
        Column("case_number", N_("case number")),
        Column("body", N_("the deciding body")),
        Column("summary", N_("the reviewer's summary")),
        Column("verdict", N_("whether a verdict in words can be given"), "boolean"),
        *SCORE,
        _FILE,
        Column("reviewer_title", N_("what the reviewer's role is called")),
    ),
    key=3,
    references=(_OF_STRATEGY, Reference(("strategy", "edition"), "editions"), _OF_SET),
)
ANSWERS = Table(
    "answers",
    N_("The answers, also those not yet looked at."),
    (
        _STRATEGY,
        _ROUND,
        _REVIEWER,
        _CRITERION,
        _SET,
        _TARGET,
        Column("state", N_("assessed, not_applicable, insufficient_evidence, open, empty or inherited")),
        Column("level", N_("the level, as text")),
        Column("label", N_("the level's word")),
        Column("points", N_("the points it was counted as"), "number"),
        Column("reason", N_("why it is not applicable, cannot be assessed or is open")),
        Column("justification", N_("justification")),
        Column("recommendation", N_("recommendation")),
        Column("note", N_("internal note; only with --internal")),
    ),
    key=4,
    references=(_OF_REVIEW, Reference(("criteria", "criterion"), "criteria")),
)
EVIDENCE = Table(
    "evidence",
    N_("What the answers rest on."),
    (
        _STRATEGY,
        _ROUND,
        _REVIEWER,
        _CRITERION,
        _NUMBER,
        Column("edition", N_("the edition, when it is a text of the strategy")),
        Column("page", N_("the page as printed")),
        Column("pdf_page", N_("the page as counted"), "integer"),
        Column("section", N_("the section")),
        Column("address", N_("web address")),
        Column("retrieved", N_("the day it was read there")),
        Column("quote", N_("quotation")),
        Column("paraphrase", N_("paraphrase")),
        Column("file", N_("a picture or another file of the strategy's")),
        Column("sha256", N_("SHA-256 of the file")),
    ),
    key=5,
    references=(Reference(("strategy", "round", "reviewer", "criterion"), "answers"),),
)
RESULTS = Table(
    "target_results",
    N_("The result of each target picture in each review."),
    (_STRATEGY, _ROUND, _REVIEWER, _TARGET, _SET, *SCORE),
    key=4,
    references=(_OF_REVIEW, Reference(("criteria", "target"), "targets")),
)
ROUNDS = Table(
    "rounds",
    N_("The rounds with several reviewers, each with its joint result."),
    (_STRATEGY, _ROUND, Column("reviewers", N_("how many reviewers"), "integer"), _SET, *SCORE,
     Column("left_out", N_("the files of the round that do not count"))),
    key=2,
    references=(_OF_STRATEGY, _OF_SET),
)  # fmt: skip
ACTIONS = Table(
    "actions",
    N_("What was promised, and how it goes."),
    (
        _STRATEGY,
        _ACTION,
        _TITLE,
        Column("text", N_("what is to be done")),
        _ROUND,
        Column("responsible", N_("the role that is responsible")),
        Column("due", N_("when it is to be done")),
        Column("cost", N_("cost or budget line")),
        Column("status", N_("status")),
        Column("decision", N_("the owner's answer: accepts, partly or declines")),
        Column("decision_reason", N_("the owner's reason")),
    ),
    key=2,
    references=(_OF_STRATEGY,),
)
ACTION_CRITERIA = Table(
    "action_criteria",
    N_("Which questions an action answers to."),
    (_STRATEGY, _ACTION, _CRITERION),
    key=3,
    references=(_OF_ACTION,),
)
FOLLOW_UP = Table(
    "action_follow_up",
    N_("How the actions went, date by date."),
    (_STRATEGY, _ACTION, _NUMBER, Column("date", N_("date")), Column("status", N_("status")), _ROUND,
     Column("text", N_("how it went"))),
    key=3,
    references=(_OF_ACTION,),
)  # fmt: skip
INDICATORS = Table(
    "indicators",
    N_("The statistics, with their provenance."),
    (
        _INDICATOR,
        _TITLE,
        Column("unit", N_("unit")),
        Column("producer", N_("who made the statistics")),
        Column("source_table", N_("table or measure at the producer")),
        Column("address", N_("web address")),
        Column("retrieved", N_("the day it was fetched")),
        Column("quality", N_("quality, A or B")),
        _FILE,
    ),
    key=1,
)
FIGURES = Table(
    "indicator_values",
    N_("The figures, by area, period and sex."),
    (
        _INDICATOR,
        _NUMBER,
        Column("area", N_("area")),
        Column("area_code", N_("the area's code")),
        Column("period", N_("period")),
        Column("women", N_("women"), "number"),
        Column("men", N_("men"), "number"),
        Column("mixed", N_("mixed"), "number"),
        Column("total", N_("total"), "number"),
        Column("women_symbol", N_("the source's sign in place of a number: women")),
        Column("men_symbol", N_("the source's sign in place of a number: men")),
        Column("mixed_symbol", N_("the source's sign in place of a number: mixed")),
        Column("total_symbol", N_("the source's sign in place of a number: total")),
    ),
    key=2,
    references=(Reference(("indicator",), "indicators"),),
)

PLAN = (
    STRATEGIES, LINKS, EDITIONS, CRITERIA_SETS, TARGETS, CRITERIA, LEVELS, REVIEWS, ANSWERS, EVIDENCE, RESULTS, ROUNDS,
    ACTIONS, ACTION_CRITERIA, FOLLOW_UP, INDICATORS, FIGURES,
)  # fmt: skip
"""Every table, those that others refer to before them."""
