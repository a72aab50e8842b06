"""The signals that few lists can tell (notes, places, paydays, market moves, events) are judged alike on both stores."""

from collections.abc import Iterator

import pytest

from db.tables import flows, payrolls, touches
from tests.parity import surfaces
from tests.parity.pair import Pair, empty_pair, scatter
from tests.workbench.conftest import MONTH, SmallBook
from tests.workbench.insight.churn.signals.lines import flow, line
from workbench.app import Workbench
from workbench.base.dates import shift_month

#: the causes that every customer of the book together must show
CAUSES = {
    "away", "note", "contact_note", "spike", "market_out", "market_in", "weighted", "event_bank", "event_branch",
    "event_product", "event_region", "emptied", "loan", "refused",
}  # fmt: skip


def _fill(workbench: Workbench) -> None:
    small = SmallBook(workbench.book)
    fallen = {"aum_balance": [2.8e6, 2.8e6, 1.2e6], "aum_daily_average": [2.8e6, 2.8e6, 2e6]}
    small.months(
        "note", {"note": ["", "准备出国"]}, aum_balance=3e5, residence_city="杭州市", branch="甲支行"
    )
    small.flat("away", branch="乙支行", complaint_count=0)
    small.months("spike", {"txn_count_1m": [19, 20, 21, 20, 19, 20, 20, 43, 43]}, aum_balance=3e5)
    small.months("priced", fallen, risk_level="C1", branch="甲支行")
    small.months("unpriced", fallen, risk_level="C1", fund_balance=1e6)
    for back in (1, 0):
        nav = (0.8, 1.0)[back]
        held = {"units": 1e6, "product_code": "F1", "category": "基金", "product_risk": "R4"}
        small.hold("priced", back, amount=1e6 * nav, nav=nav, **held)
        small.hold("unpriced", back, amount=1.2e6, **held)
    small.flat("paid", demand_balance=100)
    small.months("loan", {"loan_autopay": [1, 1, 1, 0]}, aum_balance=3e5, loan_balance=1e5)
    for back in range(3):
        month = shift_month(MONTH, -back)
        line(small, payrolls, "paid", f"{month}-10", amount=1_000_000)
        line(small, flows, "paid", f"{month}-11", inflow=0, outflow=980_000, active_count=1, rows=1)
        flow(small, "away", back, inflow_count=4, outflow_count=6, out_of_town_count=8)
    with workbench.book.write("touch", "touch") as writer:
        row = {"date": "2026-10-05", "channel": "call", "result": "reached", "initiated_by": "manager"}
        writer.insert(
            touches,
            [
                {"customer_id": small.ids["loan"], **row, "note": "要调走,也说过换工作"},
                {"customer_id": small.ids["spike"], **row, "note": "别再打了"},
            ],
        )
    log = workbench.insight.events
    log.add("系统故障", "bank", "", "2026-10-20")
    log.add("网点停业", "branch", "甲支行、丙支行", "2026-10-01", 45)
    log.add("净值大跌", "product", "F1", "2026-09-15")
    log.add("本地传闻", "region", "杭州", "2026-10-30")


@pytest.fixture(scope="module")
def rare(_quickly: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with empty_pair(tmp_path_factory.mktemp("rare")) as pair:
        pair.both(_fill)
        scatter(pair.postgresql.book)
        pair.both(lambda workbench: workbench.insight.check())
        yield pair


def test_what_few_lists_tell_is_judged_alike(rare: Pair) -> None:
    rare.compare("rare results", surfaces.results)
    ranked, _same = rare.both(lambda workbench: workbench.insight.ranking())
    assert {cause for one in ranked for hit in one.signals for cause in hit.evidence["causes"]} >= CAUSES
