"""Money at the rival is spoken of before it matures; a day that is past is said so (domain 4.7)."""

from typing import Any

import pytest

from db.cases import win_backs
from tests.workbench.conftest import SmallBook
from workbench.base.workdays import shipped
from workbench.outreach.winback.due import RivalStep, due, rival_step
from workbench.rules.parameters import Rules

RULES = Rules.load()


@pytest.mark.parametrize(
    ("matures", "last", "now", "step"),
    [
        # more than two weeks off: nothing yet
        ("2026-12-10", "2026-11-22", "2026-11-16", None),
        # two weeks before is a Sunday: the Friday before it
        ("2026-12-06", "2026-11-22", "2026-11-16", RivalStep("2026-11-20", "2026-11-20", "coming")),
        # three days before
        ("2026-11-19", "2026-11-22", "2026-11-16", RivalStep("2026-11-16", "2026-11-16", "coming")),
        ("2026-11-18", "2026-11-22", "2026-11-18", RivalStep("2026-11-13", "2026-11-13", "today")),
        # past: asked where the money went, never named as a day to come
        ("2026-11-14", "2026-11-22", "2026-11-18", RivalStep("2026-11-14", "2026-11-18", "past")),
        ("2026-09-14", "2026-11-22", "2026-11-18", None),
    ],
)
def test_two_steps_before_the_day_and_one_question_after(
    matures: str, last: str, now: str, step: RivalStep | None
) -> None:
    assert rival_step(RULES, shipped(), matures, last, now) == step


def test_an_open_win_back_is_due_until_a_talk_after_the_step(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    for no in ("open", "done", "unknown"):
        small.customer(no)
    row: dict[str, Any] = {
        "opened": "2026-11-02",
        "strategy": "rival",
        "state": "open",
        "body": "{}",
        "rival": "甲银行",
    }
    row |= {"rival_amount": None, "rival_due": "2026-11-19"}
    rows = [
        {**row, "customer_id": small.ids["open"], "rival_amount": 20_000_000},
        {**row, "customer_id": small.ids["done"], "state": "given_up"},
        {**row, "customer_id": small.ids["unknown"], "rival_due": "2026-11-12", "rival": None},
    ]
    with small.book.write("win_back", "open") as writer:
        writer.insert(win_backs, rows)

    def told(only: set[int] | None = None) -> dict[int, str]:
        with small.book.read() as conn:
            dues = due(conn, RULES, shipped(), "2026-11-16", "2026-11-22", only)
            return {one.customer_id: str(one.words) for one in dues}

    open_, unknown = small.ids["open"], small.ids["unknown"]
    assert told() == {
        unknown: "在他行的钱,2026-11-12 已到期,还不知道去向:问清后登记新的到期日",
        open_: "在甲银行的20.0万,2026-11-19 到期:先问到期后的打算",
    }
    assert list(told({open_})) == [open_]
    small.touch("open", -16, result="no_answer")
    assert open_ in told()
    small.touch("open", -16, result="met")
    assert list(told()) == [unknown]
