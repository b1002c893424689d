"""What can be wrong in an indicator, its figures and what it asks a service for: codes, severities and words."""

from __future__ import annotations

from granskning.findings.finding import Rule
from granskning.findings.severity import Severity
from granskning.i18n import N_

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

OF_STATISTICS = (
    Rule("GR701", _E, N_("{area}, {period} stands twice among the values"),
         N_("keep the right one: each area has one line a period"),
         N_("Two lines of one area and period would let the figure depend on which is read.")),
    Rule("GR702", _E, N_("the value of {sex} contradicts itself: {problem}"),
         N_("write value: with a number, or symbol: with the source's sign"),
         N_("A sign stands in place of a number: - is nil, .. is not available. Both cannot hold, and one must.")),
    Rule("GR703", _W, N_("there is no area with the code {area_code}"),
         N_("00 is the nation, two digits a county, four a municipality; with Kolada 0000, 0019 and G with digits"),
         N_("Areas are matched by their codes. A wrong one would show the figures of another place, or of none.")),
    Rule("GR704", _W, N_("women and men make {sum}, but the total is {total}"),
         N_("look in the source; where it says that its values carry noise, write that under notes:"),
         N_("The total should be the sum, or lie between the two as a mean does. Otherwise a figure has been read "
            "wrongly, unless the source says that it adds noise.")),
    Rule("GR705", _N, N_("women and men make {sum}, and the total is {total}; the source's notes may say why"),
         N_("nothing to do where the source adds noise to protect people"),
         N_("Some tables carry random noise so that nobody can be recognised. Then women and men need not make the "
            "total, and sums of one's own carry more noise still.")),
    Rule("GR706", _W, N_("{value} is no share of a hundred"),
         N_("see that the figure is right, or take away share: true"),
         N_("Values under share: lie between 0 and 100.")),
    Rule("GR707", _N, N_("the indicator is not split by sex"),
         N_("look for a table that has sex, or say under not_by_sex: why there is none"),
         N_("A figure for all says nothing of women and men. That the split is missing is itself worth knowing.")),
    Rule("GR708", _E, N_("the query cannot be asked: {problem}"),
         N_("name every variable of the table once; all but area, sex and period have one code"),
         N_("A variable that is left out is chosen by the service in silence, and two codes would give two figures "
            "for one place in the table.")),
    Rule("GR709", _W, N_("the indicator has no values yet"),
         N_("run: granskning stats fetch {id} --write"),
         N_("What the query names has not been fetched and frozen yet.")),
    Rule("GR710", _N, N_("the source no longer has {area}, {period}"),
         N_("the figure stays as it was; say in a note why, if you know"),
         N_("What has once been frozen stays, so that a review rests on what it rested on.")),
    Rule("GR711", _E, N_("{label} is no word for a sex that is known"),
         N_("say under sexes: which code is women, men and total"),
         N_("Who is who is told by the table's own labels, never guessed from codes.")),
    Rule("GR712", _N, N_("{challenge} rests on figures more than {years} years old on {day}: {figures}"),
         N_("fetch newer figures, or say in the set how old they may be: statistics: with oldest: and why:"),
         N_("What the figures show to be unequal may have changed. How old is too old, the criteria set says under "
            "statistics:, otherwise it is ten years. The age is counted to the latest review with the set, otherwise "
            "to the date of the set.")),
    Rule("GR713", _N, N_("the source says that {table} is updated no more"),
         N_("look for the table where the series goes on, and say under breaks: where it begins"),
         N_("The figures stay true of their time, but there will be no newer ones in this table.")),
    Rule("GR714", _N, N_("{table} had nothing after {period} when it was fetched; it may have ended"),
         N_("look for the table where the series goes on; services do not always say that a table has ended"),
         N_("The table's last period lies further back than three of the series' own steps. A series may end in one "
            "table and go on in another without the service saying so.")),
    Rule("GR715", _N, N_("the source was to have new figures on {date}, and these were retrieved on {retrieved}"),
         N_("run: granskning stats fetch {id}"),
         N_("A review was made after the day on which newer figures were to come, with the older ones.")),
    Rule("GR716", _E, N_("the figure that the text names cannot be read: {part}"),
         N_("write it as {{indicator: ID, sex: women}}; area:, sex:, period: and show: may follow the id"),
         N_("A text names a figure by its indicator, so that it follows the indicator when that is refreshed. Without "
            "an area it is the folder's own, without a period the latest, without a sex women and men with the place "
            "beside.")),
    Rule("GR717", _E, N_("the text names the indicator {indicator}, which is not there"),
         N_("the indicators lie in criteria/statistics/"),
         N_("Reports say that there is no figure where the text names it.")),
    Rule("GR718", _W, N_("there is no figure for {indicator} as the text names it: {why}"),
         N_("fetch it, name another area, sex or period, or let the text do without; reports say that there is none"),
         N_("A text without an area names the folder's own, which granskning.yaml has under area_code:. A set that is "
            "used in another county shows that county's figures once they have been fetched.")),
    Rule("GR719", _W, N_("the text states {figure} and says nothing of where that is from"),
         N_("name an indicator instead, as {{indicator: ID, sex: women}}, or say under rests_on: where it is from"),
         N_("A figure of statistics in a text goes stale unseen, and no reader can look it up.")),
    Rule("GR720", _N, N_("the text states {figure}, which no indicator refreshes"),
         N_("name an indicator instead, as {{indicator: ID, sex: women}}"),
         N_("What the text rests on is told, but the figure stays as it was written when newer ones are fetched.")),
    Rule("GR721", _E, N_("no figure can be named here ({indicator})"),
         N_("figures can stand in question, why, picture, text, about, mistakes and counts_as_evidence"),
         N_("A title is a name. A level whose text changed with a figure would change what answers have been given "
            "for it.")),
)  # fmt: skip
"""The rules, in order of their codes."""
