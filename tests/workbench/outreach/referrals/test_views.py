"""What stands over all referrals of a book: the funnel of askings and lines, the chains with circles, the next step of each."""

import pytest

from db.mgm import referral_asks
from db.tables import snapshots
from tests.workbench.outreach.referrals.conftest import Made, zhao
from workbench.app import Workbench
from workbench.outreach.referrals.room import Referrals
from workbench.outreach.referrals.views import GivenReferrals


@pytest.fixture
def ask(workbench: Workbench) -> Made:
    """Notes an asking of the first customer."""

    def made(giver: int = 1, **facts: object) -> int:
        row = {"customer_id": giver, "date": "2026-11-10", "answer": "declined", **facts}
        with workbench.book.write("referral_ask", "ask") as writer:
            return writer.insert(referral_asks, [row])[0]

    return made


def test_the_funnel_counts_askings_and_lines_and_knows_what_no_list_tells(
    room: Referrals, line: Made, ask: Made, workbench: Workbench
) -> None:
    ask()
    ask(giver=2, answer="waiting")
    gave = ask(giver=3, answer="gave", date="2026-11-18")
    room.enter(zhao(giver_no="A3", ask_id=gave))
    line(date="2026-09-01", consent=1)
    line(date="2024-09-01", consent=1)
    of = workbench.outreach.referral_views.funnel()
    steps = {one.stage: one for one in of.steps}
    assert (of.since, of.cases, of.lines, of.waiting) == ("2025-11-23", 4, 1, 1)
    assert [one.count for one in of.steps[:3]] == [4, 2, 2]
    assert (steps["named"].hits, steps["named"].base, steps["named"].days) == (1, 2, 2.0)
    # no line tells of contacts, and the sheet is two days old: neither is a zero
    assert (steps["contacted"].base, steps["contacted"].untold) == (0, 2)
    assert workbench.outreach.referral_views.funnel(everything=True).cases == 5


def test_a_chain_knows_who_has_no_account_and_of_when_the_assets_are(
    room: Referrals, line: Made, workbench: Workbench
) -> None:
    with workbench.book.write("import", "list") as writer:
        writer.insert(
            snapshots,
            [{"customer_id": 2, "month": "2026-10", "as_of": "2026-10-31", "batch_id": 1, "source_row": 1,
              "aum_balance": 5_000_000}],
        )  # fmt: skip
    line(1, referred_customer_no="A2", referred_name=None)
    line(2, referred_name="小李", referred_phone="13612340009", date="2026-11-03")
    line(2, referred_customer_no="A3", referred_name=None, date="2026-11-04")
    book = workbench.outreach.referral_views.chains()
    of = book.chains
    (root,) = of.roots
    assert of.persons[root].customer_no == "A1"
    assert (of.sums[root].size, of.sums[root].depth, of.sums[root].fen) == (3, 2, 5_000_000)
    assert (of.sums[root].known, of.sums[root].untold, of.sums[root].without) == (1, 1, 1)
    assert of.as_of == "2026-10-31"
    assert "小李" not in str(of.as_json()), "names are masked"
    assert book.warnings == ("另外要核对:已是本行客户 1 处,在“转介单”里逐张看。",)
    line(3, referred_customer_no="A1", referred_name=None, date="2026-11-05")
    assert workbench.outreach.referral_views.chains().warnings[0].startswith("循环转介:")
    assert workbench.outreach.referral_views.given("A2") == GivenReferrals(2, 1, "2026-11-04")


def test_the_earliest_clock_is_on_top_and_a_list_is_not_reproached_for_what_it_cannot_tell(
    room: Referrals, line: Made, workbench: Workbench
) -> None:
    line(contact_date="2026-11-20", consent=1, referred_name="老周")
    room.enter(zhao(name="吴先生", phone="", agreed="unknown", agreed_way="", agreed_at=""))
    room.enter(zhao())
    lines = workbench.outreach.referral_views.lines()
    assert lines[0].task.name == "赵先生"
    assert (lines[0].late, lines[0].step[:5]) == (True, "今天就首触")
    by_name = {one.task.name: one for one in lines}
    assert by_name["吴先生"].step == "请转介人先问对方愿不愿意被联系"
    assert by_name["老周"].feedback is None, "no line of a list tells when givers were told"
    line(1, referred_name="王五", referred_phone="13900000001", consent=1)
    own = next(one for one in workbench.outreach.referral_views.lines() if one.task.name == "王五")
    assert own.step == "先核对“自己转介自己”:核对清楚以前不联系、不致谢"
    room.contact(lines[0].task.id, "约下周见面", "2026-11-21 09:00")
    told = next(one for one in workbench.outreach.referral_views.lines() if one.task.name == "赵先生")
    assert told.step.startswith("告诉转介人已经联系过")
