"""`granskning history` in real repositories: what happened to a review, and what it was worth each time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from granskning.workspace.schema.schema import load_schema
from patience import CLOCK

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past, Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
MINE = ("provplan", "2026-11", "granskaren")


def timelines(granskning: Run, root: Path, *options: str, code: int = 0) -> dict[tuple[str | None, ...], list[Any]]:
    done = granskning(*options, "--lang", "en", "history", "--format", "json", cwd=root)
    assert done.returncode == code, done.stderr
    told = json.loads(done.stdout)
    jsonschema.validate(told, load_schema("history"))
    return {(one["strategy"], one["round"], one["reviewer"]): one["moments"] for one in told["timelines"]}


def events(moments: list[Any]) -> list[list[str]]:
    return [one["events"] for one in moments]


def test_each_commit_is_scored_with_its_own_tree(granskning: Run, past: Past, tmp_path: Path) -> None:
    past.change(REVIEW, ("level: 1", "level: 3"))
    past.commit("högre nivå")
    past.change("criteria/prov.yaml", ("value: 2, why", "value: 5, why"))
    past.commit("vikten ändrad utan ny version")
    past.change("criteria/prov.yaml", ("version: 1.0.0", "version: 2.0.0"), ("{method: mean}", "{method: weakest}"))
    past.change(REVIEW, ("prov@1.0.0", "prov@2.0.0"), ("level: 3", "level: 2"))
    past.commit("ny version")
    moments = timelines(granskning, past.root)[MINE]
    assert events(moments) == [["added"], ["changed"], ["criteria"], ["changed"]]
    assert [one["criteria"]["version"] for one in moments] == ["1.0.0", "1.0.0", "1.0.0", "2.0.0"]
    for number, one in enumerate(moments):
        copy = tmp_path / f"kopia-{number}"
        past.git("worktree", "add", "-q", "--detach", str(copy), one["commit"])
        scored = json.loads(granskning("--lang", "en", "score", "--format", "json", cwd=copy).stdout)["reviews"][0]
        assert (one["total"], one["targets"]) == (scored["total"], scored["targets"])
        assert one["criteria"] == scored["criteria"]


def test_results_in_words_are_told_as_everywhere_else(granskning: Run, past: Past) -> None:
    past.change("criteria/prov.yaml", ("criteria: {method: mean}", "criteria: {method: weakest}"))
    past.change("criteria/prov.yaml", ("targets: {method: mean}", "targets: {method: best}"))
    past.commit("den svagaste")
    last = timelines(granskning, past.root)[MINE][-1]
    scored = json.loads(granskning("--lang", "en", "score", "--format", "json", cwd=past.root).stdout)["reviews"][0]
    assert (last["total"], last["targets"]) == (scored["total"], scored["targets"])
    told = json.loads(granskning("--lang", "en", "diff", "HEAD~1", "--format", "json", cwd=past.root).stdout)
    (both,) = told["scores"]
    assert both["after"] == scored["total"]


def test_what_becomes_of_a_file(granskning: Run, past: Past) -> None:
    sound = (past.root / REVIEW).read_text("utf-8")
    moved = REVIEW.replace("granskaren", "flyttad")
    (past.root / REVIEW).rename(past.root / moved)
    past.commit("flyttad")
    (past.root / moved).write_text(sound + "\t trasig\n", "utf-8")
    broken = past.commit("trasig")
    (past.root / moved).write_text(sound.replace("level: 1", "level: 2"), "utf-8")
    past.commit("lagad")
    (past.root / moved).unlink()
    past.commit("borttagen")
    (past.root / REVIEW).write_text(sound, "utf-8")
    past.commit("åter")
    past.change(REVIEW, ("level: 1", "level: 3"))
    moments = timelines(granskning, past.root)[MINE]
    assert events(moments) == [
        ["added"], ["moved"], ["broken"], ["mended"], ["deleted"], ["reborn", "reverted"], ["uncommitted", "changed"],
    ]  # fmt: skip
    assert moments[1]["source"] == REVIEW
    assert moments[2]["commit"] == broken
    assert moments[2]["broken"]["code"] == "GR101"
    assert moments[2]["total"] is None
    assert moments[4]["total"] is None
    assert moments[5]["source"] == moments[0]["commit"]
    assert (moments[6]["commit"], moments[6]["date"]) == (None, None)
    assert moments[6]["total"]["value"] > moments[5]["total"]["value"]


def test_a_review_keeps_its_line_when_it_is_renamed(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("reviewer: granskaren", "reviewer: controller"))
    (past.root / REVIEW).rename(past.root / REVIEW.replace("granskaren", "controller"))
    past.commit("annan roll")
    lines = timelines(granskning, past.root)
    assert MINE not in lines
    moments = lines["provplan", "2026-11", "controller"]
    assert events(moments) == [["added"], ["renamed"]]
    assert moments[1]["source"] == "/".join(MINE)


def test_a_review_of_a_new_round_has_a_line_of_its_own(granskning: Run, past: Past) -> None:
    later = REVIEW.replace("2026-11", "2027-11")
    (past.root / later).parent.mkdir()
    text = (past.root / REVIEW).read_text("utf-8").replace("round: 2026-11", "round: 2027-11")
    (past.root / later).write_text(text.replace("level: 1", "level: 3"), "utf-8")
    past.commit("ny omgång")
    lines = timelines(granskning, past.root)
    assert events(lines[MINE]) == [["added"]]
    assert events(lines["provplan", "2027-11", "granskaren"]) == [["added"]]
    assert [one["round"] for one in lines["provplan", None, None]] == ["2026-11", "2027-11"]


def test_lines_of_development_and_their_merge(granskning: Run, past: Past) -> None:
    past.git("checkout", "-q", "-b", "sidan")
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.commit("på sidan")
    past.git("checkout", "-q", "main")
    past.change("strategies/provplan/strategy.yaml", ("id: provplan", "id: provplan # samma"))
    past.commit("på huvudlinjen")
    past.git("merge", "-q", "--no-edit", "sidan")
    moments = timelines(granskning, past.root)[MINE]
    assert events(moments) == [["added"], ["changed"]], "the merge gives what stood on the side already"
    past.git("checkout", "-q", "-b", "annan", "HEAD~1")
    past.change(REVIEW, ("level: 3", "level: 0"))
    past.commit("på en annan sida")
    past.git("checkout", "-q", "main")
    past.git("merge", "-q", "--no-edit", "annan")
    moments = timelines(granskning, past.root)[MINE]
    assert events(moments) == [["added"], ["changed"], ["changed"], ["merged"]]
    assert len({one["total"]["exact"] for one in moments}) == 4


def test_the_joint_result_of_a_round(granskning: Run, past: Past) -> None:
    text = (past.root / REVIEW).read_text("utf-8")
    second = REVIEW.replace("granskaren", "annan")
    (past.root / second).write_text(text.replace("reviewer: granskaren", "reviewer: annan"), "utf-8")
    past.commit("två granskare")
    past.change("criteria/prov.yaml", ("scoring:\n", "scoring:\n  reviewers: {method: mean}\n"))
    past.commit("medelvärde")
    past.change(second, ("level: 1", "level: 3"))
    past.commit("oense")
    lines = timelines(granskning, past.root)
    moments = lines["provplan", "2026-11", None]
    assert [one["reviews"] for one in moments] == [2, 2, 2]
    assert moments[0]["total"] is None
    scored = json.loads(granskning("--lang", "en", "score", "--format", "json", cwd=past.root).stdout)["rounds"][0]
    assert (moments[-1]["total"], moments[-1]["targets"]) == (scored["total"], scored["targets"])
    assert lines["provplan", None, None][-1]["total"] == scored["total"]
    # the round has come as far as the reviewer who has come the least far, as its report and the portfolio say
    past.change(second, ("status: draft", "status: submitted"))
    past.commit("den ena lämnar in")
    past.change(REVIEW, ("status: draft", "status: submitted"))
    past.commit("den andra också")
    statuses = [one["status"] for one in timelines(granskning, past.root)["provplan", "2026-11", None]]
    assert statuses == ["draft", "draft", "draft", "submitted"]


@pytest.mark.parametrize(("kind", "is_shared"), [("clarified", True), ("substantive", False), ("", False)])
def test_new_words_break_a_line_unless_the_set_says_that_they_mean_the_same(
    granskning: Run, past: Past, kind: str, *, is_shared: bool
) -> None:
    note = f"changes:\n  - {{from: 1.0.0, kind: {kind}, criterion: resor-barn, text: {{sv: Så., en: So.}}}}\n"
    past.change("criteria/prov.yaml", ("version: 1.0.0", "version: 2.0.0"),
                ("Räknas barnens resor?", "Räknas barns egna resor?"))  # fmt: skip
    past.change(REVIEW, ("prov@1.0.0", "prov@2.0.0"))
    if kind:
        with (past.root / "criteria/prov.yaml").open("a", encoding="utf-8") as file:
            file.write(note)
    past.commit("ny version")
    for _ in range(2):  # worked out, and remembered
        line = timelines(granskning, past.root)["provplan", "2026-11", "granskaren"]
        assert [moment["criteria"]["version"] for moment in line] == ["1.0.0", "2.0.0"]
        table = granskning("history", cwd=past.root).stdout
        assert ("kriterierna ändrades" not in table) is is_shared, table


def test_a_criteria_set_that_is_not_there(granskning: Run, past: Past) -> None:
    (past.root / "criteria/prov.yaml").unlink()
    past.commit("utan kriterier")
    moments = timelines(granskning, past.root)[MINE]
    assert events(moments) == [["added"], ["criteria"]]
    assert moments[1]["broken"]["code"] == "GR303"
    assert moments[1]["total"] is None


def test_a_shallow_clone_says_that_it_begins_here(granskning: Run, past: Past, tmp_path: Path) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.commit("ändrad")
    clone = tmp_path / "klon"
    subprocess.run(["git", "clone", "-q", "--depth", "1", past.root.as_uri(), str(clone)], check=True)
    moments = timelines(granskning, clone)[MINE]
    assert events(moments) == [["begins_here"]]
    done = granskning("--lang", "en", "history", cwd=clone)
    assert "the history begins here" in done.stdout
    assert "shallow clone" in done.stderr


def test_the_cache_never_changes_the_answer(granskning: Run, past: Past, tmp_path: Path) -> None:
    for level in (2, 3, 0):
        text = (past.root / REVIEW).read_text("utf-8")
        (past.root / REVIEW).write_text(text.replace("    level: 3", f"    level: {level}"), "utf-8")
        past.commit(f"nivå {level}")
    alone = timelines(granskning, past.root, "--no-cache")
    assert not (tmp_path / "cache").exists()
    cold, warm = timelines(granskning, past.root), timelines(granskning, past.root)
    assert alone == cold == warm
    (held,) = (tmp_path / "cache/granskning").glob("history-*.sqlite")
    whole = held.read_bytes()
    for damaged in (b"", b"no database", whole[: len(whole) // 2], whole.replace(b"value", b"eulav"), whole[::-1]):
        held.write_bytes(damaged)
        assert timelines(granskning, past.root) == alone
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").write_text("no folder", "utf-8")
    assert timelines(granskning, past.root) == alone


def test_several_at_once_share_the_cache(past: Past, tmp_path: Path) -> None:
    import sys  # noqa: PLC0415

    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "granskning", "history", "--format", "json"]
    running = [subprocess.Popen(command, cwd=past.root, env=env, stdout=subprocess.PIPE) for _ in range(4)]
    told = {process.communicate(timeout=CLOCK)[0] for process in running}
    assert len(told) == 1
    assert all(process.returncode == 0 for process in running)


def test_one_strategy_and_a_name_nearly_right(granskning: Run, past: Past) -> None:
    assert "provplan" in granskning("--lang", "en", "history", "provplan", cwd=past.root).stdout
    done = granskning("--lang", "en", "history", "provplanen", cwd=past.root)
    assert done.returncode == 2
    assert "did you mean provplan?" in done.stderr


def test_table_and_csv_tell_the_trend(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("level: 1", "level: 3"))
    past.commit("högre")
    table = granskning("--lang", "en", "history", cwd=past.root, env={"COLUMNS": "160"}).stdout
    assert "rose from 1.0 to 3.0" in table
    assert "changed: högre" in table
    rows = granskning("--lang", "en", "history", "--format", "csv", cwd=past.root).stdout.splitlines()
    assert rows[0].startswith("strategy,round,reviewer,date,commit")
    assert any(row.endswith("resor,3.0,High,1,1") for row in rows)


@pytest.mark.parametrize("where", ["none", "empty", "bare"])
def test_where_there_is_no_history(granskning: Run, workspace: Path, where: str) -> None:
    if where != "none":
        subprocess.run(["git", "init", "-q", *(["--bare", "."] if where == "bare" else [])], cwd=workspace, check=True)
    done = granskning("--lang", "en", "history", cwd=workspace)
    assert done.returncode == 2
    said = {"none": "does not lie in a git repository", "empty": "is empty", "bare": "is a bare repository"}
    assert said[where] in done.stderr
    swedish = granskning("history", cwd=workspace).stderr
    assert said[where] not in swedish


def test_a_repository_of_somebody_else(granskning: Run, past: Past) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to somebody else")
    for path in (past.root, *past.root.rglob("*")):
        os.chown(path, 12345, 12345)
    kept = {"HOME": str(past.root.parent), "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*"}  # fmt: skip
    done = granskning("--lang", "en", "history", cwd=past.root, env=kept)
    assert done.returncode == 2
    assert "owned by somebody else" in done.stderr


def test_a_damaged_content_stops_no_other(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.commit("skadas")
    blob = past.git("rev-parse", f"HEAD:{REVIEW}")
    past.change(REVIEW, ("level: 2", "level: 3"))
    past.commit("hel")
    held = past.root / ".git/objects" / blob[:2] / blob[2:]
    held.chmod(0o644)
    held.write_bytes(b"garbage")
    moments = timelines(granskning, past.root, code=2)[MINE]
    assert events(moments) == [["added"], ["broken"], ["mended"]]
    assert moments[1]["broken"]["code"] == "GR001"
    assert moments[2]["total"]["value"] == 3.0


def test_a_damaged_commit_is_told_and_the_rest_shown(granskning: Run, past: Past) -> None:
    first = past.git("rev-parse", "HEAD")
    for level in (2, 3):
        past.change(REVIEW, (f"level: {level - 1}", f"level: {level}"))
        past.commit(f"nivå {level}")
    held = past.root / ".git/objects" / first[:2] / first[2:]
    held.chmod(0o644)
    held.write_bytes(b"garbage")
    done = granskning("--lang", "en", "history", "--format", "json", cwd=past.root)
    assert done.returncode == 2
    assert first in done.stderr
    (moments,) = (one["moments"] for one in json.loads(done.stdout)["timelines"] if one["reviewer"])
    assert moments[-1]["total"]["value"] == 3.0


def test_a_submodule_is_named(granskning: Run, past: Past, tmp_path: Path) -> None:
    other = tmp_path / "annat"
    other.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=other, check=True)
    who = ["-c", "user.name=prov", "-c", "user.email=prov"]
    subprocess.run(["git", *who, "commit", "-q", "--allow-empty", "-m", "x"], cwd=other, check=True)
    past.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "strategies/utanfor")
    past.commit("undermodul")
    done = granskning("--lang", "en", "history", cwd=past.root)
    assert done.returncode == 0
    assert "strategies/utanfor is a repository of its own" in done.stderr


def test_a_working_folder_inside_a_larger_repository(granskning: Run, past: Past, tmp_path: Path) -> None:
    outer = tmp_path / "stort"
    shutil.copytree(past.root, outer / "mapp", ignore=shutil.ignore_patterns(".git"))
    shutil.copytree(past.root / ".git", outer / ".git")
    past.root = outer
    past.commit("allt i en mapp")
    past.change(f"mapp/{REVIEW}", ("level: 1", "level: 3"))
    past.commit("ändrad")
    moments = timelines(granskning, outer / "mapp")[MINE]
    assert moments[-1]["events"] == ["changed"]
    assert moments[-1]["file"] == REVIEW


# --- what counts, and what is another ---------------------------------------------------------------------------------


def _second(past: Past, name: str, *pieces: tuple[str, str]) -> str:
    """A copy of the review under another name, with pieces of its text replaced."""
    path = REVIEW.replace("granskaren", name)
    past.change(REVIEW)  # it must be there
    text = (past.root / REVIEW).read_text("utf-8")
    for old, new in pieces:
        assert old in text
        text = text.replace(old, new, 1)
    (past.root / path).write_text(text, "utf-8")
    return path


def _later(past: Past, name: str, *pieces: tuple[str, str]) -> str:
    """The same review in another round."""
    path = REVIEW.replace("2026-11", name)
    (past.root / path).parent.mkdir()
    text = (past.root / REVIEW).read_text("utf-8")
    for old, new in (("round: 2026-11", f"round: {name}"), *pieces):
        assert old in text
        text = text.replace(old, new, 1)
    (past.root / path).write_text(text, "utf-8")
    return path


def test_the_latest_round_by_its_date_speaks_whatever_it_is_called(granskning: Run, past: Past) -> None:
    _later(past, "antagen", ("date: 2026-11-23", "date: 2027-02-01"), ("level: 1", "level: 3"))
    past.commit("en tidigare i alfabetet")
    _later(past, "remiss", ("date: 2026-11-23", "date: 2026-05-02"), ("level: 1", "level: 0"))
    past.commit("en senare i alfabetet")
    lines = timelines(granskning, past.root)
    assert [one["round"] for one in lines["provplan", None, None]] == ["2026-11", "antagen"]
    rounds = [round_ for _, round_, reviewer in lines if reviewer]
    assert rounds == ["remiss", "2026-11", "antagen"]
    rows = granskning("history", "--format", "csv", cwd=past.root).stdout.splitlines()[1:]
    in_rows = [row.split(";")[1] for row in rows if row.split(";")[2]]
    assert list(dict.fromkeys(in_rows)) == rounds
    table = granskning("history", cwd=past.root, env={"COLUMNS": "160"}).stdout
    assert table.index("remiss  granskaren") < table.index("2026-11  granskaren") < table.index("antagen  granskaren")


def test_a_round_under_way_replaces_nothing(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("status: draft", "status: submitted"))
    past.commit("inlämnad")
    later = _later(past, "2027-02", ("date: 2026-11-23", "date: 2027-02-01"), ("level: 1", "level: 0"),
                   ("status: submitted", "status: draft"))  # fmt: skip
    past.commit("nästa omgång")
    line = timelines(granskning, past.root)["provplan", None, None]
    assert [(one["round"], one["status"]) for one in line] == [("2026-11", "draft"), ("2026-11", "submitted")]
    past.change(later, ("status: draft", "status: submitted"))
    past.commit("också inlämnad")
    assert timelines(granskning, past.root)["provplan", None, None][-1]["round"] == "2027-02"


def test_a_broken_file_tells_no_fall(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("status: draft", "status: submitted"))
    past.commit("inlämnad")
    later = _later(past, "2027-02", ("date: 2026-11-23", "date: 2027-02-01"), ("level: 1", "level: 3"))
    past.commit("senare omgång")
    past.change(later, ("answers:", "answers"))
    past.commit("trasig")
    past.change(later, ("answers", "answers:"))
    past.commit("lagad")
    line = timelines(granskning, past.root)["provplan", None, None]
    assert [(one["round"], one["total"] and one["total"]["exact"]) for one in line] == [
        ("2026-11", "2"), ("2026-11", "2"), ("2027-02", "3"), ("2027-02", None), ("2027-02", "3"),
    ]  # fmt: skip
    assert [one["events"] for one in line[3:]] == [["broken"], ["mended"]]
    assert (line[3]["cannot_be_assessed"], line[3]["left_out"]) == (True, [{"file": later, "code": "GR101"}])
    table = granskning("--lang", "en", "history", cwd=past.root, env={"COLUMNS": "200"}).stdout
    assert "broken (1 file of the round cannot be counted: granskaren.yaml GR101): trasig" in table


def test_one_of_several_that_breaks_leaves_no_figure_of_the_rest(granskning: Run, past: Past) -> None:
    past.change("criteria/prov.yaml", ("scoring:\n", "scoring:\n  reviewers: {method: mean}\n"))
    other = _second(past, "annan", ("reviewer: granskaren", "reviewer: annan"), ("level: 1", "level: 3"))
    past.commit("två")
    past.change(other, ("answers:", "answers"))
    lines = timelines(granskning, past.root)
    for key in ((None, None), ("2026-11", None)):
        last = lines["provplan", *key][-1]
        assert (last["total"], last["cannot_be_assessed"], last["reviews"]) == (None, True, 1)


def test_a_copy_of_a_review_makes_no_change_of_it(granskning: Run, past: Past) -> None:
    copy = _second(past, "granskaren-LAPTOP", ("level: 1", "level: 3"))
    past.commit("en synkkopia")
    lines = timelines(granskning, past.root)
    moments = lines[MINE]
    assert events(moments) == [["added"], ["broken"]]
    assert (moments[1]["broken"]["code"], moments[1]["total"]) == ("GR304", None)
    assert lines["provplan", None, None][-1]["cannot_be_assessed"] is True
    table = granskning("--lang", "en", "history", cwd=past.root, env={"COLUMNS": "200"}).stdout
    assert "not counted (another file is the same review (GR304)): en synkkopia" in table
    (past.root / copy).unlink()
    past.commit("borta")
    lines = timelines(granskning, past.root)
    assert events(lines[MINE]) == [["added"], ["broken"], ["mended"]]
    assert lines[MINE][2]["total"] == lines[MINE][0]["total"]
    assert lines["provplan", None, None][-1]["total"] == lines["provplan", None, None][0]["total"]


def test_an_edition_that_is_not_there_any_more(granskning: Run, past: Past) -> None:
    past.change("strategies/provplan/strategy.yaml", ("id: remiss", "id: annan"))
    past.commit("dokumentversionen bytte namn")
    lines = timelines(granskning, past.root)
    assert (events(lines[MINE])[-1], lines[MINE][-1]["broken"]["code"]) == (["broken"], "GR211")
    assert lines["provplan", None, None][-1]["left_out"] == [{"file": REVIEW, "code": "GR211"}]
    past.change("strategies/provplan/strategy.yaml", ("id: annan", "id: remiss"))
    past.commit("och tillbaka")
    assert events(timelines(granskning, past.root)[MINE]) == [["added"], ["broken"], ["mended"]]


def test_what_changes_no_judgement_is_no_moment(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("status: draft", "# en kommentar\nstatus: draft"))
    past.commit("en kommentar")
    past.change(REVIEW, ("Alla hördes.", "Alla hördes, tidigt."))
    past.commit("en motivering")
    past.change("criteria/prov.yaml", ("En påhittad källa", "En annan påhittad källa"))
    past.commit("källan")
    past.change("strategies/provplan/strategy.yaml", ("owner: Provlän", "owner: Annat län"))
    past.commit("ägaren")
    (past.root / REVIEW).rename(past.root / REVIEW.replace("granskaren.yaml", "g.yaml"))
    past.commit("flyttad")
    lines = timelines(granskning, past.root)
    assert events(lines["provplan", None, None]) == [["added"]]
    assert events(lines[MINE]) == [["added"], ["changed"], ["moved"]], "why a level was given is a part of the answer"
    moved = REVIEW.replace("granskaren.yaml", "g.yaml")
    past.change(moved, ("level: 1", "level: 2"), ("level: 3", "level: 1"))
    past.commit("svaren")
    past.change(moved, ("status: draft", "status: submitted"))
    past.commit("inlämnad")
    lines = timelines(granskning, past.root)
    assert [one["subject"] for one in lines["provplan", None, None]] == ["början", "svaren", "inlämnad"]
