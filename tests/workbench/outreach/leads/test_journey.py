"""Tasks of the journey cards that are due in a week come into its plan; what a light asks for is not asked twice."""

import pytest

from db.tables import complaints
from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.lights.test_room import outreach
from workbench.outreach.leads import journey
from workbench.outreach.leads.journey import _merged
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.search import LeadSearch
from workbench.rules.parameters import Rules

WEEK = "2026-W47"


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


def of_cards(small: SmallBook) -> dict[str, Lead]:
    small.insight.check()
    small.insight.engine.ensure()
    return {lead.customer_no: lead for lead in small.leads(WEEK) if lead.source == "journey"}


def test_a_task_of_the_first_card_with_a_day_in_the_week_is_a_lead_and_one_of_another_week_is_none(
    small: SmallBook,
) -> None:
    for no, opened in {"month": "2026-10-20", "sixty": "2026-09-18", "early": "2026-10-05"}.items():
        small.customer(no, open_date=opened)
        small.month(no, aum_balance=2e4, aum_daily_average=2e4)
    leads = of_cards(small)
    assert set(leads) == {"month", "sixty"}
    month, sixty = leads["month"], leads["sixty"]
    assert (month.kind, month.due, month.evidence["tasks"]) == (
        "journey",
        "2026-11-17",
        ["settle", "review30"],
    )
    # what sells is asked about consent and suitability
    assert (sixty.kind, sixty.due, sixty.evidence["tasks"]) == ("journey_raise", "2026-11-17", ["allocation"])
    # the first overdue task, which board and portrait name as the next step, goes before those of the week
    assert month.reason.endswith(
        "第27天,逾期 2026-10-20 感谢开户,加企微好友;"
        "这周该办:把代发、水电代扣或自动转存落到本行;满月回访:用得怎样,还缺什么"
    )
    for no in leads:
        step = small.insight.journey.of(no).due[0]
        assert f"逾期 {step.due} {step.name};" in leads[no].reason
    assert month.value_fen == 2_000_000


def test_a_task_that_figures_show_done_is_none(small: SmallBook) -> None:
    small.customer("1", open_date="2026-08-19")
    small.month("1", aum_balance=2e4, aum_daily_average=2e4)
    assert of_cards(small)["1"].evidence["tasks"] == ["qualify"]
    small.month("2", aum_balance=2e5, aum_daily_average=2e5)
    assert "2" not in of_cards(small)


def test_what_is_due_in_the_week_is_not_late_and_what_a_contact_did_is_no_task(small: SmallBook) -> None:
    small.customer("1", open_date="2026-08-19")
    small.month("1", aum_balance=2e4, aum_daily_average=2e4)
    for task in small.insight.marks.tasks("1"):
        if task.is_open and task.code != "qualify" and not task.is_call:
            small.insight.marks.tick("1", task.code)
    assert "逾期 2026-09-18 满月回访:用得怎样,还缺什么;" in of_cards(small)["1"].reason
    small.touch("1", 2)
    lead = of_cards(small)["1"]
    assert "逾期" not in lead.reason
    assert lead.evidence["tasks"] == ["qualify"]


def test_what_is_ticked_left_out_or_at_rest_leaves_the_week_at_once(small: SmallBook) -> None:
    for no in "123":
        small.customer(no, open_date="2026-08-19")
        small.month(no, aum_balance=2e4, aum_daily_average=2e4)
    assert set(of_cards(small)) == {"1", "2", "3"}
    kept = outreach(small)
    assert {one.customer_no for one in kept.leads.whole(WEEK).leads if one.source == "journey"} == {
        "1",
        "2",
        "3",
    }
    small.insight.marks.tick("1", "qualify")
    small.insight.marks.leave_out("2", "qualify", "declined")
    small.insight.engine.ensure()
    found = kept.leads.whole(WEEK)
    assert {one.customer_no for one in found.leads if one.source == "journey"} == {"3"}
    assert found == outreach(small).leads.whole(WEEK)
    with small.book.write("import", "complaints") as writer:
        row = {
            "customer_id": small.ids["3"],
            "date": "2026-11-10",
            "status": "处理中",
            "batch_id": 1,
            "source_row": 1,
        }
        writer.insert(complaints, [row])
    assert of_cards(small) == {}


def test_days_that_touch_or_overlap_are_looked_for_as_one_span() -> None:
    assert _merged({(8, 15), (-7, 0), (-4, 3), (4, 7), (23, 30), (24, 25)}) == [(-7, 15), (23, 30)]
    assert _merged([]) == []


@pytest.mark.parametrize("most", [2, 3])
def test_of_those_near_a_day_the_largest_are_looked_up(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(journey, "_MOST", most)
    for no, yuan in {"a": 3e4, "b": 1e4, "c": 2e4, "d": 4e4}.items():
        small.customer(no, open_date="2026-10-20" if no != "d" else "2026-10-05")
        small.month(no, aum_balance=yuan, aum_daily_average=yuan)
    assert set(of_cards(small)) == {2: {"a", "c"}, 3: {"a", "b", "c"}}[most]


def test_a_list_that_was_cut_stands_while_the_same_customers_are_on_it(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journey, "_MOST", 3)
    monkeypatch.setattr(journey, "_MARGIN", 1)
    for number in range(1, 6):
        small.customer(str(number), open_date="2026-10-20")
        small.month(str(number), aum_balance=5e3 * number, aum_daily_average=5e3 * number)
    small.month("6", aum_balance=9e4, aum_daily_average=9e4)
    assert set(of_cards(small)) == {"3", "4", "5"}
    kept, ids = outreach(small), small.ids
    kept.log_touch("6", channel="call", result="no_answer")  # the first contact is news about everybody
    for no in ("5", "1", "6"):
        kept.leads.whole(WEEK)
        kept.log_touch(no, channel="call", result="no_answer")
        assert kept.leads.whole(WEEK) == outreach(small).leads.whole(WEEK)
    with small.book.read() as conn:
        layers = kept.leads.engine.layers(conn)
        lights, week = kept.lights.of(WEEK), kept.leads.whole(WEEK).week

        def stands(known: list[str], *few: str) -> bool:
            """Whether the list that was cut to these stands when these few are looked at again."""
            cut = {"journey": {ids[no]: int(no) * 500_000 for no in known}}
            only = frozenset(ids[no] for no in few)
            search = LeadSearch(small.book, conn, Rules.load(), week, lights, layers, only=only, cut=cut)
            return journey.same_are_near(search)

        assert stands(["5", "4", "3"], "5", "2", "6")
        assert not stands(["5", "4", "2"], "3")  # he pushes another off
        assert not stands(["6", "5", "4"], "6")  # he leaves a place
        assert stands(["5", "4"], "5")
        assert not stands(["5", "4"], "3")
