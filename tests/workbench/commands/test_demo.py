"""The demonstration does the whole job and finds what was planted."""

import json
from pathlib import Path

from tests.workbench.commands.conftest import Run
from workbench.app import Workbench


def test_every_planted_story_is_found_and_nobody_is_accused(run: Run, tmp_path: Path) -> None:
    done = run("demo", "--dir", tmp_path, "--customers", 300, "--months", 10, "--no-window", "--json")
    assert done.status == 0, done.err
    body = done.json
    scores = {one["story"]: (one["recall"], one["precision"]) for one in body["stories"]}
    assert len(scores) == 10
    assert all(recall == 1.0 for recall, _ in scores.values()), scores
    assert all(precision >= 0.8 for _, precision in scores.values()), scores
    assert all(one["planted"] >= 2 for one in body["stories"])
    plan = body["plan"]
    assert [len(plan[b]) for b in ("quick_wins", "needs_resources", "this_week")] == [5, 3, 1]
    assert Path(body["pdf"]).read_bytes().startswith(b"%PDF")
    assert Path(body["xlsx"]).exists()
    assert sum(one["refused"] for one in body["imported"]) == 0


def test_a_second_demonstration_replaces_the_first(run: Run, tmp_path: Path) -> None:
    words = ("demo", "--dir", tmp_path, "--customers", 100, "--months", 6, "--no-window", "--json")
    first, second = run(*words).json, run(*words).json
    assert json.dumps(first["stories"]) == json.dumps(second["stories"])
    assert first["lights"] == second["lights"]


def test_a_demonstration_in_use_is_not_taken_from_under_its_window(run: Run, tmp_path: Path) -> None:
    words = ("demo", "--dir", tmp_path, "--customers", 100, "--months", 6, "--no-window", "--json")
    book = Path(run(*words).json["book"])
    with Workbench.open(book, "demo-531") as workbench:
        before = workbench.book.fingerprint()
        refused = run(*words)
        assert (refused.status, refused.json["error"]["code"]) == (2, "locked")
        assert book.exists()
        assert workbench.book.fingerprint() == before
