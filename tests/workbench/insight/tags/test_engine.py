"""The layers are current, the same whether computed for all or for some, and follow what a person set right."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.known import corrections, own_tags, relations, tag_marks, tag_runs
from db.stores import planning
from tests.workbench.conftest import MONTH, KeptSmallBook, SmallBook
from workbench.insight.room import Insight
from workbench.insight.tags.explain import tag_of
from workbench.insight.tags.layers import LAYERS
from workbench.rules.parameters import Rules

FAR = "2099-12-31"
TODAY = "2026-11-05"


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    """Three customers of three towers, and one who left the list a month ago."""

    def fill(small: SmallBook) -> None:
        small.flat("A", 30_000, occupation=None)
        small.flat("B", 400_000, wecom_friend=1)
        small.flat("C", 2_000_000)
        for back in range(8, 0, -1):
            small.month("GONE", back, aum_balance=70_000, aum_daily_average=70_000)
        small.customer("D", occupation="企业主", gender="女", birth_date="1980-02-29")
        small.month("D", aum_balance=120_000, aum_daily_average=110_000)

    return KeptSmallBook(tmp_path_factory.mktemp("engine"), TODAY, fill)


@pytest.fixture
def branch(kept: KeptSmallBook, tmp_path: Path) -> Iterator[SmallBook]:
    with kept.copied(tmp_path / "small.book") as opened:
        yield opened


def everything(insight: Insight) -> dict[int, dict[str, Any]]:
    """All columns of all customers of the layers in the book."""
    run = insight.engine.ensure()
    with insight._book.read() as conn:
        found: dict[int, dict[str, Any]] = {}
        for layer in LAYERS:
            for row in conn.execute(select(run.table(layer))).mappings():
                found.setdefault(row["customer_id"], {}).update(row)
    return found


def of(insight: Insight, small: SmallBook, no: str, **asked: Any) -> dict[str, Any]:
    insight.engine.ensure()
    with insight._book.read() as conn:
        values = insight.engine.of_customer(conn, small.ids[no], **asked).values
        return {name: values.look_up(name) for name in values}


def test_every_customer_of_the_month_stands_in_every_layer(branch: SmallBook) -> None:
    found = everything(branch.insight)
    assert set(found) == {branch.ids[no] for no in "ABCD"}
    assert found[branch.ids["C"]]["tower"] == "top"
    assert found[branch.ids["A"]]["average"] == 3_000_000


def test_tables_of_few_and_of_many_rows_hold_the_same(
    branch: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = everything(branch.insight)
    with branch.book.derive() as conn:
        conn.execute(tag_runs.delete())
    monkeypatch.setattr(planning, "FEW", 0)
    assert everything(branch.insight) == few


def test_layers_that_are_current_are_not_computed_again(branch: SmallBook) -> None:
    insight = branch.insight
    first = insight.engine.ensure()
    assert insight.engine.ensure() == first
    assert branch.insight.engine.ensure().computed_at == first.computed_at


@pytest.mark.parametrize("write", ["touch", "relation", "correction", "mark"])
def test_what_is_computed_for_the_customers_concerned_is_what_all_would_give(
    branch: SmallBook, write: str
) -> None:
    """A contact, a link, a correction or a mark brings few rows up to date, and the result is the same as anew."""
    branch.touch("B", 3)  # so that the log is not empty before
    everything(branch.insight)
    row = {"customer_id": branch.ids["A"], "date": "2026-11-01"}
    if write == "touch":
        branch.touch("A", 10, initiated_by="customer")
    with branch.book.write(write, write) as writer:
        if write == "relation":
            writer.insert(relations, [{**row, "other_id": branch.ids["C"], "kind": "spouse"}])
        if write == "correction":
            facts = {
                "key": "average",
                "value": "9000000",
                "machine": "3000000",
                "reason": "当面",
                "expires": FAR,
            }
            writer.insert(corrections, [{**row, **facts}])
        if write == "mark":
            writer.insert(tag_marks, [{**row, "code": "X.NONE.AT.ALL", "reason": "当面", "expires": FAR}])
    some = everything(branch.insight)
    with branch.book.derive() as conn:
        conn.execute(tag_runs.delete())
    assert some == everything(branch.insight)


def test_an_undone_contact_is_gone_from_the_layers(branch: SmallBook) -> None:
    branch.touch("B", 3)
    before = everything(branch.insight)
    with branch.book.write("touch", "touch") as writer:
        from db.tables import touches

        row = {"channel": "call", "result": "reached", "initiated_by": "manager", "date": "2026-11-01"}
        writer.insert(touches, [{"customer_id": branch.ids["A"], **row}])
    assert everything(branch.insight)[branch.ids["A"]]["last_touch"] == "2026-11-01"
    branch.book.reverse(writer.change_id)
    assert everything(branch.insight) == before


def test_a_corrected_fact_carries_into_the_tags_that_rest_on_it(branch: SmallBook) -> None:
    assert of(branch.insight, branch, "D")["g_seg_owner_m0"] == 1
    told = {"key": "occupation", "value": "教师", "machine": "企业主", "reason": "客户当面说明"}
    with branch.book.write("correction", "occupation") as writer:
        row = {"customer_id": branch.ids["D"], "date": "2026-11-01", "expires": FAR}
        writer.insert(corrections, [{**row, **told}])
    found = of(branch.insight, branch, "D")
    assert found["occupation"] == "教师"
    assert found["g_seg_owner_m0"] != 1


def test_a_correction_that_expired_no_longer_counts(branch: SmallBook) -> None:
    facts = {
        "key": "occupation",
        "value": "教师",
        "machine": "企业主",
        "reason": "当面",
        "expires": "2026-11-05",
    }
    with branch.book.write("correction", "occupation") as writer:
        writer.insert(corrections, [{"customer_id": branch.ids["D"], "date": "2026-05-01", **facts}])
    assert of(branch.insight, branch, "D")["occupation"] == "企业主"


def test_an_own_tag_by_rule_is_computed_over_the_layer_that_stands(branch: SmallBook) -> None:
    everything(branch.insight)
    body = (
        '{"code": "X.OWN.TEST.M0", "name": "自建_测试_资产_当月", "label": "二十万以上", "group": "90", "layer": 2,'
        ' "element": "人", "kind": "flag", "definition": "资产月日均二十万以上", "principle": "测试",'
        ' "rule": "average >= 20万", "missing": "unknown", "valid_days": 35, "sensitivity": "C2",'
        ' "use": ["show", "filter"], "mark": "P", "version": 1, "status": "live"}'
    )
    with branch.book.write("own_tag", "own") as writer:
        writer.insert(own_tags, [{"code": "X.OWN.TEST.M0", "name": "自建_测试_资产_当月", "body": body}])
    found = everything(branch.insight)
    assert {no: found[branch.ids[no]]["x_own_test_m0"] for no in "ABCD"} == {"A": 0, "B": 1, "C": 1, "D": 0}


def test_a_customer_who_left_shows_the_last_month_that_tells_him(branch: SmallBook) -> None:
    found = of(branch.insight, branch, "GONE")
    assert found["average"] == 7_000_000
    assert found["tier"] == "L3"


def test_an_earlier_month_shows_what_could_be_known_then(branch: SmallBook) -> None:
    branch.touch("A", 5)
    insight = branch.insight
    assert of(insight, branch, "A")["touches_90"] == 1
    then = of(insight, branch, "A", month="2026-08")
    assert then["average"] == 3_000_000
    assert not then["touches_90"]


def test_one_customer_alone_gives_what_the_layers_hold(branch: SmallBook) -> None:
    insight = branch.insight
    stored = of(insight, branch, "B")
    with branch.book.derive() as conn:
        conn.execute(tag_runs.delete())
    with branch.book.read() as conn:
        alone = insight.engine.of_customer(conn, branch.ids["B"], MONTH, dt.date(2026, 11, 5).isoformat())
    seen = set(alone.values) - {"customer_id"}
    assert seen == stored.keys() - {"customer_id"}
    assert {name: alone.get(name) for name in seen} == {name: stored[name] for name in seen}


def test_a_reason_names_its_numbers_and_what_is_missing(branch: SmallBook) -> None:
    insight = branch.insight
    insight.engine.ensure()
    library = insight.engine.library
    with branch.book.read() as conn:
        picture = insight.engine.of_customer(conn, branch.ids["A"])
    told = tag_of(library["V.AUM.BAND.M0"], picture, library, Rules.load())
    assert told.state == "hit"
    assert "2026-10-31" in told.reason
    assert "3.0万" in told.reason
    owner = tag_of(library["G.SEG.OWNER.M0"], picture, library, Rules.load())
    assert owner.state == "unknown"
    assert "职业" in owner.missing
    assert owner.ask
