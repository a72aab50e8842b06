"""The demonstration does the whole job and finds what was planted."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import tomli as tomllib

from tests.workbench.commands.conftest import Run
from workbench.app import Workbench
from workbench.sample import read_truth
from workbench.sample.making import make_sample


@pytest.mark.parametrize("customers", [120, pytest.param(300, marks=pytest.mark.long)])
def test_every_planted_story_is_found_nobody_is_accused_and_a_second_one_replaces_the_first(
    run: Run, tmp_path: Path, customers: int
) -> None:
    words = ("demo", "--dir", tmp_path, "--customers", customers, "--months", 10, "--no-window", "--json")
    done = run(*words)
    assert done.status == 0, done.err
    body = done.json
    scores = {one["story"]: (one["recall"], one["precision"]) for one in body["stories"]}
    assert len(scores) == 10
    assert all(recall >= 0.95 for recall, _ in scores.values()), scores
    assert all(precision >= 0.9 for _, precision in scores.values()), scores
    assert all(one["planted"] >= 2 for one in body["stories"])
    plan = body["plan"]
    assert [len(plan[b]) for b in ("quick_wins", "needs_resources", "this_week")] == [5, 3, 1]
    assert Path(body["pdf"]).read_bytes().startswith(b"%PDF")
    assert Path(body["xlsx"]).exists()
    assert Path(body["pack_pdf"]).read_bytes().startswith(b"%PDF")
    assert Path(body["pack_xlsx"]).exists()
    assert Path(body["cards_pdf"]).name.startswith("旅程卡-")
    assert {Path(body[f"referrals_{form}"]).name[:4] for form in ("pdf", "xlsx")} == {"转介单-"}
    assert Path(body["cards_pdf"]).read_bytes().startswith(b"%PDF")
    # the year that the next months lead into: on one page, its first month, and for other calendars
    assert [Path(body[kind]).name for kind in ("year_pdf", "month_pdf", "ics")] == [
        "年轮-2027.pdf",
        "触点规划表-2027-01.pdf",
        "触点日历-2027.ics",
    ]
    assert all(Path(body[kind]).read_bytes().startswith(b"%PDF") for kind in ("year_pdf", "month_pdf"))
    assert Path(body["ics"]).read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert sum(one["refused"] for one in body["imported"]) == 0
    _every_story_shows_on_its_portraits(Path(body["book"]), tmp_path)
    # the long one does the whole job once more; in the short one the branch and its book are made again, which is what
    # replaces the first, and the job ends there
    if customers == 300:
        _a_second_replaces_it_but_not_under_its_window(run, words, body, lambda: run(*words).json)
    else:
        _a_second_replaces_it_but_not_under_its_window(run, words, body, lambda: _made_again(tmp_path))


#: by which tag a portrait shows a story that is a reason to contact and no signal
TAGS = {
    "C1": {"V.CRITICAL.UP.M0"},
    "C3": {"P.MATURITY.CRITICAL.D30", "P.MATURED.SINCE.D0"},
    "N1": {"V.GROWTH.NEWCOMER.M2"},
}


def _every_story_shows_on_its_portraits(book: Path, folder: Path) -> None:
    """Two carriers of each story: the signal stands on the portrait with its sentence, or the tag that tells it."""
    truth = read_truth(next(folder.rglob("样本真相.json")))
    shows = tomllib.loads((files("resources") / "sample" / "found_by.toml").read_text("utf-8"))
    with Workbench.open(book, "demo-531") as workbench:
        workbench.insight.engine.ensure()
        for story, carriers in truth.stories.items():
            for number in carriers[:2]:
                found = workbench.insight.portrait(number)
                signals = (
                    {verdict.code: verdict.reason for verdict in found.risk.signals} if found.risk else {}
                )
                hits = {tag.code for tag in found.tags if tag.state == "hit"}
                wanted = shows[story]
                assert signals.get(wanted["signal"]) if "signal" in wanted else TAGS[wanted["lead"]] & hits, (
                    story
                )
                assert found.next_actions


def _made_again(folder: Path) -> None:
    made = make_sample(folder, 100, 6)
    with made.workbench as workbench:
        assert workbench.insight.summary().customers == 100


def _a_second_replaces_it_but_not_under_its_window(
    run: Run, words: tuple[object, ...], first: dict[str, Any], again: Callable[[], dict[str, Any] | None]
) -> None:
    book = Path(first["book"])
    with Workbench.open(book, "demo-531") as workbench:
        before = workbench.book.fingerprint()
        refused = run(*words)
        assert (refused.status, refused.json["error"]["code"]) == (2, "locked")
        assert book.exists()
        assert workbench.book.fingerprint() == before
    second = again()
    with Workbench.open(book, "demo-531") as workbench:
        assert workbench.book.fingerprint() != before
    if second is not None:
        assert second["book"] == first["book"]
        assert json.dumps(first["stories"]) == json.dumps(second["stories"])
        assert first["lights"] == second["lights"]
