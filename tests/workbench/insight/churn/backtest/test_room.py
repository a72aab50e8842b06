"""The backtest as a whole: its figures are those of a second computation, it stores nothing, refuses a young book, tries
rules without keeping them (domain 4.6, 20-15)."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.known import check_runs
from db.tables import risks
from tests.books import new_workbench
from tests.workbench.conftest import MONTH, SmallBook
from tests.workbench.insight.churn.backtest.agreeing import agree
from tests.workbench.insight.churn.backtest.made import past
from tests.workbench.insight.churn.backtest.oracle import expected
from workbench.base.change import Cancelled
from workbench.base.dates import shift_month
from workbench.base.errors import WorkbenchError
from workbench.rules.parameters import Rules
from workbench.sample import make_branch

RULES = Rules.load()


def test_every_figure_is_that_of_an_independent_computation(small: SmallBook) -> None:
    past(small, 63, 12)
    report = small.insight.backtests.run()
    assert report.lost >= 10
    assert report.thresholds["yellow"].untold
    assert any(one.censored for one in report.origins)
    with small.book.read() as conn:
        # nothing was stored on the way
        assert conn.execute(select(func.count()).select_from(risks)).scalar() == 0
        assert conn.execute(select(func.count()).select_from(check_runs)).scalar() == 0
    agree(report, expected(small.book, RULES))
    assert small.insight.backtests.run() == report


@pytest.mark.long
def test_on_the_sample_branch_too(tmp_path: Path) -> None:
    branch = make_branch(tmp_path / "lists", customers=400, months=14, last_month=MONTH)
    with new_workbench(tmp_path / "a.book") as workbench:
        for file in (*branch.files, *branch.lists):
            session = workbench.intake.read(file)
            session.confirm_similar()
            session.commit()
        report = workbench.insight.backtests.run()
        assert report.months == 14
        assert report.lost > 5
        agree(report, expected(workbench.book, workbench.rules))


def test_a_book_of_eight_months_is_refused_and_one_of_nine_is_not(small: SmallBook) -> None:
    for no in range(12):
        small.flat(str(no), months=8)
    with pytest.raises(WorkbenchError) as refused:
        small.insight.backtests.run()
    assert refused.value.code == "short_history"
    assert "仅展示规则" in refused.value.message
    assert "再导入 1 个月" in refused.value.hint
    assert "够条件的客户 12 户" in refused.value.hint
    for no in range(12):
        small.month(str(no), 8, aum_balance=300_000, aum_daily_average=300_000)
    report = small.insight.backtests.run()
    assert [(one.month, one.customers) for one in report.origins] == [(shift_month(MONTH, -3), 12)]
    assert "没有流失" in report.sentence


def test_a_gap_in_the_months_is_refused_in_other_words(small: SmallBook) -> None:
    for back in (*range(5), *range(6, 11)):
        small.month("1", back, aum_balance=300_000)
    with pytest.raises(WorkbenchError) as refused:
        small.insight.backtests.run()
    assert "不连续" in refused.value.message


def test_other_lines_are_tried_on_the_same_cases_and_kept_nowhere(small: SmallBook) -> None:
    past(small, 28, 11)
    backtests = small.insight.backtests
    usual = backtests.run(threshold=45)
    tried = backtests.run({"lights": [10, 20, 90]})
    assert tried.lines == (10, 20, 90)
    assert tried.overrides == {"lights": [10, 20, 90]}
    assert tried.thresholds["orange"].alerts > usual.thresholds["orange"].alerts
    assert tried.thresholds["red"].alerts < usual.thresholds["red"].alerts
    assert tried.signals == usual.signals
    assert usual.free is not None
    assert usual.free.key == "risk>=45"
    assert backtests.run(threshold=45) == usual
    # by rules that change the verdicts everything is gathered anew, and equals a check by these rules
    by_rules = backtests.run({"S3.drop": [0.4, 0.6, 0.8], "lights": [10, 20, 90]})
    assert by_rules.thresholds["orange"].alerts < tried.thresholds["orange"].alerts
    agree(by_rules, expected(small.book, RULES.trying({"S3.drop": [0.4, 0.6, 0.8], "lights": [10, 20, 90]})))


def test_a_value_that_makes_no_sense_is_refused(small: SmallBook) -> None:
    small.flat("1", months=9)
    with pytest.raises(WorkbenchError) as refused:
        small.insight.backtests.run({"lights": [90, 20, 10]})
    assert refused.value.code.startswith("rule_")


def test_it_can_be_given_up_and_runs_again(small: SmallBook) -> None:
    past(small, 14, 10)
    words: list[str] = []

    def give_up(share: float, what: str) -> None:
        words.append(what)
        if share > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        small.insight.backtests.run(progress=give_up)
    assert any(what.startswith("回看 2026-") for what in words)
    assert small.insight.backtests.run().n > 0


def test_what_comes_after_a_month_changes_nothing_of_what_was_known_in_it(small: SmallBook) -> None:
    """Contacts, decisions and explanations of later days leave the verdicts as they were."""
    past(small, 28, 11)
    before = small.insight.backtests.run()
    last = before.origins[0]
    for no in list(small.ids):
        # after the data date of every origin; 'explained' would mute what it explains
        small.touch(no, 60, result="explained")
    after = small.insight.backtests.run()
    assert after.curve == before.curve
    assert [row.alerts for row in after.signals] == [row.alerts for row in before.signals]
    assert after.thresholds["yellow"].touched.alerts > before.thresholds["yellow"].touched.alerts
    assert last.month < "2026-08"
