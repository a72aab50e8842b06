"""The check of the whole book: lights, hard rules, who is left out, what is stored (domain 4.4, 4.5)."""

import pytest
from sqlalchemy import select

from db.known import check_runs
from db.tables import risks, snapshots, touches
from tests.workbench.conftest import MONTH, SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.churn.chances import chance_of
from workbench.rules.parameters import Rules


def test_golden_3_mild_churn_is_at_least_orange(small: SmallBook) -> None:
    small.month("1", aum_daily_average=60_000, aum_balance=30_000)
    found = small.risk("1")
    assert found.light in ("orange", "red")
    assert "轻度流失" in (found.hard_rule or "")
    assert "6.0万" in found.hard_rule
    assert "3.0万" in found.hard_rule


def test_half_of_the_assets_leaving_in_a_month_lights_only_where_flows_are_reported(small: SmallBook) -> None:
    run = {"aum_balance": [9.5e5, 9.5e5, 9.5e5, 2.3e5], "aum_daily_average": [9.5e5] * 4}
    small.months("1", {**run, "outflow": [0, 0, 0, 8e5], "inflow": [0, 0, 0, 1e5]})
    small.months("2", run)
    assert small.risk("1").light == "red"
    assert "净流出" in (small.risk("1").hard_rule or "")
    assert "净流出" not in (small.risk("2").hard_rule or "")


def test_what_the_bank_calls_severe_churn_is_a_fact_where_hardly_anything_left(small: SmallBook) -> None:
    run = [52_000, 52_000, 47_000]
    small.months("1", {"aum_daily_average": run, "aum_balance": [52_000, 52_000, 46_000]})
    found = small.risk("1")
    assert (found.light, found.hard_rule) == (None, None)
    assert "重度流失" in found.facts[0]
    assert found.as_json()["facts"] == list(found.facts)


def test_a_grade_below_the_first_severity_adds_to_a_hit(small: SmallBook) -> None:
    """Two customers with the same complaint: the one whose assets fell a little ranks higher."""
    facts = {"complaint_count": 1, "last_complaint_date": "2026-09-10"}
    small.flat("calm", months=4, **facts)
    small.months("less", {"aum_balance": [3e5] * 3 + [2.7e5], "aum_daily_average": [3e5] * 4}, **facts)
    assert [v.code for v in small.risk("less").signals] == ["S6"]
    little = 0.34 * 0.1 / 0.15
    assert small.risk("less").risk == pytest.approx(
        100 * (1 - (1 - 0.3 * 0.67) * (1 - 0.45 * little)), abs=0.01
    )
    assert small.risk("calm").risk == pytest.approx(100 * 0.3 * 0.67, abs=0.01)


def test_a_short_history_lights_nobody(small: SmallBook) -> None:
    for months in (1, 2):
        small.flat(str(months), months=months, inflow=400_000, outflow=400_000)
        assert small.risk(str(months)).light is None
        assert small.unknown(str(months), "S8")
        assert small.risk(str(months)).facts == ()


def test_the_measured_chance_stands_beside_the_risk_unless_the_fall_cannot_be_told(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e5, 3e5, 100], "aum_daily_average": [3e5, 3e5, 3e5]})
    small.month("2", complaint_count=0)
    assert small.risk("1").chance == chance_of(small.risk("1").risk)
    assert small.risk("1").as_json()["chance"]["text"].startswith("约每")
    assert small.risk("2").chance is None
    assert small.risk("2").as_json()["chance"] is None


def test_no_chance_is_told_of_who_never_had_anything_to_lose(small: SmallBook) -> None:
    small.flat("never", yuan=0)
    small.months("lost", {"aum_balance": [3e5, 3e5, 0], "aum_daily_average": [3e5, 3e5, 2e5]})
    assert small.risk("never").chance is None
    assert small.risk("lost").chance == chance_of(small.risk("lost").risk)


def test_an_open_complaint_with_money_leaving_is_orange(small: SmallBook) -> None:
    facts = {"complaint_count": 1, "last_complaint_date": "2026-10-20"}
    falling = [300_000 - 1_000 * k for k in range(9)]
    small.months(
        "1", {"aum_balance": falling}, aum_daily_average=300_000, outflow=2_000, inflow=1_000, **facts
    )
    small.flat("2", outflow=1_000, inflow=1_000, **facts)
    assert small.risk("1").light == "orange"
    assert small.risk("2").light == "yellow"


def test_two_signals_fuse_as_in_the_table(small: SmallBook) -> None:
    small.flat("1", complaint_count=1, last_complaint_date="2026-09-10", risk_expiry_date="2026-10-20")
    found = small.risk("1")
    assert [v.code for v in found.signals] == ["S5", "S6"]
    assert found.risk == pytest.approx(100 * (1 - (1 - 0.2 * 0.34) * (1 - 0.3 * 0.67)), abs=0.01)


def test_newcomers_and_small_customers_are_ranked_but_carry_no_light(small: SmallBook) -> None:
    lost = {"aum_balance": [3e5, 3e5, 9e4], "aum_daily_average": [3e5, 3e5, 3e5]}
    small.customer("new", open_date="2026-09-01")
    small.months("new", lost)
    small.months("old", lost)
    small.months("small", {"aum_balance": [4e4, 4e4, 100], "aum_daily_average": [4e4] * 3})
    assert small.risk("old").light is not None
    assert small.risk("new").light is None
    assert small.risk("small").light is None
    assert small.risk("new").risk == small.risk("old").risk > 0
    assert "开户未满90天" in (small.risk("new").no_light or "")
    assert small.risk("old").no_light is None


def test_a_former_affluent_customer_is_not_small_because_the_money_is_gone(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e5, 3e5, 3e5, 100], "aum_daily_average": [3e5, 3e5, 3e5, 100]})
    assert small.risk("1").tier == "L1"
    assert small.risk("1").light == "red"


def test_an_explained_outflow_is_quiet_for_ninety_days(small: SmallBook) -> None:
    for no in "12":
        small.months(no, {"aum_balance": [3e5, 3e5, 1e5], "aum_daily_average": [3e5, 3e5, 3e5]})
    small.touch("1", -3, "explained")  # said after the data date, when the light was seen
    assert small.risk("1").light is None
    assert small.severity("1", "S3") == 0
    assert small.risk("2").light is not None


def test_the_data_guard_blocks_the_lights_but_not_the_ranking(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e5, 3e5, 1e5], "aum_daily_average": [3e5, 3e5, 3e5]})
    small.batch(guard="金额可能差一万倍")
    done = small.insight.check()
    assert done.guard == "金额可能差一万倍"
    assert sum(done.lights.values()) == 0
    assert small.risk("1").risk > 25
    assert small.risk("1").no_light == "本月数据存疑,暂不亮灯"


def test_fragile_profiles_are_named_and_leave_the_score_alone_unless_a_step_is_set(small: SmallBook) -> None:
    lost = {"aum_balance": [1e6, 1e6, 5e5], "aum_daily_average": [1e6, 1e6, 1e6]}
    small.months("1", lost)
    small.months(
        "2", lost, age=30, product_count=1, third_party_outflow_count=25, is_payroll=0, txn_count_1m=2
    )
    assert small.risk("1").risk == small.risk("2").risk == pytest.approx(45.0)
    assert small.risk("2").profiles == ("P1", "P2", "P3", "P4")
    assert small.risk("1").profiles == ()
    stepped = {one.customer_no: one.risk for one in small.ruled(profile__step=0.08).ranking()}
    assert stepped["2"] == pytest.approx(45.0 * 1.3)
    assert stepped["1"] == pytest.approx(45.0)


def test_the_ranking_covers_every_customer_and_a_rise_stands_below_a_standstill(small: SmallBook) -> None:
    for no, last in (("down", 1.1e6), ("little", 1.5e6), ("flat", 1.6e6), ("up", 2e6)):
        small.months(no, {"aum_balance": [1.6e6, 1.6e6, last], "aum_daily_average": [1.6e6] * 3})
    small.month("untold", complaint_count=0)
    found = small.insight.ranking()
    assert [one.customer_no for one in found] == ["down", "little", "flat", "up", "untold"]
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]
    assert [one.rank for one in small.insight.ranking(offset=1, limit=2)] == [2, 3]
    assert [one.customer_no for one in small.insight.ranking(light="yellow")] == ["down"]


def test_a_check_of_an_earlier_month_does_not_know_the_later_ones(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [1e6, 1e6, 6e5], "aum_daily_average": [1e6, 1e6, 9e5]}, risk_level="C2")
    small.hold("1", 0, amount=1e5, product_risk="R5", product_name="甲")
    before = small.insight.ranking("2026-10")
    with small.book.write("import", "later") as writer:
        from db.tables import snapshots

        row = {"customer_id": small.ids["1"], "month": "2026-11", "as_of": "2026-11-30", "batch_id": 2}
        writer.insert(snapshots, [{**row, "source_row": 4, "aum_balance": 10, "aum_daily_average": 10}])
    small.touch("1", -45, "refused")
    assert small.insight.ranking("2026-10") == before
    assert small.insight.check().month == "2026-11"


def test_results_are_kept_until_figures_or_rules_change(small: SmallBook) -> None:
    small.flat("1")

    def ids() -> list[int]:
        with small.book.read() as conn:
            return list(conn.execute(risks.select()).scalars())

    small.insight.check()
    first = ids()
    small.insight.check()
    assert ids() == first
    small.flat("2")
    assert small.insight.check().customers == 2
    by = small.insight.check().rule_version
    assert small.ruled(S3__base=1).check().rule_version != by


def test_a_check_that_is_not_stored_leaves_nothing(small: SmallBook) -> None:
    small.flat("1")
    assert small.insight.check(store=False).customers == 1
    with small.book.read() as conn:
        assert conn.execute(risks.select()).first() is None


def test_what_no_column_tells_is_named(small: SmallBook) -> None:
    small.flat("1")
    off = small.insight.check().features_off
    words = Rules.load().text
    assert off == tuple(words(f"{code}.name") for code in ("S1", "S2", "S4", "S5", "S6", "S7"))
    assert "不再主动联系" in off[2]


def test_every_sentence_carries_the_data_date_and_no_unfilled_figure(small: SmallBook) -> None:
    small.months(
        "1",
        {"aum_balance": [1e6, 1e6, 1e6, 4e5], "aum_daily_average": [1e6, 1e6, 9e5, 7e5], "employer": list("甲甲甲乙")},
        complaint_count=1, last_complaint_date="2026-10-20", risk_expiry_date="2026-06-20",
    )  # fmt: skip
    for verdict in small.risk("1").signals:
        assert "2026-10-31" in verdict.reason
        assert not set("{}—") & set(verdict.reason)
        assert verdict.as_json()["evidence"]["as_of"] == "2026-10-31"


def test_an_empty_book_and_an_unknown_month_are_refused_in_words(small: SmallBook) -> None:
    with pytest.raises(WorkbenchError) as empty:
        small.insight.check()
    assert empty.value.code == "no_data"
    small.flat("1", months=1)
    with pytest.raises(WorkbenchError) as other:
        small.insight.check("2020-01")
    assert other.value.code == "no_such_month"


@pytest.mark.parametrize("write", ["touch", "snapshot", "undo"])
def test_what_is_checked_for_the_customers_concerned_is_what_a_whole_check_gives(
    small: SmallBook, write: str
) -> None:
    """A contact, a figure set right or an undo looks at few customers, and ranks all as if anew."""
    for place, no in enumerate("ABCDE"):
        fall = [1 - place * 0.1 * back for back in range(3)]
        run = [300_000.0] * 6 + [300_000 * share for share in fall]
        small.months(no, {"aum_balance": run, "aum_daily_average": run})
        small.touch(no, 200 - place, initiated_by="customer")
        small.touch(no, 160 - place, initiated_by="customer")
    before = ranked(small)
    with small.book.write("touch", "x") as writer:
        if write == "snapshot":
            asked = select(snapshots.c.id).where(
                snapshots.c.customer_id == small.ids["B"], snapshots.c.month == MONTH
            )
            row = writer.conn.execute(asked).scalar_one()
            writer.update(snapshots, row, {"aum_daily_average": 1_000_000, "aum_balance": 900_000})
        else:
            row_of = {
                "date": "2026-10-30",
                "channel": "call",
                "result": "reached",
                "initiated_by": "customer",
            }
            writer.insert(touches, [{"customer_id": small.ids["E"], **row_of}])
    some = ranked(small)
    assert some != before
    if write == "undo":
        small.book.reverse(writer.change_id)
        assert ranked(small) == before
        return
    with small.book.derive() as conn:
        conn.execute(check_runs.delete())
    assert ranked(small) == some


def ranked(small: SmallBook) -> list[dict[str, object]]:
    return [one.as_json() for one in small.insight.ranking()]
