"""First aid from the list to the last follow-up, on one small book: clocks stopped by a contact, what a talk leaves, undone."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Connection, func, select

from db.cases import complaint_files, loss_cases
from db.tables import complaints, touches
from db.week import promises
from tests.workbench.conftest import KeptSmallBook, SmallBook
from workbench.base.change import Progress, silent
from workbench.base.errors import WorkbenchError
from workbench.base.workdays import shipped
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.picture import Picture
from workbench.insight.values.values import Values
from workbench.outreach.contacts import NewContact, log_touch
from workbench.outreach.losses.due import due
from workbench.outreach.losses.loss import LossRow
from workbench.outreach.losses.recording import (
    LossAgreement,
    LossEscalation,
    LossNotes,
    LossOutcome,
    LossRedemption,
)
from workbench.outreach.losses.room import Losses
from workbench.people.change_words import change_words
from workbench.rules.parameters import Rules

TODAY = "2026-11-16"
FUND = {"product_code": "F1", "product_name": "进取一号", "category": "基金"}


def fill(small: SmallBook) -> None:
    """head: 800万, R4 fund over 10 % down for two months, a deposit; waist: 60万, R2 4 % down; base: 2.99 % down; shut: R3 that
    matures in 2027; blank: no profit told."""
    small.batch()
    for no, yuan in (
        ("head", 8_000_000),
        ("waist", 600_000),
        ("base", 30_000),
        ("shut", 300_000),
        ("blank", 20_000),
    ):
        small.customer(no, birth_date="1980-03-02")
        small.flat(no, yuan, risk_level="C4", risk_expiry_date="2027-06-30")
    fund = {**FUND, "product_risk": "R4"}
    small.hold("head", 2, amount=100_000, cost=100_000, profit=0, **fund)
    small.hold("head", 1, amount=88_000, cost=100_000, profit=-12_000, **fund)
    small.hold("head", 0, amount=85_000, cost=100_000, profit=-15_000, nav=0.85, **fund)
    bond = {"product_code": "B2", "product_name": "纯债二号", "category": "基金", "product_risk": "R2"}
    small.hold("waist", 0, amount=96_000, cost=100_000, profit=-4_000, **bond)
    small.hold("base", 0, amount=9_701, cost=10_000, profit=-299, **bond)
    small.hold(
        "head",
        0,
        amount=90_000,
        cost=100_000,
        profit=-10_000,
        product_name="定期",
        category="定期存款",
        line=2,
    )
    shut = {"product_code": "W3", "product_name": "封闭三号", "category": "理财", "product_risk": "R3"}
    small.hold("shut", 0, amount=93_000, cost=100_000, profit=-7_000, maturity_date="2027-05-01", **shut)
    small.hold(
        "blank",
        0,
        amount=10_000,
        product_code="B2",
        product_name="纯债二号",
        category="基金",
        product_risk="R2",
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    return KeptSmallBook(tmp_path_factory.mktemp("losses"), TODAY, fill)


@pytest.fixture
def small(kept: KeptSmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallBook]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with kept.copied(tmp_path / "copy.book") as book:
        yield book


class TestedEngine:
    """Whoever is asked about may hold R4: computing the layers of a customer after every write takes most of a test. The window
    and the command line are tested on real ones."""

    def ensure(self, _progress: Progress = silent) -> None:
        """Nothing."""

    def of_customer(self, _conn: Connection, _customer: int) -> Picture:
        """His class, valid for long."""
        values = Values({"risk_class": 4, "risk_valid_days": 200})
        return Picture("2026-10", "2026-10-31", TODAY, values)


@pytest.fixture
def losses(small: SmallBook) -> Losses:
    return Losses(small.book, Rules.load(), cast(Engine, TestedEngine()))


def rows(losses: Losses) -> dict[str, LossRow]:
    return {one.person.customer_no: one for one in losses.board().rows}


def due_days(small: SmallBook, last: str) -> list[tuple[str, str]]:
    with small.book.read() as conn:
        made = list(due(conn, Rules.load(), shipped(), TODAY, last))
    numbers = {id_: no for no, id_ in small.ids.items()}
    return [(numbers[one.customer_id], one.due) for one in made]


def refused(losses: Losses, no: str, notes: LossNotes, outcome: LossOutcome | None) -> str:
    with pytest.raises(WorkbenchError) as caught:
        losses.record(no, "F1", notes, outcome)
    return caught.value.code


def test_the_list_stands_by_the_clock_and_says_what_it_cannot_see(losses: Losses, small: SmallBook) -> None:
    board = losses.board()
    # the head lost since September; all lists came in on 2 November
    assert [(one.person.customer_no, one.since, one.due, one.state) for one in board.rows] == [
        ("head", "2026-09-30", "2026-11-03", "late"),
        # of one day the greater loss first
        ("shut", "2026-10-31", "2026-11-05", "late"),
        ("waist", "2026-10-31", "2026-11-05", "late"),
    ]
    assert board.rows[0].held.key == "F1"  # the deposit is none of it
    assert (board.untold.no_profit, board.notes) == (1, ("1 笔产品看不出盈亏:持有清单没有写「浮动盈亏」",))
    assert [one.code for one in board.rows[0].grounds] == ["share", "amount"]


def test_the_first_contact_since_stops_the_clock(losses: Losses, small: SmallBook) -> None:
    assert due_days(small, "2026-11-20")[:1] == [("head", "2026-11-03")]
    small.touch("head", 31)  # on the very day of the list that told it first
    small.touch("waist", 5)  # before
    small.touch("shut", -2, result="no_answer")
    states = {no: one.state for no, one in rows(losses).items()}
    assert states == {"head": "spoken", "waist": "late", "shut": "late"}
    assert [no for no, _day in due_days(small, "2026-11-20")] == ["shut", "waist"]


def test_a_talk_leaves_a_contact_an_agreement_and_days_that_are_ticked_by_contacts(
    losses: Losses, small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = LossNotes("worry", "drawdown", ("market",), {"cause": "同类产品同期也跌,见季报"}, "call")
    made = losses.record("head", "F1", notes, LossAgreement("reduce", "赎一半,下月用款", "2026-12-05"))
    case = losses.case(made.case)
    assert (case.state, case.choice, case.review_on, case.held.loss) == (
        "agreed",
        "reduce",
        "2026-12-05",
        1_500_000,
    )
    assert rows(losses)["head"].state == "agreed"
    # the talk counts as one: what bars products until it is explained lets go by it (never.when.loss, days_since_talk)
    with small.book.read() as conn:
        touch = conn.execute(select(touches.c.date, touches.c.channel, touches.c.result)).one()
    assert tuple(touch) == (TODAY, "call", "reached")
    assert touch.result in Rules.load().words("contact.two_way")
    days = [day for no, day in due_days(small, "2026-12-31") if no == "head"]
    assert days == ["2026-11-23", "2026-12-07", "2026-12-16"]
    assert [one.due for one in losses.due_between("2026-12-01", "2026-12-31")] == ["2026-12-07", "2026-12-16"]
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")
    log_touch(small.book, Rules.load(), NewContact("head", "call", "reached"))
    assert losses.case(made.case).week_done == "2026-11-23"
    assert [day for no, day in due_days(small, "2026-12-31") if no == "head"] == ["2026-12-07", "2026-12-16"]
    losses.followed(made.case, "month")
    assert losses.case(made.case).month_done == "2026-11-23"
    losses.close(made.case)
    assert [no for no, _day in due_days(small, "2026-12-31") if no == "head"] == []


def test_a_doubt_becomes_a_complaint_persuasion_stops_and_one_undo_takes_all_back(
    losses: Losses, small: SmallBook
) -> None:
    notes = LossNotes("anger", "doubt", channel="call")
    assert refused(losses, "head", notes, LossAgreement("hold")) == "must_escalate"
    assert refused(losses, "head", notes, None) == "must_escalate"
    assert refused(losses, "head", notes, LossEscalation("", "当时没讲会亏")) == "no_owner"
    assert _counts(small) == (0, 0, 0, 0)
    made = losses.record("head", "F1", notes, LossEscalation("李四", "当时没讲会亏", "王五", 5))
    assert _counts(small) == (1, 1, 1, 1)
    talk = losses.talk("head", "F1")
    assert talk.stopped
    assert not any(one.offered for one in talk.choices)
    assert refused(losses, "head", LossNotes(trouble="drawdown"), LossAgreement("hold")) == "loss_escalated"
    assert [no for no, _day in due_days(small, "2027-01-31") if no == "head"] == []
    with pytest.raises(WorkbenchError, match="转投诉"):
        losses.close(made.case)
    # once the complaint is settled it can be
    with small.book.write("complaint", "close") as writer:
        writer.update(complaints, 1, {"closed_date": TODAY, "status": "已办结"})
        settled = writer.change_id
    ended = losses.close(made.case)
    assert losses.case(made.case).state == "closed"
    for change in (ended.undo_id, settled):
        assert change is not None
        small.book.reverse(change, forward=False)
    assert made.change.undo_id is not None
    with small.book.read() as conn:
        assert change_words(conn, made.change.undo_id).startswith("亏损转投诉")
    small.book.reverse(made.change.undo_id, forward=False)
    assert _counts(small) == (0, 0, 0, 0)
    assert rows(losses)["head"].state == "late"


def _counts(small: SmallBook) -> tuple[int, int, int, int]:
    with small.book.read() as conn:
        counted = [
            conn.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (loss_cases, complaints, complaint_files, touches)
        ]
    return cast(tuple[int, int, int, int], tuple(counted))


def test_who_wants_his_money_is_served_and_not_talked_out_of_it(losses: Losses, small: SmallBook) -> None:
    notes = LossNotes("regret", "redeem", channel="call")
    assert refused(losses, "head", notes, LossAgreement("hold")) == "must_redeem"
    made = losses.record("head", "F1", notes, LossRedemption("全部赎回,今天提交,不收费", "2026-11-19"))
    case = losses.case(made.case)
    assert (case.state, case.choice, case.redemption) == ("agreed", "", "全部赎回,今天提交,不收费")
    with small.book.read() as conn:
        owed = conn.execute(select(promises.c.text, promises.c.due)).one()
    assert tuple(owed) == ("赎回进取一号:核对到账并告诉客户", "2026-11-19")


def test_what_is_not_possible_or_promises_is_refused(losses: Losses) -> None:
    with pytest.raises(WorkbenchError, match="到期前不能赎回"):
        losses.record("shut", "W3", LossNotes("worry", "trapped"), LossAgreement("reduce"))
    with pytest.raises(WorkbenchError) as caught:
        losses.record(
            "head", "F1", LossNotes("worry", "trapped"), LossAgreement("hold", "拿着就行,一定会涨回来")
        )
    assert caught.value.code == "red_line"
    assert refused(losses, "head", LossNotes(), LossAgreement("")) == "no_choice"
    assert refused(losses, "head", LossNotes(), LossAgreement("hold", "", "2027-12-01")) == "review_too_late"
    assert refused(losses, "head", LossNotes(emotion="cross"), None) == "no_such_word"
    assert refused(losses, "head", LossNotes(texts={"cause": "长" * 301}), None) == "too_long"
    with pytest.raises(WorkbenchError) as caught:
        losses.talk("head", "没有的产品")
    assert caught.value.code == "no_such_holding"
