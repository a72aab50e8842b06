"""Leads of a week: critical classes C1-C3, birthdays, growing newcomers, lights (domain 4.8)."""

import datetime as dt

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.birthdays import BirthdayWay
from workbench.base.errors import WorkbenchError
from workbench.base.workdays import shipped, workdays_of
from workbench.outreach.dates.birthday_ways import BirthdayWays
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.occasions import Occasions
from workbench.outreach.leads.week import LeadWeek
from workbench.rules.parameters import Rules

WEEK = "2026-W45"  # Monday 2026-11-02


def kinds(small: SmallBook, no: str, week: str = WEEK) -> list[str]:
    return [lead.kind for lead in small.leads(week) if lead.customer_no == no]


def lead(small: SmallBook, no: str, kind: str, week: str = WEEK) -> Lead:
    return next(one for one in small.leads(week) if (one.customer_no, one.kind) == (no, kind))


def test_golden_6_the_bands_around_a_line(small: SmallBook) -> None:
    for no, yuan in (("46", 46_000), ("53", 53_000), ("44", 44_000)):
        small.month(no, aum_daily_average=yuan, aum_balance=yuan)
    assert kinds(small, "46") == ["C1"]
    assert kinds(small, "53") == ["C2"]
    assert kinds(small, "44") == []
    near = lead(small, "46", "C1")
    assert near.value_fen == 400_000
    assert "还差4,000" in near.reason
    assert "从下月1日起补4,000,按推算下月可达标" in near.reason


def test_a_line_lost_lately_is_watched(small: SmallBook) -> None:
    small.months(
        "1", {"aum_daily_average": [52_000, 49_000, 48_000], "aum_balance": [52_000, 49_000, 48_000]}
    )
    assert "C2" in kinds(small, "1")
    assert lead(small, "1", "C2").evidence["watch"] == 2


def test_a_line_lost_and_farther_away_is_watched_as_long_as_it_can_be_reached(small: SmallBook) -> None:
    for no, run in (("near", [52_000, 46_000, 43_000]), ("far", [52_000, 40_000, 34_000])):
        small.months(no, {"aum_daily_average": run, "aum_balance": run})
    assert "还差7,000" in lead(small, "near", "C2").reason
    assert "C2" not in kinds(small, "far")


def test_of_everybody_and_of_each_alone_the_same_lines_are_told(small: SmallBook) -> None:
    runs: dict[str, list[float | None]] = {
        "near": [46_000], "above": [53_000], "between": [44_000], "lost": [52_000, 49_000, 48_000], "edge": [45_000],
        "fallen": [52_000, 46_000, 43_000], "untold": [None, 49_000], "silent": [52_000, 49_000, None], "owes": [52_000, -9],
    }  # fmt: skip
    for no, run in runs.items():
        small.months(no, {"aum_daily_average": run, "aum_balance": run})
    # listed lately, no longer now
    small.month("left", 1, aum_daily_average=46_000, aum_balance=46_000)
    small.insight.check()
    with small.book.read() as conn:
        week = LeadWeek.of(WEEK, "2026-10", "2026-10-31", workdays_of(conn))

        def lines(only: list[int] | None) -> list[str]:
            """The lines, as text."""
            return sorted(map(repr, Occasions(conn, week, Rules.load(), only=only).lines()))

        alone = sorted(one for id_ in small.ids.values() for one in lines([id_]))
        assert lines(None) == lines(list(small.ids.values())) == alone
        named = {one.customer_no for one in Occasions(conn, week, Rules.load()).lines()}
    assert named == {"near", "above", "lost", "edge", "fallen", "untold"}


def test_a_clock_is_a_workday_of_any_week_and_never_past(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    for no, yuan in (("up", 46_000), ("down", 53_000)):
        small.month(no, aum_daily_average=yuan, aum_balance=yuan)
    small.months("lost", {"aum_daily_average": [52_000, 49_000], "aum_balance": [52_000, 49_000]})
    small.months("last", {"aum_daily_average": [52_000, 49_000, 49_000, 49_000]})
    for no, ends in (("money", "2026-11-22"), ("step", "2026-11-17")):
        small.flat(no, 100_000)
        small.hold(no, kind="maturity", amount=50_000, maturity_date=ends, product_name="甲")
    clocks = {no: lead(small, no, kind).clock for no, kind in (
        ("up", "C1"), ("down", "C2"), ("lost", "C2"), ("last", "C2"), ("money", "C3"), ("step", "C3"),
    )}  # fmt: skip
    assert clocks == {
        "up": "2026-11-30", "down": "2026-11-30",
        # two months more in which the line may be reached again: the last day of December
        "lost": "2026-12-31",
        # the third month is over: at once
        "last": "2026-11-02",
        # the 22nd is a Sunday; fifteen days before it is a Saturday, so the last workday before that
        "money": "2026-11-06",
        # fifteen days before it is today
        "step": "2026-11-02",
    }  # fmt: skip


def test_c3_money_that_matures_within_thirty_days_and_matters(small: SmallBook) -> None:
    for no, amount, date in (
        ("share", 25_000, "2026-11-20"), ("little", 10_000, "2026-11-20"), ("late", 90_000, "2027-01-20"),
    ):  # fmt: skip
        small.flat(no, 100_000)
        small.hold(no, kind="maturity", amount=amount, maturity_date=date, product_name="甲")
    small.flat("line", 54_000)
    small.hold("line", kind="maturity", amount=10_000, maturity_date="2026-11-05", product_name="甲")
    assert "C3" in kinds(small, "share")
    assert "C3" not in kinds(small, "little")
    assert "C3" not in kinds(small, "late")
    assert "不续将低于" in lead(small, "line", "C3").reason
    assert lead(small, "line", "C3").due == "2026-11-04"


def test_what_matured_is_asked_after_and_stands_in_no_coming_row(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.flat("1", 100_000, months=2)
    for date in ("2026-11-05", "2026-11-15", "2026-11-16", "2026-11-20", "2026-12-17"):
        small.hold("1", kind="maturity", amount=30_000, maturity_date=date, product_name=date)
    coming, past = lead(small, "1", "C3", "2026-W47"), lead(small, "1", "matured", "2026-W47")
    assert (coming.value_fen, coming.evidence["first_maturity"]) == (6_000_000, "2026-11-16")
    assert past.value_fen == 6_000_000
    assert past.reason == "2026-10-31之后已有6.0万到期,名单还没有写明是否已续"
    found = small.insight.portrait("1")
    values = found.picture.values  # type: ignore[union-attr]
    assert (values.matures_30, values.matured_since) == (coming.value_fen, past.value_fen)
    assert values.next_maturity == "2026-11-16"
    told = {one["product_name"]: one["matured"] for one in found.as_json()["holdings"]}
    assert [name for name, matured in told.items() if matured] == ["2026-11-05", "2026-11-15"]


def test_the_same_sentence_on_the_lead_the_board_and_the_portrait(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.months("near", {"aum_daily_average": [46_000] * 3, "aum_balance": [46_000] * 3})
    small.months("deep", {"aum_daily_average": [46_000] * 3, "aum_balance": [46_000, 46_000, 31_000]})
    words = {"near": "从下月1日起补4,000,按推算下月可达标", "deep": "本月达不到,先维护现有余额"}
    board = {row.customer_no: row.standing for row in small.insight.towers.board().upgrade.rows}
    for no, said in words.items():
        assert lead(small, no, "C1", "2026-W47").reason.endswith(said)
        assert board[no].advice == said
        found = small.insight.portrait(no)
        assert found.standing == board[no]
        assert f"冲级:{said}" in [one.title for one in found.next_actions]


@pytest.mark.parametrize(
    ("today", "as_of", "yuan", "due", "clock"),
    [
        (
            "2026-11-30",
            "2026-10-31",
            46_000,
            "2026-12-04",
            "2026-12-04",
        ),  # from the 1st on: nothing to do by today
        ("2026-11-10", "2026-10-31", 46_000, "2026-11-13", "2026-11-30"),
        ("2026-11-26", "2026-11-26", 49_500, "2026-11-27", "2026-11-30"),  # this month still: by its end
        ("2026-11-30", "2026-11-29", 49_950, "2026-11-30", "2026-11-30"),
    ],
)
def test_a_next_line_is_due_by_the_end_of_the_month_only_where_money_has_to_come_this_month(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch, today: str, as_of: str, yuan: int, due: str, clock: str
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", today)
    small.months("1", {"aum_daily_average": [yuan] * 2, "aum_balance": [yuan] * 2}, as_of=as_of)
    day = dt.date.fromisoformat(today)
    near = lead(small, "1", "C1", f"{day.isocalendar().year}-W{day.isocalendar().week:02d}")
    assert (near.evidence["topup"], near.due, near.clock) == (
        "today" if as_of[5:7] == today[5:7] else "next",
        due,
        clock,
    )


def test_c3_from_the_columns_of_the_customer_list_where_no_details_were_given(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000, deposit_maturity_amount=30_000, deposit_maturity_date="2026-11-12")
    assert lead(small, "1", "C3").value_fen == 3_000_000


def test_birthdays_of_the_week_whatever_the_year(small: SmallBook) -> None:
    for no, born in (("in", "1980-11-04"), ("out", "1980-11-10"), ("leap", "1988-02-29")):
        small.customer(no, birth_date=born)
        small.month(no, aum_balance=100_000)
    assert kinds(small, "in") == ["birthday"]
    assert lead(small, "in", "birthday").due == "2026-11-04"
    assert kinds(small, "out") == []
    # Sunday 2027-02-28 is greeted on the Friday before
    assert lead(small, "leap", "birthday", "2027-W08").due == "2027-02-26"
    assert lead(small, "leap", "birthday", "2027-W08").evidence["birthday"] == "2027-02-28"
    assert lead(small, "leap", "birthday", "2028-W09").due == "2028-02-29"


def test_a_lunar_birthday_is_greeted_on_the_day_that_every_figure_tells(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    for no, born in (("moon", "1962-03-05"), ("sun", "1950-11-05")):
        small.customer(no, birth_date=born)
        small.month(no, aum_balance=100_000)
    ways = BirthdayWays(small.book, Rules.load())
    ways.put("moon", BirthdayWay("lunar", 9, 27))  # 2026-11-05, whatever is registered
    assert ways.of("moon").coming == "2026-11-05"
    assert {one.customer_no: one.due for one in small.leads(WEEK)} == {
        "moon": "2026-11-05",
        "sun": "2026-11-05",
    }
    insight = small.insight
    insight.engine.ensure()
    with small.book.read() as conn:
        told = {no: insight.engine.of_customer(conn, small.ids[no]) for no in ("moon", "sun")}
    assert [told[no].get("birthday_in") for no in told] == [3, 3]
    # he is a year older on the registered day
    assert [told[no].get("older_in") for no in told] == [123, 3]
    ways.forget("moon")
    assert kinds(small, "moon") == []


def test_birthdays_in_the_holidays_are_greeted_on_the_workday_before(small: SmallBook) -> None:
    for no, born in (("eve", "1980-09-30"), ("golden", "1980-10-05"), ("after", "1980-10-08")):
        small.customer(no, birth_date=born)
        small.month(no, back=1, aum_balance=100_000)
    greeted = {week: [one.customer_no for one in small.leads(week)] for week in ("2026-W40", "2026-W41")}
    assert greeted == {"2026-W40": ["eve", "golden"], "2026-W41": ["after"]}
    assert lead(small, "golden", "birthday", "2026-W40").due == "2026-09-30"


def test_no_lead_is_due_on_a_day_off_nor_in_the_past(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month, dates in ((1, ("2026-10-01", "2026-10-06", "2026-10-11")), (9, ("2026-02-17", "2026-02-22"))):
        for number, date in enumerate(dates):
            small.customer(f"{month}{number}", birth_date="1970" + date[4:])
            small.month(f"{month}{number}", back=month, aum_balance=46_000, aum_daily_average=46_000)
            small.hold(
                f"{month}{number}",
                back=month,
                kind="maturity",
                amount=30_000,
                maturity_date=date,
                product_name="甲",
            )
        falls = {"aum_balance": [3e6, 3e6, 6e5], "aum_daily_average": [3e6, 3e6, 3e6]}
        for place in range(3):
            told = {name: run[place] for name, run in falls.items()}
            small.month(f"{month}red", back=month + 2 - place, **told)
    seen: set[str] = set()
    for day, week in (
        ("2026-02-12", "2026-W07"), ("2026-02-12", "2026-W08"), ("2026-02-18", "2026-W08"), ("2026-02-24", "2026-W09"),
        ("2026-09-28", "2026-W40"), ("2026-09-30", "2026-W41"), ("2026-10-03", "2026-W40"), ("2026-10-06", "2026-W41"),
        ("2026-10-08", "2026-W41"),
    ):  # fmt: skip
        monkeypatch.setenv("WORKBENCH_TODAY", day)
        found = small.leads(week)
        seen.update(one.kind for one in found)
        wrong = [
            one for one in found if one.due < day or not shipped().is_workday(dt.date.fromisoformat(one.due))
        ]
        assert [(day, week, one.kind, one.due) for one in wrong] == []
    assert seen >= {"C1", "C3", "birthday"}
    assert seen & {"red", "orange"}


def test_a_newcomer_who_grows(small: SmallBook) -> None:
    for no, opened, first in (
        ("grows", "2026-06-15", 1e5),
        ("slow", "2026-06-15", 1.3e5),
        ("old", "2020-01-01", 1e5),
    ):
        small.customer(no, open_date=opened)
        small.months(no, {"aum_daily_average": [first, 1.2e5, 1.4e5], "aum_balance": [first, 1.2e5, 1.4e5]})
    assert kinds(small, "grows") == ["N1"]
    assert "40%" in lead(small, "grows", "N1").reason
    assert kinds(small, "slow") == kinds(small, "old") == []


def test_a_light_is_a_lead_with_what_was_lost_at_stake(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e5, 3e5, 1e5], "aum_daily_average": [3e5, 3e5, 3e5]})
    found = lead(small, "1", "orange")
    assert found.value_fen == 20_000_000
    assert found.due == "2026-11-04"
    assert "轻度流失" in found.reason


def test_a_week_that_does_not_exist_is_said_in_words(small: SmallBook) -> None:
    small.flat("1")
    with pytest.raises(WorkbenchError) as odd:
        small.leads("2026-W99")
    assert odd.value.code == "no_such_week"
