"""What git remembers is what a loaded folder says: at every commit, for every declared method, in real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from hypothesis import Phase, given
from hypothesis import strategies as st
from tries import tries

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.remembering import remembering_nothing
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.results.card import TOTAL
from granskning.tasks.folder.score import score_rounds, score_workspace, strategy_results
from granskning.tasks.history.history import read_history
from granskning.tasks.history.history_scores import make_brief
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.results.card import Scorecard
    from granskning.scoring.results.explanation import SetOutline
    from granskning.scoring.timeline import Moment, Timeline
    from granskning.tasks.folder.score import ScoredRound

BASE = Path(__file__).parent.parent / "cases/base"
CRITERIA = (BASE / "criteria/prov.yaml").read_text("utf-8")
INDICATOR = "criteria/statistics/resor-bil.yaml"
METHODS = (
    "", "{method: mean}", "{method: median}", "{method: pooled}", "{method: mean, of: answers}",
    "{method: median, of: answers}", "{method: consensus}", "{method: none}",
)  # fmt: skip
NAMES = ("2026-9", "2026-10", "remiss", "antagen", "omgang-2", "omgang-10")
ROLES = ("ansvarig", "controller", "samlad")
AREAS = ("infrastruktur", "skola")
APPLIES_TO = ("", "infrastruktur", "skola")
"""The area that the last question is put to; empty: all."""
PREFILLED = -1
"""An answer that says that the question is not put."""
BROKEN = "\t: [\n"
ENGLISH = Translator("en")
Files = dict[str, str]


@dataclass(frozen=True)
class Given:
    """A review as it is written."""

    round: str
    reviewer: str
    status: str = "submitted"
    date: str = ""
    edition: str = "remiss"
    version: str = "1.0.0"
    levels: tuple[int | None, ...] = (1, 2, 3)
    is_broken: bool = False
    is_doubled: bool = False
    comment: str = ""
    form: str = "full"

    def files(self) -> Files:
        """Its file, and that of a copy which a sync program left."""
        names = ("resor-vardag", "resor-barn", "makt-samrad")
        prefilled = "not_applicable: The question is not put to strategies in the area School."
        answers = [f"  {name}:\n    {prefilled if level == PREFILLED else f'level: {level}'}"
                   for name, level in zip(names, self.levels, strict=True) if level is not None]  # fmt: skip
        kind = "consensus" if self.reviewer == "samlad" else "reviewer"
        head = [
            "schema: granskning/review/1", "strategy: provplan", f"edition: {self.edition}",
            f"criteria: prov@{self.version}", f"round: {self.round}", f"reviewer: {self.reviewer}", f"kind: {kind}",
            f"status: {self.status}", "reading_depth: full_text", *([f"date: {self.date}"] if self.date else []),
            *([f"form: {self.form}"] if self.form != "full" else []),
            f"# {self.comment}",
        ]  # fmt: skip
        text = "\n".join([*head, "answers:" if answers else "answers: {}", *answers]) + "\n"
        folder = f"strategies/provplan/reviews/{self.round}"
        made = {f"{folder}/{self.reviewer}.yaml": text + (BROKEN if self.is_broken else "")}
        if self.is_doubled:
            made[f"{folder}/{self.reviewer}-LAPTOP.yaml"] = text
        return made


@dataclass(frozen=True)
class Folder:
    """A working folder at one moment."""

    reviews: Mapping[tuple[str, str], Given] = field(default_factory=dict)
    method: str = ""
    has_strategy: bool = True
    has_set: bool = True
    editions: tuple[tuple[str, str], ...] = (("remiss", "2026-05"),)
    area: str = AREAS[0]
    applies_to: str = APPLIES_TO[1]

    def files(self) -> Files:
        """All its files."""
        scoring = f"scoring:\n  reviewers: {self.method}\n" if self.method else "scoring:\n"
        made = {
            "granskning.yaml": (BASE / "granskning.yaml").read_text("utf-8"),
            INDICATOR: (BASE / INDICATOR).read_text("utf-8"),
        }
        if self.has_set:
            put = f"        applies_to: [{self.applies_to}]\n" if self.applies_to else ""
            criteria = CRITERIA.replace("        applies_to: [infrastruktur]\n", put)
            made["criteria/prov.yaml"] = criteria.replace("scoring:\n", scoring)
        if self.has_strategy:
            head = f"schema: granskning/strategy/1\nid: provplan\ntitle: P\nkind: plan\narea: {self.area}\nowner: P\n"
            listed = "".join(
                f"  - id: {name}\n    stage: consultation\n" + (f"    date: {date}\n" if date else "")
                for name, date in self.editions
            )
            made["strategies/provplan/strategy.yaml"] = f"{head}editions:\n{listed}"
        for review in self.reviews.values():
            made |= review.files()
        return made


PHASES = (Phase.explicit, Phase.generate)
"""Each example makes repositories, so finding the smallest one would take minutes."""
DATES = st.sampled_from(("", "2026-03-01", "2026-06-01", "2026-06-01", "2026-11-01"))
EDITIONS = st.sampled_from(
    ((("remiss", "2026-05"),), (("remiss", ""), ("antagen", "2026-09")), (("annan", "2026-05"),))
)
LEVELS = st.tuples(*(st.sampled_from((0, 1, 2, 3, None, *after)) for after in ((), (), (PREFILLED, PREFILLED))))
WHOLE = st.builds(
    Given,
    st.sampled_from(NAMES[:3]),
    st.sampled_from(ROLES),
    st.sampled_from(("draft", "submitted", "approved")),
    DATES,
    st.sampled_from(("remiss", "remiss", "remiss", "antagen")),
    st.sampled_from(("1.0.0", "1.0.0", "1.0.0", "2.0.0")),
    LEVELS,
    st.sampled_from((False, False, False, True)),
    st.sampled_from((False, False, False, True)),
    form=st.sampled_from(("full", "full", "short")),
)


@st.composite
def pasts(draw: st.DrawFn) -> list[Folder]:
    """A folder from commit to commit."""
    now = Folder(method=draw(st.sampled_from(METHODS)))
    made = []
    for _ in range(draw(st.integers(2, 5))):
        reviews = dict(now.reviews)
        # where no review is changed, the strategy or the set alone may be
        for review in draw(st.lists(WHOLE, min_size=0 if reviews else 1, max_size=3)):
            key = (review.round, review.reviewer)
            if key in reviews and draw(st.integers(0, 3)) == 0:
                del reviews[key]
            else:
                reviews[key] = review
        method = now.method if draw(st.integers(0, 3)) else draw(st.sampled_from(METHODS))
        editions = now.editions if draw(st.integers(0, 2)) else draw(EDITIONS)
        kept = [draw(st.integers(0, 7)) > 0 for _ in range(2)]
        area = now.area if draw(st.integers(0, 1)) else draw(st.sampled_from(AREAS))
        applies_to = now.applies_to if draw(st.integers(0, 3)) else draw(st.sampled_from(APPLIES_TO))
        now = Folder(reviews, method, kept[0], kept[1], editions, area, applies_to)
        made.append(now)
    return made


def write(root: Path, past: Sequence[Files]) -> list[str]:
    """Write a repository with a commit for each folder; the ids of the commits. The folder on disk is the last."""
    root.mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    stream = []
    for number, files in enumerate(past, 1):
        parent = f"from :{number - 1}\n" if number > 1 else ""
        who = f"Prov <p@exempel.se> {1_600_000_000 + number} +0000"
        stream.append(f"commit refs/heads/main\nmark :{number}\ncommitter {who}\ndata 1\nx\n{parent}deleteall\n")
        stream += [f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n" for path, text in files.items()]
    subprocess.run(["git", "-C", str(root), "fast-import", "--quiet"], input="".join(stream).encode(), check=True)
    lay(root, past[-1])
    log = ["git", "-C", str(root), "log", "--reverse", "--format=%H", "main"]
    return subprocess.run(log, check=True, capture_output=True, text=True).stdout.split()


def lay(root: Path, files: Files) -> None:
    """Write files on disk."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def lines_of(root: Path, at: str | None, *, cached: bool = False) -> dict[tuple[str | None, str | None], Timeline]:
    """The lines of the strategy, of its rounds and of their reviews."""
    with nullcontext() if cached else remembering_nothing():
        history = read_history(root, ENGLISH, at=at)
    return {(one.round, one.reviewer): one for one in history.timelines}


def briefs(card: Scorecard, criteria: CriteriaSet, outline: SetOutline) -> tuple[Any, ...]:
    """A scorecard in brief."""
    words = Lexicon(ENGLISH, criteria, outline)
    targets = tuple((one.id, make_brief(one.score, one.id, words)) for one in card.targets)
    return make_brief(card.total, TOTAL, words), targets


def result(scored: ScoredRound) -> tuple[Any, ...]:
    """What a round comes to, as a moment tells it."""
    card = scored.joint.card
    told = None if card is None else briefs(card, scored.criteria, scored.outline)
    left_out = tuple((one.file, one.code) for one in scored.of.left_out) if scored.joint.cannot_be_assessed else ()
    return told, scored.joint.cannot_be_assessed, len(scored.scored), left_out, scored.joint.status


def told(one: Moment) -> tuple[Any, ...]:
    """The same of a moment."""
    left_out = tuple(sorted(one.left_out)) if one.unassessed else ()
    return one.outcome and one.outcome[:2], one.unassessed, one.reviews, left_out, one.status


def agree(lines: Mapping[tuple[str | None, str | None], Timeline], files: Files) -> None:
    """Hold what git remembers last against what the folder says.

    Git knows more of a file that cannot be read any more: which round it spoke in. So where one is there, another
    round may speak than a folder alone can tell; but never with a figure that the round does not have.
    """
    workspace = load_files(HeldFiles({path: text.encode() for path, text in files.items()})).workspace
    is_readable = not any(BROKEN in text for text in files.values())
    rounds = {scored.round: scored for scored in score_rounds(workspace)}
    for name, scored in rounds.items():
        assert (name, None) in lines or not scored.is_joint
        if (name, None) in lines:
            assert told(lines[name, None].moments[-1]) == result(scored), name
    if is_readable:
        joint = [name for name, reviewer in lines if reviewer is None and name in rounds]
        assert joint == [name for name in rounds if (name, None) in lines]
    for one in score_workspace(workspace):
        moment = lines[one.review.round, one.review.reviewer].moments[-1]
        if moment.broken is None or moment.broken[2] == one.review.file:  # else the file that it is a copy of is broken
            expected = briefs(one.card, one.criteria, one.outline)
            assert (moment.outcome and moment.outcome[:2]) == expected, one.review.file
    speaking = strategy_results(workspace, tuple(rounds.values())).get("provplan")
    line = lines.get((None, None))
    last = line.moments[-1] if line else None
    if last is None or last.events[-1] == "deleted" or last.reviews is None:
        assert speaking is None or not is_readable
        assert last is None or last.outcome is None
    elif last.round not in rounds:  # nothing of it can be scored any more
        assert last.unassessed
        assert last.left_out
        assert last.outcome is None
    else:
        assert told(last) == result(rounds[last.round])
        assert not is_readable or (speaking is not None and last.round == speaking.round.round)


@given(pasts())
@tries(40, phases=PHASES)
def test_the_last_moment_is_what_the_folder_says(past: list[Folder]) -> None:
    with tempfile.TemporaryDirectory() as name, patch.dict(os.environ, {"XDG_CACHE_HOME": f"{name}/cache"}):
        root = Path(name, "mapp")
        files = [one.files() for one in past]
        commits = write(root, files[:-1] if len(files) > 1 else files)
        for at, there in zip(commits, files, strict=False):
            agree(lines_of(root, at, cached=True), there)
        for folder in ("strategies", "criteria"):
            shutil.rmtree(root / folder, ignore_errors=True)
        lay(root, files[-1])
        lines = lines_of(root, None, cached=True)
        agree(lines, files[-1])
        assert lines == lines_of(root, None)


def renamed(one: Folder, names: Mapping[str, str]) -> Folder:
    """The folder with its rounds renamed, in the files too."""
    reviews = {key: replace(review, round=names[review.round]) for key, review in one.reviews.items()}
    return replace(one, reviews=reviews)


DATED = {"2026-9": "2026-03-01", "2026-10": "2026-06-01", "remiss": "2026-11-01"}


@given(pasts(), st.permutations(NAMES))
@tries(15, phases=PHASES)
def test_renaming_rounds_changes_no_figure_and_no_order(past: list[Folder], order: list[str]) -> None:
    names = dict(zip(DATED, order, strict=False))
    dated = [
        replace(
            one,
            reviews={key: replace(made, date=DATED[made.round], is_broken=False) for key, made in one.reviews.items()},
        )
        for one in past
    ]
    with tempfile.TemporaryDirectory() as name:
        seen = []
        for number, folders in enumerate((dated, [renamed(one, names) for one in dated])):
            root = Path(name, str(number))
            write(root, [one.files() for one in folders])
            seen.append({key: one for key, one in lines_of(root, None).items() if one.reviewer is None})
    back = {new: old for old, new in names.items()}
    assert [name for name, _ in seen[0]] == [back.get(name or "") for name, _ in seen[1]]
    for one, other in zip(*(lines.values() for lines in seen), strict=True):
        assert [_bare(moment) for moment in one.moments] == [_bare(moment, back) for moment in other.moments]


def _bare(one: Moment, back: Mapping[str, str] | None = None) -> tuple[Any, ...]:
    """A moment but for its commit, and with its round by the one name."""
    spoke = (back or {}).get(one.round or "", one.round)
    codes = sorted(code for _, code in one.left_out)
    return one.events, spoke, one.outcome, one.status, one.reviews, one.unassessed, codes
