"""Tags, tiers, genes and behaviour of a big book; the floor of a layer is one scan that sums every snapshot."""

import os
import statistics
import tempfile
from pathlib import Path

from bench.checks import scan
from bench.data import LAST, PASSPHRASE, add_transactions, book_of_months
from bench.measure import Result, median, p95, timed
from ui.memory import keep_still
from ui.pages.portrait.chart import balances
from ui.theme import colours
from ui.widgets.charts import draw
from ui.widgets.drawing import DrawingSurface
from workbench.app import Workbench
from workbench.base.dates import shift_month
from workbench.insight.measures.flow_facts import RECENT, YEAR

#: What somebody types into the picker, condition by condition.
TYPED = (
    "tier >= L4",
    "tier >= L4 and average between 20万 and 300万",
    "tier >= L4 and change_share < -10% and not tag('拒绝营销')",
    "资产月日均 >= 5万 且 (年龄 >= 60 或 有代发 = 是) 且 risk_level = 'C3'",
    "days_since_touch > 60 or days_since_touch is missing",
    "age between 30 and 45 and holds_wealth_low = 0 and idle_demand > 5万",
    "branch contains '012' and tower = top",
    "light = red or light = orange or watch >= 1",
    "top(500, average) and product_count < 3",
    "资产层级 >= 财富 取前 50 按 资产较上月变动",
)


def run(customers: int = 100_000, months: int = 24) -> list[Result]:
    """The rows of issue 4: all tags, the picker while typing, the portrait without and with its charts."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        os.environ["WORKBENCH_HOME"] = name
        book_of_months(path, customers, months)
        with Workbench.open(path, PASSPHRASE) as workbench:
            floor = median(lambda: scan(workbench))
            workbench.insight.check()
            whole, _ = timed(lambda: workbench.insight.engine.ensure())
            picking = workbench.insight.picking
            picking.prepare()
            typed = {
                text: [timed(lambda text=text: picking.count(text))[0] for _ in range(5)]  # type: ignore[misc]
                for text in TYPED
            }
            strokes = [seconds for times in typed.values() for seconds in times]
            _print_each(typed)
            _drawn(workbench, "0000000001")
            keep_still()  # as the window does once its tags are there
            some = [f"{number:010d}" for number in range(0, customers, customers // 60)]
            faces = [timed(lambda no=no: workbench.insight.portrait(no))[0] for no in some]  # type: ignore[misc]
            drawn = [timed(lambda no=no: _drawn(workbench, no))[0] for no in some]  # type: ignore[misc]
        sums = add_transactions(path, [shift_month(LAST, -back) for back in (*RECENT, YEAR)])
        with Workbench.open(path, PASSPHRASE) as workbench:
            busy_floor = median(lambda: scan(workbench))
            workbench.insight.bring_forward()  # as an import does: the days summed per customer and month
            workbench.insight.check()
            busy, _ = timed(lambda: workbench.insight.engine.ensure())
        return [
            Result(f"all tags of {customers:,} x {months} months", whole, floor, 2),
            Result(f"the same with {sums:,} daily sums of transactions", busy, busy_floor, 2.5),
            Result(f"picker count, p95 of {len(strokes)}", p95(strokes), floor, 0.02),
            Result("portrait without charts, p95", p95(faces) * 1000, None, 100, "ms"),
            Result("portrait with its chart, p95", p95(drawn) * 1000, None, 250, "ms"),
        ]


def _print_each(typed: dict[str, list[float]]) -> None:
    """What each condition took: the median of its runs and the slowest, in ms."""
    for text, times in typed.items():
        middle, slowest = statistics.median(times) * 1000, max(times) * 1000
        print(f"     {middle:5.1f} ms, at most {slowest:5.1f} ms: {text}", flush=True)


def _drawn(workbench: Workbench, customer_no: str) -> None:
    """The portrait and the picture that its page shows, as the window draws it."""
    points = workbench.insight.portrait(customer_no).points
    draw(balances(points), DrawingSurface(520, 240, 1.0, colours()))
