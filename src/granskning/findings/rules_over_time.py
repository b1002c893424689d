"""Rules about what holds over time: approvals, promises, rounds, versions, merges by git, and what is published.

The table's form and its promises are those of `rules`.
"""

from __future__ import annotations

from granskning.findings.finding import Rule
from granskning.findings.severity import Severity
from granskning.i18n import N_

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

OVER_TIME = (
    Rule("GR220", _E, N_("the review has changed since {role} approved it on {date}: {what}"),
         N_("take the change back, or approve it again with: granskning approve"),
         N_("The fingerprint of the approval is no longer that of the answers, the decided values, the reading depth, "
            "the criteria and the edition. Where git remembers what was approved, the changes are named. While the "
            "review is being changed, its status is draft.")),
    Rule("GR221", _W, N_("the review is called approved, but nobody has signed it off"),
         N_("approve it with: granskning approve, which writes who, when and the fingerprint"),
         N_("Without a fingerprint nobody can see whether the review is still what was approved.")),
    Rule("GR222", _W, N_("the approval has a fingerprint of the kind {version}, which this version cannot check"),
         N_("use a newer version of granskning"),
         N_("Fingerprints begin with the version of the rule by which they are made.")),
    Rule("GR223", _W, N_("the review continues the round {round}, but the strategy has no other round of that name"),
         N_("rounds: {rounds}"),
         N_("continues names the round that answers were carried over from. The report tells what has been confirmed, "
            "changed and left since then.")),
    Rule("GR224", _W, N_("the question is not put to strategies in the area {area}, so the answer is in no figure"),
         N_("write not_applicable: with the reason; the areas of the question are {areas}"),
         N_("applies_to names the areas where a question is put. Elsewhere it is not applicable, whatever is answered "
            "and whatever the set makes of not applicable.")),
    Rule("GR225", _W, N_("the answer says that the question is not put in some area, but in {area} it is"),
         N_("look at the question, and answer it"),
         N_("The state was filled in when the review was made, and rests on the strategy's area or on the question's "
            "areas as they were then. It counts as not yet looked at.")),
    Rule("GR226", _N, N_("the question is not put in the review's form, so the answer is in no figure"),
         N_("remove form: short, or tags, if all questions are to be answered"),
         N_("A review in short form puts the core questions alone, and one with tags those that carry one of them.")),
    Rule("GR227", _N, N_("the question is not asked, as others are answered, so the answer is in no figure"),
         N_("remove the answer, or see whether the answers that it depends on are right"),
         N_("asked_if in the criteria set says of which other answers the question is asked. It is then told as not "
            "asked, which is neither not applicable nor a zero.")),
    Rule("GR474", _E, N_("the question may not be left as not applicable, as others are answered"),
         N_("assess it, or see whether the answers that it depends on are right"),
         N_("not_applicable_if in the criteria set says of which other answers the question may be answered as not "
            "applicable. While those are open it may; once they are others, the question applies.")),
    Rule("GR330", _W, N_("the action is called done, but nothing shows it"),
         N_("add evidence: to a follow-up with the status done"),
         N_("A promise is closed by something that can be looked up: a page in a later edition, a decision, an "
            "address. Until then it is counted as open.")),
    Rule("GR331", _E, N_("the owner declines the action without a reason"),
         N_("write the reason under answer: reason:"),
         N_("Who says no to a recommendation owes the reader why.")),
    Rule("GR332", _W, N_("the status is {status}, but the owner's answer is {decision}"),
         N_("let them say the same"),
         N_("An action that was accepted is not declined, and one that was declined is not under way. Where the owner "
            "has answered, it is no longer only proposed.")),
    Rule("GR333", _W, N_("the action is {status}, but lacks {missing}"),
         N_("say which role is responsible, and when it is to be done"),
         N_("Without a role and a day nobody can be asked how it went.")),
    Rule("GR334", _E, N_("the strategy has no round {round}"),
         N_("rounds: {rounds}"),
         N_("An action names the round that it came from, and a follow-up the round that asked about it.")),
    Rule("GR335", _N, N_("the action was due {due}, and the round {round} says nothing of it"),
         N_("add a follow-up with round: {round}: how did it go?"),
         N_("What was promised is asked about in the next round. The questions that an action concerns have it in a "
            "comment in new reviews.")),
    Rule("GR336", _W, N_("the round {round} is dated {date} and so comes after {other} ({other_date}), but its name "
                         "says the opposite"),
         N_("see which of the dates or names is right"),
         N_("Rounds are ordered by their dates: the latest of a round's reviews or, where none has one, the edition's. "
            "Names decide only where dates do not.")),
    Rule("GR337", _N, N_("no date tells whether the round {round} comes before or after {other} ({date})"),
         N_("give the reviews their dates"),
         N_("A round has the latest date of its reviews, else that of the edition. Rounds without a date, or with the "
            "same, are ordered by name, numbers as numbers; those without come first.")),
    Rule("GR338", _W, N_("the joint review is dated {date}, before the reviews that it joins ({other_date})"),
         N_("see which of the dates is right"),
         N_("What a round agrees on comes after what its reviewers have judged. The round itself has the latest of the "
            "dates.")),
    Rule("GR470", _W, N_("questions differ from version {version} without a declared change: {criteria}"),
         N_("say under changes what kind of change it is: editorial, clarified, substantive, split, merged or new"),
         N_("The kind of change decides whether an answer stands or must be judged again when a review is moved to the "
            "new version.")),
    Rule("GR471", _W, N_("version {version} has been changed after it was put to use: questions, levels or scoring are "
                         "not as in {where}"),
         N_("take the change back, or make a new version with: granskning revise {set} VERSION"),
         N_("A review names the version that it was made with. If the content of that version changes, the answers no "
            "longer answer the questions that were put. Titles, sources and remarks of the set may change.")),
    # --- two versions that git could not join -------------------------------------------------------------------
    Rule("GR550", _E, N_("two judgements of {criterion}. {ours}: {our_words}. {theirs}: {their_words}"),
         N_("keep one of them, or write one that both can stand for, and remove git's lines"),
         N_("The file holds an unsolved merge conflict, and the two sides judge the question differently. The names "
            "of the sides are git's: HEAD is what you had, the other is what was to be joined with it.")),
    Rule("GR551", _E, N_("two versions of {key}. {ours}: {our_words}. {theirs}: {their_words}"),
         N_("keep one of them, and remove git's lines"),
         N_("The file holds an unsolved merge conflict, and the two sides give the key different values.")),
    # --- what should not be published -------------------------------------------------------------------------
    Rule("GR520", _W, N_("{found} looks like a Swedish personal identity number"),
         N_("take it out, or write what it stands for in words; a review names roles"),
         N_("The date exists and the check digit is right. Nothing that is published may tell who a person is. "
            "Publishing is refused until it is taken out or accepted with --accept GR520. Names cannot be found "
            "reliably: read the report before it leaves the house.")),
    Rule("GR521", _N, N_("{found} is an e-mail address"),
         N_("take it out if it is a person's; an address of an office can stay, and is accepted when publishing"),
         N_("An address often has a person's name in it. Publishing is refused until it is taken out or accepted with "
            "--accept GR521.")),
    Rule("GR522", _N, N_("{found} looks like a telephone number"),
         N_("take it out if it is a person's; that of an office can stay, and is accepted when publishing"),
         N_("Publishing is refused until it is taken out or accepted with --accept GR522.")),
    Rule("GR523", _E, N_("{name} is not as it was published"),
         N_("fetch the published file back from git; a correction is published under a new number"),
         N_("What has been published is never changed. The SHA-256 of the file differs from the one in the "
            "publication's register, or the file is gone.")),
    Rule("GR524", _E, N_("publication {number} lies in the folder {folder}"),
         N_("move it back to where it was published"),
         N_("The folder's name is the publication's number.")),
)  # fmt: skip
"""The rules, in order of their codes."""
