"""Own tags by rule and by hand, answers of the accuracy sample, health: over small books."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from db.known import own_tags, tag_marks, tag_reviews, tag_uses
from db.tables import touches
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.room import Insight
from workbench.insight.tags.checks import (
    Lift,
    State,
    TagCheck,
    concentration,
    lift,
    noted,
    percent,
    psi,
    stability,
    worst,
)
from workbench.insight.tags.reviews import sample_size, strata
from workbench.insight.tags.room import Tags
from workbench.insight.tags.spread import Spread
from workbench.rules.parameters import Rules

RICH = {
    "label": "殷实客户", "definition": "资产月日均达到五十万", "principle": "资产多的人需要专人服务",
    "rule": "average >= 50万",
}  # fmt: skip
HAND = {"label": "爱喝茶", "by": "hand", "definition": "聊天时说起过茶", "principle": "有共同话题更容易熟"}


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")


@pytest.fixture
def insight(small: SmallBook) -> Insight:
    small.flat("1", 800_000)
    small.flat("2", 300_000)
    small.flat("3", 40_000)
    small.month("4", aum_daily_average=None)
    return small.insight


@pytest.fixture
def tags(insight: Insight) -> Tags:
    return insight.tags


def value(insight: Insight, small: SmallBook, no: str, column: str) -> Any:
    insight.engine.ensure()
    with small.book.read() as conn:
        return insight.engine.of_customer(conn, small.ids[no]).get(column)


# -- by rule -----------------------------------------------------------------------------------------------------------


def test_an_own_tag_by_rule_is_computed_like_any_other(insight: Insight, small: SmallBook) -> None:
    change = insight.tags.save(RICH)
    tag = insight.tags.tag("殷实客户")
    assert (tag.code, tag.layer, tag.group, tag.version, tag.status) == ("U.OWN.T1.M0", 2, "90", 1, "live")
    assert value(insight, small, "1", tag.column) == 1
    assert value(insight, small, "2", tag.column) == 0
    assert value(insight, small, "4", tag.column) is None
    assert change.tables == {"own_tags"}
    small.book.reverse(change.undo_id or 0)
    assert insight.tags.library.find("殷实客户") is None


def test_the_layer_of_an_own_tag_lies_above_all_it_takes(tags: Tags) -> None:
    tags.save(RICH)
    tags.save(RICH | {"label": "殷实而关注", "rule": "tag('殷实客户') and watch >= 1"})
    assert tags.tag("殷实而关注").layer == 3


def test_each_edit_is_another_version(tags: Tags) -> None:
    tags.save(RICH)
    tags.save(RICH | {"rule": "average >= 60万"}, "U.OWN.T1.M0")
    tag = tags.tag("殷实客户")
    assert (tag.version, tag.rule) == (2, "average >= 60万")


def test_a_shipped_tag_is_laid_over_and_comes_back_when_that_is_deleted(tags: Tags) -> None:
    before = tags.tag("V.TIER.WATCH.M0")
    tags.save(tags.body_of(before.code) | {"rule": "watch >= 2"}, before.code)
    after = tags.tag(before.code)
    assert (after.rule, after.version, after.name) == ("watch >= 2", before.version + 1, before.name)
    tags.delete(before.code)
    assert tags.tag(before.code).rule == before.rule


def test_without_concept_or_principle_a_tag_stays_a_draft(tags: Tags) -> None:
    tags.save(RICH | {"principle": ""})
    assert tags.tag("殷实客户").status == "draft"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"rule": "averag >= 1"}, "bad_expression"),
        ({"rule": ""}, "no_rule"),
        ({"label": "非活跃"}, "negative_name"),
        ({"label": "关注客户"}, "duplicate_label"),
        ({"rule": "average"}, "wrong_kind"),
        ({"rule": "list('重点客户') and average >= 50万"}, "uses_list"),
    ],
)
def test_a_tag_that_makes_no_sense_is_not_kept(tags: Tags, change: dict[str, str], fault: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        tags.save(RICH | change)
    assert caught.value.code == "bad_tag"
    assert fault in caught.value.facts["faults"]
    assert tags.preview(RICH | change).faults[0].code in caught.value.facts["faults"]


def test_the_preview_counts_hit_no_and_cannot_tell(tags: Tags) -> None:
    seen = tags.preview(RICH)
    assert (seen.hit, seen.no, seen.unknown, seen.faults) == (1, 2, 1, ())
    assert "资产月日均" in seen.words


def test_a_tag_in_use_is_neither_stopped_nor_deleted(tags: Tags) -> None:
    tags.save(RICH)
    tags.save(RICH | {"label": "殷实而关注", "rule": "tag('殷实客户') and watch >= 1"})
    for act in (tags.stop, tags.delete):
        with pytest.raises(WorkbenchError) as caught:
            act("殷实客户")
        assert caught.value.code == "tag_in_use"
        assert "殷实而关注" in caught.value.message
    tags.delete("殷实而关注")
    tags.stop("殷实客户")
    assert tags.tag("殷实客户").status == "stopped"
    tags.resume("殷实客户")
    assert tags.tag("殷实客户").live


def test_a_shipped_tag_is_stopped_but_never_deleted(tags: Tags) -> None:
    code = "B.BIRTHDAY.NEAR.D7"
    free = next(tag.code for tag in tags.library.live if not tags.users(tag.code))
    with pytest.raises(WorkbenchError) as caught:
        tags.delete(code)
    assert caught.value.code == "not_own"
    tags.stop(free)
    assert not tags.tag(free).live


def test_an_unknown_tag_is_answered_with_the_nearest(tags: Tags) -> None:
    with pytest.raises(WorkbenchError) as caught:
        tags.tag("关注客")
    assert caught.value.code == "no_such_tag"
    assert "关注客户" in caught.value.hint


# -- by hand -----------------------------------------------------------------------------------------------------------


def test_a_tag_by_hand_is_given_with_its_reason_and_taken_again(insight: Insight, small: SmallBook) -> None:
    tags = insight.tags
    tags.save(HAND)
    column = tags.tag("爱喝茶").column
    tags.give("1", "爱喝茶", "面访时聊到普洱", expires="2027-01-01")
    assert value(insight, small, "1", column) == 1
    assert value(insight, small, "2", column) is None
    with small.book.read() as conn:
        row = conn.execute(select(tag_marks)).one()
    assert (row.reason, row.date, row.expires) == ("面访时聊到普洱", "2026-11-05", "2027-01-01")
    tags.take("1", "爱喝茶")
    assert value(insight, small, "1", column) is None


def test_a_contact_stands_for_a_reason(insight: Insight, small: SmallBook) -> None:
    insight.tags.save(HAND)
    small.touch("1", 3)
    with small.book.read() as conn:
        touch = conn.execute(select(touches.c.id)).scalar_one()
    insight.tags.give("1", "爱喝茶", "", touch_id=touch)
    with small.book.read() as conn:
        assert conn.execute(select(tag_marks.c.reason)).scalar_one() == "依据 2026-10-28 的联系"
    with pytest.raises(WorkbenchError) as caught:
        insight.tags.give("2", "爱喝茶", "", touch_id=touch)
    assert caught.value.code == "no_such_touch"


@pytest.mark.parametrize(
    ("no", "code", "reason", "expires", "fault"),
    [
        ("1", "爱喝茶", " ", None, "no_reason"),
        ("1", "关注客户", "就是", None, "not_by_hand"),
        ("99", "爱喝茶", "就是", None, "no_such_customer"),
        ("1", "爱喝茶", "就是", "明年", "bad_date"),
        ("1", "爱喝茶", "就是", "2026-11-05", "bad_date"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(
    tags: Tags, no: str, code: str, reason: str, expires: str | None, fault: str
) -> None:
    tags.save(HAND)
    with pytest.raises(WorkbenchError) as caught:
        tags.give(no, code, reason, expires=expires)
    assert caught.value.code == fault


def test_deleting_a_tag_by_hand_takes_its_marks_and_undo_brings_both_back(
    tags: Tags, small: SmallBook
) -> None:
    tags.save(HAND)
    tags.give("1", "爱喝茶", "面访")
    change = tags.delete("爱喝茶")
    with small.book.read() as conn:
        assert conn.execute(select(tag_marks)).first() is None
    small.book.reverse(change.undo_id or 0)
    with small.book.read() as conn:
        assert conn.execute(select(tag_marks.c.code)).scalar_one() == "U.OWN.T1.M0"
        assert json.loads(conn.execute(select(own_tags.c.body)).scalar_one())["label"] == "爱喝茶"


# -- health ------------------------------------------------------------------------------------------------------------


def spread(**values: int) -> Spread:
    return Spread(sum(values.values()), values)


def test_the_sample_is_thirty_or_five_percent_and_every_value_is_in_it() -> None:
    rules = Rules.load()
    assert [sample_size(customers, rules) for customers in (12, 100, 600, 10_000)] == [12, 30, 30, 500]
    drawn = strata(spread(a=990, b=9, c=1), 50)
    assert drawn["c"] == 1
    assert drawn["b"] >= 1
    assert sum(drawn.values()) in (50, 51)


def test_psi_is_the_sum_over_the_values_with_a_floor() -> None:
    rules = Rules.load()
    assert psi(spread(a=50, b=50), spread(a=50, b=50), 0.0001) == 0
    assert round(psi(spread(a=60, b=40), spread(a=50, b=50), 0.0001), 4) == 0.0405
    assert psi(spread(a=100), spread(b=100), 0.0001) > 10
    states = [
        stability(spread(a=now, b=100 - now), spread(a=50, b=50), "2026-09", rules).state
        for now in (60, 68, 80)
    ]
    assert states == ["pass", "watch", "stop"]


def test_stability_is_unknown_from_few_values_and_where_the_month_before_had_hardly_any() -> None:
    rules, now = Rules.load(), spread(a=50, b=50)

    def state(**before: int) -> str:
        return stability(now, spread(**before), "2026-09", rules).state

    assert state(a=30, b=30) == "pass"
    assert state(a=3, b=0) == "unknown"
    assert state(a=49, b=0) == "unknown"
    assert state(a=50, b=0) == "stop"
    assert stability(spread(a=29), spread(a=29), "2026-09", rules).state == "unknown"


def test_shares_read_as_percent() -> None:
    assert [percent(x) for x in (1, 0.5, 0.123)] == ["100%", "50%", "12.3%"]


def test_every_live_tag_is_checked_eight_times_with_a_sentence(tags: Tags) -> None:
    report = tags.health()
    assert set(report.tags) == {tag.code for tag in tags.library.live}
    for health in report.tags.values():
        assert len(health.checks) == 8
        assert all(check.reason for check in health.checks)
    watch = report.tags["V.TIER.WATCH.M0"]
    assert watch.spread.with_value + watch.spread.unknown == 4
    assert sum(report.states().values()) == len(report.tags)


def test_stability_compares_with_the_month_before_as_it_was_kept_or_is_computed(
    tags: Tags, small: SmallBook
) -> None:
    code, rules = "V.AUM.BAND.M0", Rules.load("general", {"tags.psi.least": 1})
    tags = Tags(small.book, rules, small.insight.engine)
    assert tags.health().tags[code].check("stability").state == "unknown"
    deep = tags.health(deep=True).tags[code].check("stability")
    assert (deep.state, deep.value) == ("pass", 0.0)
    again = Tags(small.book, rules, small.insight.engine)
    assert again.health().tags[code].check("stability") == deep
    tags.save(tags.body_of(code) | {"ask": "几多?"}, code)
    assert tags.health().tags[code].check("stability").state == "unknown"
    assert tags.health().tags["V.TIER.WATCH.M0"].check("stability").state != "unknown"


def test_a_tag_that_nobody_can_have_or_that_no_list_reports_is_unknown(tags: Tags) -> None:
    found = tags.health().tags["B.GENDER.STATED.M0"]
    assert found.state == "unknown"
    assert "性别" in found.check("coverage").reason


def test_answers_make_the_accuracy_and_the_newest_counts(tags: Tags, small: SmallBook) -> None:
    code = "V.TIER.WATCH.M0"
    assert tags.health().tags[code].check("accuracy").state == "unknown"
    wanted = tags.tasks(code)
    assert {one.customer_no for one in wanted} == {"1", "2", "3"}
    tags.wrong("1", code, "客户说没有")
    tags.answer("1", code, right=True)
    tags.answer("2", code, right=True)
    check = tags.health().tags[code].check("accuracy")
    assert (check.value, check.state) == (1.0, "watch")
    assert [one.customer_no for one in tags.tasks(code)] == ["3"]
    change = tags.wrong("3", code, "")
    assert tags.health().tags[code].check("accuracy").value == pytest.approx(2 / 3)
    small.book.reverse(change.undo_id or 0)
    with small.book.read() as conn:
        assert len(conn.execute(select(tag_reviews)).all()) == 3


def test_what_nobody_used_for_ninety_days_is_a_zombie(tags: Tags, small: SmallBook) -> None:
    code = next(tag.code for tag in tags.library.live if not tags.users(tag.code))
    assert tags.health().tags[code].check("usage").state == "unknown"
    tags.used(["V.TIER.WATCH.M0"], "picker")
    tags.used(["V.TIER.WATCH.M0", "no such"], "picker")
    with small.book.read() as conn:
        assert conn.execute(select(tag_uses.c.times)).scalars().all() == [2]
    found = tags.health().tags
    assert found[code].check("usage").state == "watch"
    assert found["V.TIER.WATCH.M0"].check("usage").value == 2


def test_contradictions_are_counted_and_blamed_on_the_tags_that_take_part(
    insight: Insight, small: SmallBook
) -> None:
    small.customer("5", occupation="退休工人")
    small.month("5", aum_daily_average=1000, is_payroll=1)
    found = {one.code: one.customers for one in insight.tags.health().contradictions}
    assert found["retired_on_payroll"] == 1
    assert found["up_and_down"] == 0


def test_lift_says_how_much_more_often_a_value_comes_before_the_target(small: SmallBook) -> None:
    for number in range(24):
        lost = number < 12
        small.months(
            f"{number}",
            {"aum_daily_average": [200_000, 200_000, 200_000, 60_000 if lost else 210_000]},
            mobile_active=0 if lost else 1,
        )
    rules = {"tags__lift__least": 10, "tags__lift__group": 5}
    insight = small.ruled(**rules)
    insight.tags.save(RICH | {"label": "跌得多", "rule": "change_3_share < -50%"})
    check = insight.tags.health().tags["U.OWN.T1.M0"].check("lift")
    assert (check.state, check.value) == ("pass", 2.0)
    assert "流失 100%" in check.reason


def test_each_value_of_a_tag_leads_to_its_customers(insight: Insight, tags: Tags) -> None:
    from workbench.insight.language.check import check
    from workbench.insight.language.parse import parse

    found = tags.health()
    for one in found.tags.values():
        for share in tags.shares(one.code, one.spread):
            if share.expression:
                check(parse(share.expression), tags.library.vocabulary)


def test_a_search_knows_the_words_of_the_course_outlines(tags: Tags) -> None:
    assert {tag.group for tag in tags.sought("异常情况")} == {"70"}
    assert tags.sought("关注客户")[0].code == "V.TIER.WATCH.M0"
    assert tags.sought("没有这样的标签") == ()


def test_a_tag_that_tells_losses_no_better_than_chance_is_only_shown(tags: Tags) -> None:
    rules, tag = Rules.load(), tags.tag("V.TIER.WATCH.M0")

    def judged(rate: float) -> TagCheck:
        return lift(tag, [Lift("lost", "1", 100, rate, 0.1)], "近三个月", rules)

    assert judged(0.13).state == "pass"
    assert judged(0.129).state == "show"
    assert "建议只展示" in judged(0.129).reason
    assert lift(tag, [], "近三个月", rules).state == "unknown"


def test_a_rare_flag_still_names_somebody_a_constant_one_nobody(tags: Tags) -> None:
    rules = Rules.load()
    flag = next(tag for tag in tags.library.live if tag.kind == "flag")
    shares = (
        ({"0": 95, "1": 5}, "pass"),
        ({"0": 96, "1": 4}, "rare"),
        ({"0": 100}, "watch"),
        ({"1": 100}, "watch"),
    )
    for values, state in shares:
        assert concentration(flag, spread(**values), rules).state == state
    assert "4 户" in concentration(flag, spread(**{"0": 96, "1": 4}), rules).reason


def test_the_word_over_a_tag_is_the_gravest_of_its_checks() -> None:
    def checks(*states: State) -> list[TagCheck]:
        return [TagCheck(f"check{number}", state, None, "") for number, state in enumerate(states)]

    assert worst(checks("pass", "show", "none")) == "show"
    assert worst(checks("show", "rare")) == "rare"
    assert worst(checks("rare", "watch")) == "watch"
    assert worst(checks("watch", "stop", "pass")) == "stop"
    assert worst(checks("pass", "unknown")) == "pass"
    assert [one.state for one in noted(checks("show", "pass", "stop", "unknown", "watch", "none"))] == [
        "stop", "watch", "show",
    ]  # fmt: skip
