"""Rules about collections of working folders: the rest of the table in `rules`."""

from __future__ import annotations

from granskning.findings.finding import Rule
from granskning.findings.severity import Severity
from granskning.i18n import N_

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE
_OTHERS = N_("the other organisations are read and counted meanwhile")

OF_COLLECTIONS = (
    Rule("GR901", _E, N_("there is no folder {folder}"),
         N_("fetch the organisation's working folder there, or mend the path"),
         N_("Where an organisation's folder is missing, the organisation is in no figure, and the report says so. "
            "The others are read and counted.")),
    Rule("GR902", _E, N_("{path} leads out of the collection's folder"),
         N_("put the folder or the clone in the collection's folder, and write the path from there"),
         N_("A collection reads nothing but what lies in its own folder: no absolute path, no .. and no link that "
            "leads out. So nobody can have a file read by sending a collection.")),
    Rule("GR903", _E, N_("{folder} is not a working folder: it has no granskning.yaml"),
         N_("name the folder in which granskning.yaml lies"),
         N_("An organisation in a collection is a working folder of its own.")),
    Rule("GR904", _E, N_("{folder} is itself a collection"),
         N_("name its organisations here, one by one"),
         N_("A collection holds working folders, never collections: else the same strategy could be counted twice.")),
    Rule("GR905", _E, N_("{repository} is not a git repository of its own"),
         N_("name the top folder of a clone, a bare repository or a submodule in the collection's folder"),
         N_("A repository that is read at a commit lies whole in the collection's folder, with what git stores of "
            "it.")),
    Rule("GR906", _E, N_("{repository} has no commit {commit}"),
         N_("fetch it: git -C {repository} fetch; or see that the id is right"),
         N_("What is read at a commit is what git stored then, whatever lies in the folder. Nothing is fetched.")),
    Rule("GR907", _E, N_("git cannot read {repository}: {reason}"),
         _OTHERS,
         N_("The repository is damaged, git is missing, or git refuses to open what somebody else owns.")),
    Rule("GR908", _E, N_("two organisations have the id {id}, so neither is counted"),
         N_("give each its own id"),
         N_("An identity that is used twice counts in no figure: nobody can tell which of the two is meant.")),
    Rule("GR909", _E, N_("{place} stands twice, so neither is counted"),
         N_("remove one of the two"),
         N_("The same working folder under two names would be counted twice, also when it is read at two commits.")),
    Rule("GR910", _W, N_("{organisation} and {other} have the same name, {title}"),
         N_("give them a title each"),
         N_("Readers cannot tell the two apart. Tables go by the id.")),
    Rule("GR911", _E, N_("there is no group {group}"),
         N_("groups: {known}"),
         N_("An organisation's group is one of those under groups. Until it is mended, the organisation is told of "
            "without a group.")),
    Rule("GR912", _E, N_("no organisation has the criteria set {set}"),
         N_("name a set and a version that at least one organisation has; theirs: {known}"),
         N_("Results are compared under the first organisation's copy of the set. Without one there is no portfolio; "
            "tables can still be exported.")),
    Rule("GR913", _E, N_("granskning.yaml in {folder} has errors, so the organisation is not counted"),
         N_("mend it there; the errors are listed with the folder before their path"),
         N_("Without its settings nobody knows whose working folder it is. A folder of a later version of granskning "
            "is read by a later version.")),
    Rule("GR914", _E, N_("an organisation needs {missing}"),
         N_("write folder:, or repository: with commit:"),
         N_("An organisation is a folder, or a repository at a commit. A repository without a commit would be "
            "something else tomorrow, and a commit without a repository is nowhere.")),
    Rule("GR915", _W, N_("{organisation} has its own content in {set}; not compared: {differences}"),
         N_("let the organisations use the same content; granskning diff shows what differs"),
         N_("Results are compared where the question, its levels, its weights and the way of scoring are the same. "
            "Where they are not, the organisation's strategies are left out of just that, and the report says so.")),
    Rule("GR916", _N, N_("{organisation} has more to see to: {errors} errors, {warnings} warnings, {notices} notices"),
         N_("see: granskning check, in that folder"),
         N_("Of each organisation the first errors are listed. The rest is told in its own folder, by those who mend "
            "it.")),
    Rule("GR917", _W, N_("the collection's folder is a working folder too"),
         N_("move granskning.collection.yaml to a folder of its own, with the organisations in it"),
         N_("Check, export and the portfolio speak of the collection where there is one, and of the working folder "
            "elsewhere. In the same folder a reader cannot know which is meant.")),
)  # fmt: skip
"""The rules, in order of their codes."""
