"""A strategy's own file made and edited: ids of the words, documents beside it, plans of rounds, and roles."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from granskning.errors import UsageError, WriteRefusedError
from granskning.tasks.editing import strategy_file
from granskning.tasks.editing.strategy_file import (
    NewDocument,
    add_edition,
    decide_not_to_review,
    document_facts,
    ending_of,
    ensure_role,
    new_strategy,
    plan_round,
    write_role,
)
from granskning.workspace.yaml.edit import edit_bytes

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = "strategies/provplan/strategy.yaml"
FIELDS = {"title": "Provplanen", "kind": "plan", "area": "skola", "owner": "Provlän", "period": {"from": 2026}}
EDITION = {"stage": "consultation", "date": "2026-09-15"}
TEXT = NewDocument("Plan.TXT", b"Resor f\xc3\xb6r alla.\n", is_kept=True)


def values(root: Path, file: str = STRATEGY) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((root / file).read_bytes())
    return read


def test_a_strategy_is_written_with_its_edition_and_its_document(workspace: Path) -> None:
    made = new_strategy(workspace, {**FIELDS, "text": "", "challenges": []}, {**EDITION, "address": ""}, TEXT)
    assert (made.id, made.refused) == ("provplanen", ())
    assert made.document is not None
    assert (made.document.pages, made.document.has_text) == (None, True)
    whole = values(workspace, "strategies/provplanen/strategy.yaml")
    assert whole == {
        "schema": "granskning/strategy/1", "id": "provplanen", **FIELDS,
        "editions": [{
            "id": "remissversion-2026", "stage": "consultation", "date": whole["editions"][0]["date"],
            "document": "documents/remissversion-2026.txt", "sha256": sha256(TEXT.data).hexdigest(),
        }],
    }  # fmt: skip
    assert (workspace / "strategies/provplanen/documents/remissversion-2026.txt").read_bytes() == TEXT.data


def test_a_title_that_is_taken_makes_another_id_and_nothing_is_overwritten(workspace: Path) -> None:
    before = (workspace / STRATEGY).read_bytes()
    assert new_strategy(workspace, {**FIELDS, "title": "Provplan"}, EDITION, None).id == "provplan-2"
    assert (workspace / STRATEGY).read_bytes() == before


def test_a_strategy_that_somebody_else_makes_in_the_same_moment_is_not_written_over(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace / "strategies/provplanen/strategy.yaml"

    def meanwhile(*arguments: Any) -> bytes:
        path.parent.mkdir()
        path.write_bytes(b"en annan\n")
        return edit_bytes(*arguments)

    monkeypatch.setattr(strategy_file, "edit_bytes", meanwhile)
    with pytest.raises(WriteRefusedError):
        new_strategy(workspace, FIELDS, EDITION, TEXT)
    assert path.read_bytes() == b"en annan\n"
    assert not (path.parent / "documents").exists()


def test_what_lacks_something_is_told_and_not_written(workspace: Path) -> None:
    made = new_strategy(workspace, {**FIELDS, "owner": ""}, EDITION, TEXT)
    assert made.refused
    assert made.document is not None
    assert not (workspace / "strategies/provplanen").exists()


def test_a_document_that_may_not_be_kept_leaves_its_hash_alone(workspace: Path) -> None:
    added = add_edition(
        workspace, "provplan", {"stage": "adopted", "date": "2026-12"}, NewDocument("p.txt", b"x\n", is_kept=False)
    )
    edition = values(workspace)["editions"][-1]
    assert (added.id, added.refused) == (edition["id"], ())
    assert edition["sha256"] == sha256(b"x\n").hexdigest()
    assert "document" not in edition
    assert len(list((workspace / "strategies/provplan/documents").iterdir())) == 1


def test_an_edition_without_a_document_has_none(workspace: Path) -> None:
    add_edition(workspace, "provplan", {"stage": "adopted", "date": "2026-12"}, None)
    first, second = values(workspace)["editions"]
    assert first["id"] == "remiss"
    assert set(second) == {"id", "stage", "date"}


def test_editions_of_a_stage_and_a_year_have_ids_of_their_own(workspace: Path) -> None:
    ids = [add_edition(workspace, "provplan", EDITION, None).id for _ in range(2)]
    assert ids == ["remissversion-2026", "remissversion-2026-2"]


def test_a_refused_edition_changes_nothing(workspace: Path) -> None:
    before = (workspace / STRATEGY).read_bytes()
    assert add_edition(workspace, "provplan", {"stage": "adopted", "date": "snart"}, TEXT).refused
    assert add_edition(workspace, "provplan", {"stage": "adopted", "date": "2026-02-30"}, TEXT).refused
    assert (workspace / STRATEGY).read_bytes() == before
    assert len(list((workspace / "strategies/provplan/documents").iterdir())) == 1


@pytest.mark.parametrize("is_same", [True, False])
def test_a_document_that_lies_there_already_is_used_or_stepped_aside_for(workspace: Path, *, is_same: bool) -> None:
    """As where an earlier try was broken off before its edition; another document is never overwritten."""
    place = workspace / "strategies/provplan/documents/remissversion-2026.txt"
    place.write_bytes(TEXT.data if is_same else b"Annat.\n")
    assert add_edition(workspace, "provplan", EDITION, TEXT).refused == ()
    named = values(workspace)["editions"][-1]["document"]
    digest = sha256(TEXT.data).hexdigest()
    assert named == f"documents/remissversion-2026{'' if is_same else '-' + digest[:8]}.txt"
    assert (workspace / "strategies/provplan" / named).read_bytes() == TEXT.data
    assert place.read_bytes() == (TEXT.data if is_same else b"Annat.\n")


def test_a_document_is_never_written_over_another_even_of_its_own_name_and_hash(workspace: Path) -> None:
    before, digest = (workspace / STRATEGY).read_bytes(), sha256(TEXT.data).hexdigest()
    for name in ("remissversion-2026.txt", f"remissversion-2026-{digest[:8]}.txt"):
        (workspace / "strategies/provplan/documents" / name).write_bytes(b"Annat.\n")
    with pytest.raises(WriteRefusedError):
        add_edition(workspace, "provplan", EDITION, TEXT)
    assert (workspace / STRATEGY).read_bytes() == before
    assert (workspace / "strategies/provplan/documents" / name).read_bytes() == b"Annat.\n"


@pytest.mark.parametrize(("name", "ending"), [("plan.PDF", "pdf"), ("a.b.docx", "docx"), ("md", "md")])
def test_a_document_is_known_by_its_ending(name: str, ending: str) -> None:
    assert ending_of(name) == ending


@pytest.mark.parametrize(("name", "told"), [("plan.exe", "plan.exe"), ("", "–"), ("plan.pdf.zip", "plan.pdf.zip")])
def test_what_is_no_document_is_refused_by_its_name(name: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        document_facts(NewDocument(name, b"x", is_kept=True))
    assert refused.value.values["name"] == told


def test_a_document_that_cannot_be_read_has_a_hash_and_a_reason() -> None:
    facts = document_facts(NewDocument("plan.pdf", b"%PDF-1.4 x", is_kept=True))
    assert (facts.sha256, facts.pages, facts.has_text) == (sha256(b"%PDF-1.4 x").hexdigest(), None, False)
    assert facts.problem is not None


def test_a_round_is_planned_changed_and_taken_back_key_by_key(workspace: Path) -> None:
    plan_round(workspace, "provplan", "2026-11", {"due": "2026-12-15", "blind": True, "assigned": {"makt": "chef"}})
    plan_round(workspace, "provplan", "2026-12", {"blind": True, "due": None})
    planned = values(workspace)["rounds"]
    assert [item["round"] for item in planned] == ["2026-11", "2026-12"]
    assert (planned[0]["blind"], planned[0]["assigned"]) == (True, {"makt": "chef"})
    assert set(planned[1]) == {"round", "blind"}
    plan_round(workspace, "provplan", "2026-12", {"blind": False, "due": "2027-01-15", "assigned": {}})
    plan_round(workspace, "provplan", "2026-11", {"assigned": {"resor": "chef"}, "blind": None})
    first, second = values(workspace)["rounds"]
    assert (set(first), first["assigned"]) == ({"round", "due", "assigned"}, {"resor": "chef"})
    assert set(second) == {"round", "due"}


def test_a_plan_that_says_nothing_writes_nothing(workspace: Path) -> None:
    before = (workspace / STRATEGY).read_bytes()
    assert plan_round(workspace, "provplan", "2026-11", {"due": "", "blind": False, "assigned": {}}) == ()
    assert (workspace / STRATEGY).read_bytes() == before
    assert plan_round(workspace, "provplan", "2026-11", {"due": "2026-02-30"}) != ()
    assert (workspace / STRATEGY).read_bytes() == before


def test_a_decision_not_to_review_is_written_without_what_is_empty_and_taken_back(workspace: Path) -> None:
    for path in (workspace / "strategies/provplan/reviews").rglob("*.yaml"):
        path.unlink()
    before = (workspace / STRATEGY).read_bytes()
    assert decide_not_to_review(workspace, "provplan", None) == ()
    assert (workspace / STRATEGY).read_bytes() == before
    decision = {"why": "Upphävd.", "role": "direktör", "date": "2026-11-01", "case_number": ""}
    assert decide_not_to_review(workspace, "provplan", decision) == ()
    assert set(values(workspace)["not_reviewed"]) == {"why", "role", "date"}
    decide_not_to_review(workspace, "provplan", None)
    assert (workspace / STRATEGY).read_bytes() == before


def test_a_strategy_with_errors_is_mended_first(workspace: Path) -> None:
    for data in (b"\xff", b"- x\n", b"schema: granskning/strategy/1\nid: provplan\n"):
        (workspace / STRATEGY).write_bytes(data)
        with pytest.raises(UsageError, match="has errors"):
            plan_round(workspace, "provplan", "2026-11", {"blind": True})
        assert (workspace / STRATEGY).read_bytes() == data


SETTINGS = "roles:\n  kollektivtrafik: {title: {sv: Planerare kollektivtrafik, en: Public transport planner}}\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("planerare-2", "planerare-2"),
        ("2a", "2a"),
        ("  planerare   KOLLEKTIVTRAFIK ", "kollektivtrafik"),
        ("Public Transport Planner", "kollektivtrafik"),
        ("Kollektivtrafik", "kollektivtrafik"),
        ("Chef för väg", "chef-for-vag"),
        ("Åäö", "aao"),
        ("con", "roll-con"),
        ("-x", "x"),
    ],
)
def test_a_role_is_known_by_its_title_or_made_of_its_words(workspace: Path, title: str, name: str) -> None:
    with (workspace / "granskning.yaml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    assert ensure_role(workspace, title) == name


@pytest.mark.parametrize("title", ["", "  ", "2026", "–!"])
def test_a_role_without_a_letter_is_none(workspace: Path, title: str) -> None:
    with pytest.raises(UsageError) as refused:
        ensure_role(workspace, title)
    assert refused.value.values["value"] == title


def test_the_title_of_a_role_is_kept_where_its_id_says_less(workspace: Path) -> None:
    settings = workspace / "granskning.yaml"
    before = settings.read_bytes()
    write_role(workspace, "controller", "sv")
    assert settings.read_bytes() == before
    write_role(workspace, " Chef   för väg ", "sv")
    assert values(workspace, "granskning.yaml")["roles"] == {"chef-for-vag": {"title": {"sv": "Chef för väg"}}}
    kept = settings.read_bytes()
    write_role(workspace, "CHEF FÖR VÄG", "en")
    assert settings.read_bytes() == kept
