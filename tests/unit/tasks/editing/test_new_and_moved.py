"""A new review chooses its edition, set and what it carries over; and a set has a newer version, frozen before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from altered_files import change_file, copy_altered, values_of
from granskning.edges.disk import FolderFiles
from granskning.errors import UsageError, WriteRefusedError
from granskning.tasks.editing.freeze import frozen_copy, frozen_path, frozen_variant
from granskning.tasks.editing.migrate import migrate_review, revise_set
from granskning.tasks.editing.new import NewReview, new_review, prepare_review
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
STRATEGY = "strategies/provplan/strategy.yaml"
SET = "criteria/prov.yaml"
ADOPTED = "  - {id: antagen, stage: adopted, date: 2026-10}\n"


def copy(root: Path, file: str, *pieces: tuple[str, str]) -> None:
    copy_altered(root / REVIEW, root / file, *pieces)


def wish(round_: str = "2026-12", reviewer: str = "planerare", **more: Any) -> NewReview:
    kind = more.pop("kind", "reviewer")
    return NewReview(more.pop("strategy", "provplan"), round_, reviewer, kind, "2026-11-30", **more)


def made(root: Path, asked: NewReview) -> dict[str, Any]:
    return values_of(new_review(root, asked).file)


def test_a_new_round_is_of_the_last_edition_and_a_begun_one_of_its_own(workspace: Path) -> None:
    change_file(workspace / STRATEGY, ("editions:\n", "editions:\n  - {id: skiss, stage: consultation, date: 2025}\n"))
    with (workspace / STRATEGY).open("a", encoding="utf-8") as file:
        file.write(ADOPTED)
    assert made(workspace, wish())["edition"] == "antagen"
    assert made(workspace, wish("2026-11"))["edition"] == "remiss"
    assert made(workspace, wish("2027-01", edition="skiss"))["edition"] == "skiss"
    assert made(workspace, wish("2026-11", "annan", edition="remiss"))["edition"] == "remiss"
    with pytest.raises(UsageError) as refused:
        new_review(workspace, wish("2026-11", "tredje", edition="antagen"))
    assert refused.value.values["edition"] == "remiss"
    with pytest.raises(UsageError) as refused:
        new_review(workspace, wish(edition="borta"))
    assert refused.value.values["known"] == "skiss, remiss, antagen"


def test_a_new_round_is_of_the_folders_set_and_a_begun_one_of_its_own(workspace: Path) -> None:
    text = (workspace / SET).read_text("utf-8")
    (workspace / "criteria/earlier").mkdir()
    for version in ("0.9.0", "0.10.0"):
        (workspace / f"criteria/earlier/prov-{version}.yaml").write_text(
            text.replace("version: 1.0.0", f"version: {version}"), "utf-8"
        )
    (workspace / "criteria/annat.yaml").write_text(text.replace("id: prov", "id: annat"), "utf-8")
    assert made(workspace, wish())["criteria"] == "prov@1.0.0"
    assert made(workspace, wish("2027-01", criteria="prov@0.9.0"))["criteria"] == "prov@0.9.0"
    assert made(workspace, wish("2027-01", "annan"))["criteria"] == "prov@0.9.0"
    assert made(workspace, wish("2027-02", criteria="annat"))["criteria"] == "annat@1.0.0"
    with pytest.raises(UsageError) as refused:
        new_review(workspace, wish("2026-11", criteria="annat"))
    assert refused.value.values["criteria"] == "prov@1.0.0"
    with pytest.raises(UsageError, match="borta"):
        new_review(workspace, wish(criteria="borta"))
    (workspace / SET).unlink()
    assert made(workspace, wish("2027-03"))["criteria"] == "prov@0.10.0", "of the earlier ones the latest"
    change_file(workspace / "granskning.yaml", ("criteria: prov", "criteria: saknas"))
    with pytest.raises(UsageError, match=r"that granskning.yaml names"):
        new_review(workspace, wish("2027-04"))


def test_a_joint_review_is_of_the_form_that_all_who_are_joined_had(workspace: Path) -> None:
    copy(workspace, REVIEW.replace("2026-11", "2026-12"), ("round: 2026-11", "round: 2026-12\nform: short"))
    joint = made(workspace, wish("2026-12", "samlad", kind="consensus"))
    assert joint["form"] == "short"
    (workspace / REVIEW.replace("2026-11/granskaren", "2026-12/samlad")).unlink()
    copy(workspace, REVIEW.replace("2026-11/granskaren", "2026-12/gammal"), ("round: 2026-11", "round: 2026-12"),
         (": granskaren", ": gammal"), ("kind: reviewer", "kind: consensus"))  # fmt: skip
    assert made(workspace, wish("2026-12", "samlad", kind="consensus"))["form"] == "short", "no joint review is joined"
    assert "form" not in made(workspace, wish("2026-11", "samlad", kind="consensus"))
    assert "form" not in made(workspace, wish("2026-12", "annan")), "one reviewer need not do as another"
    for name, form in (("a", "\nform: short"), ("b", "")):
        place = REVIEW.replace("2026-11/granskaren", f"2027-01/{name}")
        copy(workspace, place, ("round: 2026-11", f"round: 2027-01{form}"), (": granskaren", f": {name}"))
    assert "form" not in made(workspace, wish("2027-01", "samlad", kind="consensus"))
    assert made(workspace, wish("2027-02", short=True))["form"] == "short"
    with pytest.raises(UsageError, match="tag"):
        new_review(workspace, wish("2027-03", tags=("finns-inte",)))


def test_what_is_carried_over_is_ones_own_else_the_joint_else_the_only_review(workspace: Path) -> None:
    def carried(reviewer: str, earlier: str = "2026-11") -> str:
        round_ = f"2027-{reviewer}-{len(list((workspace / 'strategies/provplan/reviews').iterdir()))}"
        answers = made(workspace, wish(round_, reviewer, earlier=earlier))["answers"]
        return str(answers["makt-samrad"]["justification"]).strip()

    assert carried("planerare") == "Alla hördes."
    copy(workspace, REVIEW.replace("granskaren", "planerare"), ("reviewer: granskaren", "reviewer: planerare"),
         ("Alla hördes.", "Planerarens."))  # fmt: skip
    assert (carried("planerare"), carried("granskaren")) == ("Planerarens.", "Alla hördes.")
    with pytest.raises(UsageError) as refused:
        carried("tredje")
    assert set(str(refused.value.values["known"]).split(", ")) == {"granskaren", "planerare"}
    copy(workspace, REVIEW.replace("granskaren", "samlad"), ("reviewer: granskaren", "reviewer: samlad"),
         ("kind: reviewer", "kind: consensus"), ("Alla hördes.", "Samlat."))  # fmt: skip
    assert carried("tredje") == "Samlat."
    new_review(workspace, wish("2026-12"))
    with pytest.raises(UsageError, match="no answers to carry over"):
        carried("planerare", "2026-12")
    with pytest.raises(UsageError, match="no round") as refused:
        carried("planerare", "2026-13")


def test_a_review_is_prepared_without_being_written_and_never_overwrites(workspace: Path) -> None:
    prepared = prepare_review(workspace, wish(reviewer="Chef för väg"))
    assert not prepared.file.exists()
    assert prepared.file == workspace / "strategies/provplan/reviews/2026-12/chef-for-vag.yaml"
    prepared.write(prepared.text + b"# ifylld\n")
    assert prepared.file.read_bytes() == prepared.text + b"# ifylld\n"
    assert values_of(workspace / "granskning.yaml")["roles"]["chef-for-vag"] == {"title": {"sv": "Chef för väg"}}
    with pytest.raises(WriteRefusedError):
        prepared.write()
    assert prepared.file.read_bytes().endswith(b"# ifylld\n")


def test_what_is_not_there_is_told_and_no_round_has_a_name_that_some_system_cannot_hold(workspace: Path) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a round"):
        new_review(workspace, wish("con"))
    with pytest.raises(UsageError, match="provplam"):
        new_review(workspace, wish(strategy="provplam"))
    (workspace / STRATEGY).write_text("id: [\n", "utf-8")
    with pytest.raises(UsageError, match="has errors"):
        new_review(workspace, wish())


@pytest.fixture
def revised(workspace: Path) -> Path:
    """The set in a newer version, with the former one frozen."""
    revise_set(workspace, "prov", "1.1.0", "2026-11-30")
    return workspace


def test_a_set_is_frozen_as_it_was_and_gets_its_version_and_its_date(workspace: Path) -> None:
    before = (workspace / SET).read_text("utf-8")
    told = revise_set(workspace, "prov", "1.1.0", "2026-11-30")
    frozen = "criteria/earlier/prov-1.0.0.yaml"
    assert (told.file, told.frozen, told.earlier, told.later, told.reviews) == (
        SET, frozen, "prov@1.0.0", "prov@1.1.0", 1,
    )  # fmt: skip
    assert (workspace / frozen).read_text("utf-8") == before
    assert (workspace / SET).read_text("utf-8") == before.replace("version: 1.0.0", "version: 1.1.0"), "it had no date"
    change_file(workspace / SET, ("version: 1.1.0\n", "version: 1.1.0\ndate: 2026-01-01\n"))
    told = revise_set(workspace, "prov", "1.10.0", "2026-12-01")
    assert "version: 1.10.0\ndate: 2026-12-01\n" in (workspace / SET).read_text("utf-8")
    assert told.reviews == 0


@pytest.mark.parametrize("version", ["1.0.0", "0.9.9", "1.1", "1.01.0", "v1.1.0", "1.1.0\n", ""])
def test_a_version_is_three_numbers_and_later(workspace: Path, version: str) -> None:
    before = (workspace / SET).read_bytes()
    with pytest.raises(UsageError):
        revise_set(workspace, "prov", version, "2026-11-30")
    assert (workspace / SET).read_bytes() == before
    assert not (workspace / "criteria/earlier").exists()


def test_only_a_set_of_its_own_file_is_revised(workspace: Path) -> None:
    for name in ("annat", "prov@1.0.0"):
        with pytest.raises(UsageError):
            revise_set(workspace, name, "1.1.0", "2026-11-30")


def test_a_copy_that_lies_there_already_is_not_written_again(workspace: Path) -> None:
    """As after a revision that was broken off; with the editor's line as it was, or as it is a folder further down."""
    head = "# yaml-language-server: $schema=../.granskning/schemas/criteria.schema.json\n"
    text = head + (workspace / SET).read_text("utf-8")
    (workspace / SET).write_text(text, "utf-8")
    files = FolderFiles(workspace)
    criteria = load_files(files).workspace.criteria["prov@1.0.0"]
    (write,) = frozen_copy(workspace, criteria, files)
    assert (write.path, write.is_new) == (workspace / frozen_path(criteria), True)
    assert write.data.decode() == text.replace("=../.granskning", "=../../.granskning")
    write.path.parent.mkdir()
    for there in (text.encode(), write.data):
        write.path.write_bytes(there)
        assert frozen_copy(workspace, criteria, files) == []
    write.path.write_bytes(b"annat\n")
    assert len(frozen_copy(workspace, criteria, files)) == 1
    assert frozen_variant(workspace, criteria, files) == [], "it rests on no other set"


def test_a_variant_is_frozen_whole_once(workspace: Path) -> None:
    head = "schema: granskning/criteria/1\nid: egen\nversion: 1.0.0\ntitle: {sv: Egen, en: Own}\nextends: prov@1.0.0\n"
    (workspace / "criteria/egen.yaml").write_text(f"{head}removes: {{criteria: [resor-barn]}}\n", "utf-8")
    files = FolderFiles(workspace)
    criteria = load_files(files).workspace.criteria["egen@1.0.0"]
    (write,) = frozen_variant(workspace, criteria, files)
    assert b"extends" not in write.data
    write.path.parent.mkdir()
    write.path.write_bytes(write.data)
    assert frozen_variant(workspace, criteria, FolderFiles(workspace)) == []


def test_a_review_is_moved_to_a_later_version_of_its_own_set_alone(revised: Path) -> None:
    text = (revised / SET).read_text("utf-8")
    (revised / "criteria/annat.yaml").write_text(text.replace("id: prov", "id: annat"), "utf-8")
    before = (revised / REVIEW).read_bytes()
    for to in ("prov@1.0.0", "annat@1.1.0", "prov@9.0.0", "prov"):
        with pytest.raises(UsageError):
            migrate_review(revised, revised / REVIEW, to, dry=False)
    with pytest.raises(UsageError) as unknown:
        migrate_review(revised, revised / REVIEW, "prov@9.0.0", dry=False)
    assert "prov@1.1.0" in str(unknown.value.values)
    assert "annat" not in str(unknown.value.values), "those of its own set are what may have been meant"
    told = migrate_review(revised, revised / REVIEW, "prov@1.1.0", dry=True)
    assert (told.written, told.earlier, told.later, told.left, told.findings) == (
        False, "prov@1.0.0", "prov@1.1.0", (), (),
    )  # fmt: skip
    assert (revised / REVIEW).read_bytes() == before
    assert migrate_review(revised, revised / REVIEW, "prov@1.1.0", dry=False).written
    assert values_of(revised / REVIEW)["criteria"] == "prov@1.1.0"
    with pytest.raises(UsageError, match="not later"):
        migrate_review(revised, revised / REVIEW, "prov@1.0.0", dry=False)


def test_those_of_the_round_that_are_left_behind_are_named_and_the_editors_line_follows(revised: Path) -> None:
    head = "# yaml-language-server: $schema=../../../../.granskning/schemas/review-prov-1.0.0.schema.json\n"
    (revised / REVIEW).write_text(head + (revised / REVIEW).read_text("utf-8"), "utf-8")
    other = REVIEW.replace("granskaren", "annan")
    copy(revised, other, ("reviewer: granskaren", "reviewer: annan"))
    told = migrate_review(revised, revised / REVIEW, "prov@1.1.0", dry=False)
    assert (told.left, told.before is None, told.after is None) == ((other,), False, False)
    assert (revised / REVIEW).read_text("utf-8").startswith(head.replace("1.0.0", "1.1.0"))
    assert migrate_review(revised, revised / other, "prov@1.1.0", dry=False).left == ()
