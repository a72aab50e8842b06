"""Benefits given, used, run out and taken back: every refusal says why, every write is undone (domain 8.4)."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select

from db.playbook import benefit_grants
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.outreach.benefits.own_rules import rules_in_force
from workbench.outreach.benefits.room import Benefits
from workbench.outreach.gifts.room import Gifts
from workbench.people.change_words import change_words
from workbench.rules.parameters import Rules

CHECKUP = BenefitRule(
    "", "体检", "基础体检一次", "level", ("L4", "L5"), per="year", cap=1, value_fen=30_000, budget_fen=50_000, days=20,
    stack="group", group="健康",
)  # fmt: skip


def refused(call: Callable[[], object]) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as caught:
        call()
    return caught.value


def figures(benefits: Benefits, name: str = "体检") -> tuple[int, ...]:
    line = next(one for one in benefits.board().lines if one.rule.title == name)
    return (line.eligible, line.cannot_tell, line.issued, line.used, line.expiring, line.expired, line.unused)


def code_of(benefits: Benefits, name: str = "体检") -> str:
    return next(one.code for one in benefits.rules() if one.title == name)


def test_from_eligible_to_issued_to_used_and_undone(benefits: Benefits, small: SmallBook) -> None:
    benefits.put(CHECKUP)
    code = code_of(benefits)
    assert figures(benefits) == (2, 1, 0, 0, 0, 0, 0)
    given = benefits.issue(code, ["steady"])
    assert (given.issued, given.refused) == (1, ())
    assert figures(benefits) == (1, 1, 1, 0, 1, 0, 1)
    (one,) = benefits.board().unused
    assert (one.customer_no, one.title, one.valid_until, one.days, one.tier) == (
        "steady", "体检", "2026-12-06", 20, "L5",
    )  # fmt: skip
    used = benefits.use("steady", "体检")
    assert figures(benefits) == (1, 1, 1, 1, 0, 0, 0)
    line = benefits.board().line(code)
    assert line is not None
    assert (line.spent_fen, line.left_fen) == (30_000, 20_000)
    for change in (used, given.change):
        assert change.undo_id is not None
        small.book.reverse(change.undo_id, forward=False)
    assert figures(benefits) == (2, 1, 0, 0, 0, 0, 0)


def test_what_runs_out_follows_from_the_day(benefits: Benefits, monkeypatch: pytest.MonkeyPatch) -> None:
    benefits.put(CHECKUP)
    code = code_of(benefits)
    benefits.issue(code, ["steady"])
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-07")
    assert figures(benefits)[2:] == (1, 0, 0, 1, 0)
    line = benefits.board().line(code)
    assert line is not None
    assert line.spent_fen == 0, "what ran out unused costs nothing"
    error = refused(lambda: benefits.use("steady", code))
    assert error.code == "none_open"
    assert "2026-12-06" in error.message


def test_conditions_are_asked_and_a_person_may_go_over_them_with_a_reason(benefits: Benefits) -> None:
    benefits.put(CHECKUP)
    code = code_of(benefits)
    assert refused(lambda: benefits.issue(code, ["small"])).code == "not_eligible"
    error = refused(lambda: benefits.issue(code, ["blank"]))
    assert (error.code, "无法判断" in error.message) == ("cannot_tell", True)
    made = benefits.issue(code, ["blank"], "行长特批,客户等级以纸质材料为准")
    assert made.issued == 1
    assert benefits.of("blank")[0].note.startswith("行长特批")


def test_once_a_period_cap_budget_and_stack_are_refused_with_their_numbers(benefits: Benefits) -> None:
    benefits.put(CHECKUP)
    code = code_of(benefits)
    benefits.issue(code, ["steady"])
    again = refused(lambda: benefits.issue(code, ["steady"]))
    assert (again.code, "2026-11-16" in again.message) == ("issued_already", True)
    money = refused(lambda: benefits.issue(code, ["rising"]))
    assert money.code == "over_budget"
    assert all(word in money.message for word in ("500", "300"))
    board = benefits.board().line(code)
    assert board is not None
    assert board.stopped == "预算用完"
    benefits.put(
        BenefitRule("", "陪诊", "陪诊一次", "level", ("L5",), per="month", cap=1, stack="group", group="健康")
    )
    error = refused(lambda: benefits.issue("陪诊", ["steady"]))
    assert (error.code, "体检" in error.message) == ("not_together", True)
    benefits.use("steady", code)
    assert benefits.issue("陪诊", ["steady"]).issued == 1
    benefits.put(BenefitRule("", "独享", "独享一次", "level", ("L5",), stack="alone"))
    assert refused(lambda: benefits.issue("独享", ["steady"])).code == "not_together"


def test_the_cap_of_a_year_counts_over_its_periods(
    benefits: Benefits, monkeypatch: pytest.MonkeyPatch
) -> None:
    benefits.put(BenefitRule("", "茶歇", "贵宾厅茶歇", "level", ("L5",), per="month", cap=2))
    for day in ("2026-10-05", "2026-11-05"):
        monkeypatch.setenv("WORKBENCH_TODAY", day)
        assert benefits.issue("茶歇", ["steady"]).issued == 1
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-05")
    error = refused(lambda: benefits.issue("茶歇", ["steady"]))
    assert (error.code, "2" in error.message) == ("over_times", True)
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-01-05")
    assert benefits.issue("茶歇", ["steady"], "新名单还没有下发").issued == 1


def test_what_was_taken_back_can_be_given_again(benefits: Benefits, small: SmallBook) -> None:
    benefits.put(CHECKUP)
    code = code_of(benefits)
    benefits.issue(code, ["steady"])
    (one,) = benefits.board().unused
    benefits.drop([one.grant], "客户不要")
    assert figures(benefits)[2:] == (0, 0, 0, 0, 0)
    assert refused(lambda: benefits.drop([one.grant])).code == "grant_ended"
    benefits.issue(code, ["steady"])
    assert figures(benefits)[2:] == (1, 0, 1, 0, 1)
    with small.book.read() as conn:
        assert len(conn.execute(select(benefit_grants.c.id)).all()) == 1


def test_several_at_once_those_who_may_not_are_named(benefits: Benefits) -> None:
    benefits.put(CHECKUP)
    made = benefits.issue(code_of(benefits), ["steady", "small", "rising"])
    # the second 300 yuan would go over the 500 of the year
    assert (made.issued, [one.customer_no for one in made.refused]) == (1, ["small", "rising"])


def test_the_stock_is_that_of_the_gift_ledger(
    benefits: Benefits, small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    gifts = Gifts(small.book, Rules.load())
    gifts.put_item("保温杯", "80", 1)
    (cup,) = benefits.items()
    benefits.put(BenefitRule("", "升级杯", "保温杯一只", "level", ("L4", "L5"), item=cup.id, days=10))
    code = code_of(benefits, "升级杯")
    benefits.issue(code, ["steady"])
    assert gifts.ledger(2026).items[0].stock == 0
    line = benefits.board().line(code)
    assert line is not None
    assert (line.stock, line.item, line.stopped) == (0, "保温杯", "没有库存")
    assert refused(lambda: benefits.issue(code, ["rising"])).code == "none_left"
    assert refused(lambda: gifts.remove_item(cup.id)).code == "item_used"
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-30")
    assert gifts.ledger(2026).items[0].stock == 1, "what ran out unused is free again"
    assert benefits.issue(code, ["rising"]).issued == 1
    benefits.use("rising", code)
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-11-30")
    assert gifts.ledger(2027).items[0].stock == 0


def test_things_count_for_what_a_customer_may_be_given_in_a_year(
    benefits: Benefits, small: SmallBook
) -> None:
    gifts = Gifts(small.book, Rules.load())
    gifts.put_item("茶具", "450", 5)
    (tea,) = benefits.items()
    for name in ("茶具一", "茶具二"):
        benefits.put(BenefitRule("", name, "茶具一套", "level", ("L5",), item=tea.id))
    benefits.issue("茶具一", ["steady"])
    assert refused(lambda: benefits.issue("茶具二", ["steady"])).code == "over_cap"


def test_rules_are_changed_left_out_and_come_back(benefits: Benefits) -> None:
    first = benefits.rules()[0]
    assert first.shipped
    benefits.leave_out(first.code)
    assert first.code in {one.code for one in benefits.board().off}
    assert refused(lambda: benefits.issue(first.code, ["steady"])).code == "benefit_off"
    benefits.restore(first.code)
    assert not benefits.rules()[0].off
    benefits.restore(first.code)
    assert benefits.rules()[0] == first
    assert refused(lambda: benefits.put(BenefitRule("", first.title, "x", "level"))).code == "benefit_twice"
    assert refused(lambda: benefits.leave_out("nothing")).code == "no_such_benefit"


def test_rules_come_in_one_change_and_wrong_ones_are_named(benefits: Benefits, small: SmallBook) -> None:
    before = benefits.rules()
    wrong: dict[int, str] = {}
    change = benefits.put_many(
        [
            CHECKUP,
            BenefitRule("", "返现", "存满5万返现", "level"),
            BenefitRule("", "新达标礼遇", "体检", "qualified"),
        ],
        lambda place, error: wrong.update({place: error.code}),
    )
    assert (change.count, wrong) == (2, {1: "forbidden_gift"})
    assert code_of(benefits, "新达标礼遇") == "new_welcome"
    assert change.undo_id is not None
    with small.book.read() as conn:
        assert change_words(conn, change.undo_id) == "导入权益规则"
    small.book.reverse(change.undo_id, forward=False)
    assert benefits.rules() == before


def test_what_is_there_is_listed_what_can_be_done_first(benefits: Benefits) -> None:
    benefits.put(CHECKUP)
    code = code_of(benefits)
    benefits.issue(code, ["rising"])
    assert [(one.customer_no, one.state) for one in benefits.people(code)] == [
        ("rising", "soon"),
        ("steady", "waiting"),
    ]
    mine = {one.title: one.state for one in benefits.of("steady")}
    assert mine["体检"] == "waiting"
    assert mine["贵宾出行"] == "waiting"


def test_who_would_be_refused_is_not_counted_as_one_who_may_get_it(
    benefits: Benefits, small: SmallBook
) -> None:
    small.customer("refuses")
    small.flat("refuses", 600_000, marketing_opt_out=1)
    small.insight.engine.ensure()
    benefits.put(
        BenefitRule("", "贵宾出行二", "贵宾厅", "level", ("L4", "L5"), stack="group", group="健康", days=20)
    )
    benefits.put(CHECKUP)
    benefits.issue(code_of(benefits, "贵宾出行二"), ["steady"])
    line = benefits.board().line(code_of(benefits))
    assert line is not None
    assert (line.meets, line.eligible) == (3, 1)
    waiting = [one.customer_no for one in benefits.people(code_of(benefits)) if one.state == "waiting"]
    assert waiting == ["rising"]
    assert not any(one.state == "waiting" for one in benefits.of("refuses"))
    assert benefits.issue(code_of(benefits), waiting).refused == ()


def test_what_was_used_in_time_may_be_written_down_after_it_ran_out(
    benefits: Benefits, monkeypatch: pytest.MonkeyPatch
) -> None:
    benefits.put(CHECKUP)
    code = code_of(benefits)
    benefits.issue(code, ["steady"])
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-08")
    assert refused(lambda: benefits.use("steady", code, "2026-12-07")).code == "none_open"
    (one,) = [one for one in benefits.people(code) if one.state == "expired"]
    assert refused(lambda: benefits.use_grants([one.grant], "2026-12-07")).code == "grant_ended"
    benefits.use("steady", code, "2026-12-06")
    assert figures(benefits)[2:] == (1, 1, 0, 0, 0)
    # what is used cannot be taken back, so that is not what the refusal says to do
    assert "作废" not in refused(lambda: benefits.issue(code, ["steady"])).hint


def test_the_same_again_is_not_said_to_be_another_one(
    benefits: Benefits, monkeypatch: pytest.MonkeyPatch
) -> None:
    benefits.put(
        BenefitRule("", "出行", "贵宾厅", "level", ("L5",), per="month", days=60, stack="group", group="出行")
    )
    benefits.issue("出行", ["steady"])
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-01")
    error = refused(lambda: benefits.issue("出行", ["steady"], "再发一次"))
    assert (error.code, error.message.count("出行")) == ("not_together", 1)


def test_many_rules_are_written_without_reading_them_all_for_each(
    benefits: Benefits, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def counted(conn: Connection) -> tuple[BenefitRule, ...]:
        calls.append(1)
        return rules_in_force(conn)

    monkeypatch.setattr("workbench.outreach.benefits.room.rules_in_force", counted)
    many = [BenefitRule("", f"讲座第{n}场", "讲座一次", "level") for n in range(30)]
    assert benefits.put_many(many, lambda _place, _error: None).count == 30
    assert len(calls) == 1
    assert len({one.code for one in benefits.rules()}) == len(benefits.rules())
