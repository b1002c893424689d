"""A comparison as text (Markdown, so that it can be a comment on a change), as HTML and as JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from granskning.json_text import output_text
from granskning.reporting.blocks.tables import Table
from granskning.reporting.differences.diff_blocks import diff_blocks
from granskning.reporting.differences.diff_values import DifferenceLine, Heading
from granskning.reporting.html.languages import spell_out_languages
from granskning.reporting.shared_parts.prose_languages import marked_prose
from granskning.reporting.tables.text_table import markdown_table
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.compare import changes_of_review
from granskning.scoring.plain import plain_score
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import PageTranslator, Translator
    from granskning.reporting.differences.diff_values import Block
    from granskning.reporting.differences.word_diff import DiffRun
    from granskning.scoring.compare import Judged, JudgementChange
    from granskning.scoring.plain import Plain
    from granskning.scoring.results.card import Scorecard
    from granskning.tasks.folder.score import ScoredRound
    from granskning.tasks.history.diff import Diff
    from granskning.tasks.history.diff_sides import Side

_MARKUP = re.compile(r"([*`<\[\\]|~(?=.*~)|(?<=~)~)")
_AROUND = {"same": "", "removed": "~~", "added": "**", "strong": "**"}
_TAGS = {"same": "", "removed": "del", "added": "ins", "strong": "strong"}
_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "del{color:#8c1c13;background:#fdecea}ins{color:#0b4f2a;background:#e6f4ea;text-decoration:underline}"
    "table{border-collapse:collapse;margin:.5rem 0}th,td{border:1px solid #767676;padding:.25rem .6rem;text-align:left}"
    "code{font-size:.9em}"
)


# --- text -----------------------------------------------------------------------------------------------------------


def as_text(blocks: Sequence[Block]) -> str:
    """Markdown that is easy to read as it stands."""
    out: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            out += ["", f"{'#' * block.level} {_plain(block.text)}", ""]
        elif isinstance(block, Table):
            out += ["", *markdown_table(block, _plain), ""]
        elif block.depth == 0:
            out += [_runs(block.runs), ""]
        else:
            code = f"`{block.code}` " if block.code else ""
            out.append(f"{'  ' * (block.depth - 1)}- {code}{_runs(block.runs)}")
    text = "\n".join(out)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _runs(runs: Sequence[DiffRun]) -> str:
    parts = [(run.kind, _plain(run.text)) for run in runs if run.text]
    told = ""
    for kind, text in parts:
        around = _AROUND[kind]
        glue = "" if not told or told.endswith(" ") else " "
        told += f"{glue}{around}{text}{around}"
    return told


def _plain(text: str) -> str:
    """Text in which nothing is taken for Markdown."""
    return _MARKUP.sub(r"\\\1", text)


# --- HTML -----------------------------------------------------------------------------------------------------------


def html_of(diff: Diff, t: PageTranslator) -> str:
    """A page of a comparison, on which what reviewers wrote says its language."""
    return as_html(diff_blocks(diff, t, marked_prose(diff.after.loaded.workspace, t)), t)


def as_html(blocks: Sequence[Block], t: Translator) -> str:
    """A page of its own, without scripts and without anything from elsewhere."""
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    body = "\n".join(_html(blocks))
    page = (
        f'<!DOCTYPE html>\n<html lang="{t.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>"
    )
    return spell_out_languages(page, t)


def _html(blocks: Sequence[Block]) -> Iterator[str]:
    depth = 0
    for block in blocks:
        wanted = block.depth if isinstance(block, DifferenceLine) else 0
        while depth > wanted:
            yield "</li></ul>"
            depth -= 1
        if isinstance(block, Heading):
            yield f"<h{block.level - 1}>{escape(block.text)}</h{block.level - 1}>"
        elif isinstance(block, Table):
            yield "<table>"
            heads = "".join(f'<th scope="col">{escape(column.heading)}</th>' for column in block.columns)
            yield f"<thead><tr>{heads}</tr></thead>"
            yield "<tbody>"
            for first, *rest in block.rows:
                cells = "".join(f"<td>{escape(str(cell))}</td>" for cell in rest)
                yield f'<tr><th scope="row">{escape(str(first))}</th>{cells}</tr>'
            yield "</tbody></table>"
        elif wanted == 0:
            yield f"<p>{_html_runs(block)}</p>"
        else:
            same = depth == wanted
            while depth < wanted:
                yield "<ul>"
                depth += 1
            yield f"{'</li>' if same else ''}<li>{_html_runs(block)}"
    yield "</li></ul>" * depth


def _html_runs(line: DifferenceLine) -> str:
    told = f"<code>{escape(line.code)}</code> " if line.code else ""
    for run in line.runs:
        tag = _TAGS[run.kind]
        words = escape(run.text)
        told += f"<{tag}>{words}</{tag}> " if tag else f"{words} "
    return told.strip()


# --- JSON -----------------------------------------------------------------------------------------------------------


def as_json(diff: Diff, t: Translator) -> str:
    """The contract's `granskning/diff/1`."""
    changes = [_change(one, t) for held in diff.comparisons for one in held.changes]
    changes += [_change(changes_of_review(one, "added"), t) for one in diff.added]
    changes += [_change(changes_of_review(one, "removed"), t) for one in diff.removed]
    result = {
        "a": _side(diff.before),
        "b": _side(diff.after),
        "changes": changes,
        "criteria": [
            {
                "before": pair.before and pair.before.reference,
                "after": pair.after and pair.after.reference,
                "changes": [
                    {"id": one.id, "part": one.part, "key": one.key, "before": one.before, "after": one.after}
                    for one in pair.changes
                ],
            }
            for pair in diff.sets
        ],
        "scores": list(_scores(diff, t)),
        "broken": [
            {"side": "a" if side == "before" else "b", "file": file, "code": code} for side, file, code in diff.broken
        ],
        "backwards": diff.is_backwards,
    }
    return output_text("diff", result)


def _side(side: Side) -> Plain:
    return {"name": side.name or None, "commit": side.commit}


def _change(change: JudgementChange, t: Translator) -> Plain:
    return {
        "strategy": change.strategy,
        "round": change.round,
        "reviewer": change.reviewer,
        "reviewer_title": t.role(change.reviewer),
        "criterion": change.criterion,
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "movement": change.movement,
    }


def _scores(diff: Diff, t: Translator) -> Iterator[Plain]:
    for pair in diff.rounds:
        held = [_Held.of_round(one, t) for one in (pair.before, pair.after)]
        unassessed = [one is not None and one.joint.cannot_be_assessed for one in (pair.before, pair.after)]
        told = _beside((pair.strategy, pair.round, None), held[0], held[1], None)
        yield {**told, "cannot_be_assessed": dict(zip(("before", "after"), unassessed, strict=True))}
    for both in diff.comparisons:
        identity = both.after.review.identity
        yield _beside(identity, _Held.of_review(both.before, t), _Held.of_review(both.after, t), both.total.movement)
    for one in diff.added:
        yield _beside(one.review.identity, None, _Held.of_review(one, t), None)
    for one in diff.removed:
        yield _beside(one.review.identity, _Held.of_review(one, t), None, None)


@dataclass(frozen=True, slots=True)
class _Held:
    """A scorecard, and what its criteria set calls things."""

    card: Scorecard
    words: Lexicon

    @classmethod
    def of_review(cls, judged_review: Judged, t: Translator) -> _Held:
        return cls(judged_review.card, Lexicon(t, judged_review.criteria))

    @classmethod
    def of_round(cls, scored_round: ScoredRound | None, t: Translator) -> _Held | None:
        if scored_round is None or scored_round.joint.card is None:
            return None
        return cls(scored_round.joint.card, Lexicon(t, scored_round.criteria, scored_round.outline))

    def score(self, place: str) -> Plain | None:
        targets = {target.id: target.score for target in self.card.targets}
        score = self.card.total if place == TOTAL else targets.get(place)
        return None if score is None else plain_score(score, self.words.t.language, self.words, place)


def _beside(
    identity: tuple[str, str, str | None], before: _Held | None, after: _Held | None, movement: str | None
) -> Plain:
    strategy, round_, reviewer = identity
    places = dict.fromkeys(one.id for held in (after, before) if held for one in held.card.targets)
    return {
        "strategy": strategy,
        "round": round_,
        "reviewer": reviewer,
        "movement": movement,
        "before": before and before.score(TOTAL),
        "after": after and after.score(TOTAL),
        "verdict": {"before": before and before.card.verdict.given, "after": after and after.card.verdict.given},
        "targets": [
            {"id": name, "before": before and before.score(name), "after": after and after.score(name)}
            for name in places
        ],
    }
