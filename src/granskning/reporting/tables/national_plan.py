"""The tables that a collection has beside those of each working folder: whose they are, and what is compared.

The column `organisation` stands in the names of the folders that the files lie in, as in any table parted so.
"""

from __future__ import annotations

from granskning.i18n import N_
from granskning.reporting.blocks.tables import Column, Table

ORGANISATION = Column("organisation", N_("the organisation's id in the collection"))

ORGANISATIONS = Table(
    "organisations",
    N_("The organisations of the collection, those that are not read among them. Not parted."),
    (
        ORGANISATION,
        Column("title", N_("title")),
        Column("group", N_("the group of organisations")),
        Column("place", N_("the folder, or repository@commit")),
        Column("commit", N_("the commit that is read; empty for a folder")),
        Column("read", N_("whether it is read"), "boolean"),
        Column("why_not", N_("the code of why it is not read; see granskning explain")),
        Column("strategies", N_("how many strategies it has"), "integer"),
        Column("reviews", N_("how many reviews it has, those that do not count left out"), "integer"),
        Column("files_with_errors", N_("how many of its files have errors"), "integer"),
        Column("content", N_("SHA-256 of its files' content, or the commit and the folder")),
    ),
    key=1,
)
STANDINGS = Table(
    "strategy_results",
    N_("What each strategy comes to on each target of the compared set: what the portfolio counts."),
    (
        Column("strategy", N_("the strategy's id")),
        Column("area", N_("its area")),
        Column("example", N_("whether it is an invented example"), "boolean"),
        Column("counting", N_("counted or, where it is not, why: draft, no_result, other_version, other_set, "
                              "not_reviewed or not_to_review")),
        Column("round", N_("the round that speaks for it")),
        Column("status", N_("draft or handed_in")),
        Column("criteria", N_("the criteria set, id@version")),
        Column("criteria_hash", N_("SHA-256 of the set's content")),
        Column("target", N_("the target's id; * for the whole; empty where the strategy is not counted")),
        Column("differs", N_("why the result cannot be compared, parted by commas; empty where it can")),
        Column("state", N_("whether the target is taken up: carried, lacking, unknown, not_applicable or not_asked")),
        Column("standing", N_("what kind of result it is: value, interval, profile, cannot_be_assessed, "
                              "not_applicable")),
        Column("low", N_("the lowest it can become"), "number"),
        Column("high", N_("the highest it can become"), "number"),
        Column("group", N_("what it comes to: band, level, interval, cannot_be_assessed or not_applicable")),
        Column("key", N_("the id of the band, or the level")),
    ),
)  # fmt: skip

NATIONAL_PLAN = (ORGANISATIONS, STANDINGS)
"""The tables of a collection, beside those of the working folders."""
