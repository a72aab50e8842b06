"""What is written comes out the same on both stores: imports, what a manager enters, undo and redo in any order."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.record import batches, changes, journal
from db.tables import DERIVED, TABLES, customers
from tests.parity import surfaces
from tests.parity.comparing import compare
from tests.parity.pair import LAST_MONTH, Pair, empty_pair, scatter
from tests.postgresql import server
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.gifts.gift import NewGift
from workbench.outreach.salons.salon import NewSalon
from workbench.people.customer_list import CustomerQuery
from workbench.people.prospects.prospect import NewProspect
from workbench.sample import SampleBranch, make_branch

WEEK = "2026-W47"
NOW = "2026-11-16 09:00:00"
OWN_TAG = {
    "label": "殷实客户", "definition": "月日均达到五万元", "principle": "看资产", "layer": 2, "kind": "flag",
    "rule": "average >= 5万",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both books are written at the same second."""
    for clock in CLOCKS:
        monkeypatch.setattr(clock, lambda: NOW)


CLOCKS = (
    "db.engine._clock", "workbench.intake.review.commit.now", "workbench.outreach.room.now",
    "workbench.outreach.drafting.drafter.now", "workbench.outreach.drafting.ticking.now",
    "workbench.insight.picking.saved.now", "workbench.intake.who.merging.now",
)  # fmt: skip


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> SampleBranch:
    server()
    return make_branch(tmp_path_factory.mktemp("lists"), 100, 6, last_month=LAST_MONTH)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with empty_pair(tmp_path) as made:
        yield made


def stored(workbench: Workbench) -> Any:
    """Every row of every table, ids included, in their order."""
    with workbench.book.read() as conn:
        return {
            table.name: [dict(row) for row in conn.execute(select(table).order_by(table.c.id)).mappings()]
            for table in TABLES
            if table not in DERIVED
        }


def alike(pair: Pair) -> None:
    """Both books hold the same, by their own fingerprints and row by row."""
    assert pair.sqlite.book.fingerprint() == pair.postgresql.book.fingerprint()
    pair.compare("rows", stored)


def given(pair: Pair, do: Callable[..., Any], *about: object) -> Any:
    """Do the same on both; what is answered is the same too."""
    first, second = pair.both(do, *about)
    compare("answers", first, second)
    scatter(pair.postgresql.book)
    return first


def imported(workbench: Workbench, file: Path) -> Any:
    session = workbench.intake.read(file)
    session.confirm_similar()
    return session.report(), session.commit()


def test_sheets_imported_on_both_leave_the_same_rows_and_reports(pair: Pair, branch: SampleBranch) -> None:
    for file in (*branch.files[-3:], *branch.lists, branch.files[-1]):
        given(pair, imported, file)
    alike(pair)
    given(pair, lambda workbench: workbench.intake.history())
    given(pair, lambda workbench: workbench.intake.identity_queue())


def test_an_import_in_the_middle_undone_and_redone_leaves_the_same(pair: Pair, branch: SampleBranch) -> None:
    for file in branch.files[-3:]:
        given(pair, imported, file)
    middle = given(pair, lambda workbench: workbench.intake.history()[1].batch)
    given(pair, lambda workbench: workbench.intake.what_undo_keeps(middle))
    given(pair, lambda workbench: workbench.intake.undo(middle))
    alike(pair)
    given(pair, lambda workbench: workbench.intake.redo(middle))
    alike(pair)
    assert pair.both(lambda workbench: workbench.book.verify()) == ([], [])


def test_what_a_manager_enters_is_kept_computed_and_undone_alike(pair: Pair, branch: SampleBranch) -> None:
    for file in branch.files[-2:]:
        given(pair, imported, file)
    ids, nos = given(pair, _some)
    for enter in _entries(ids, nos):
        given(pair, enter)
    alike(pair)
    for number in range(5):
        compare(f"layer {number}", *pair.both(surfaces.layer, number))
    newest = given(pair, _changes)
    for change in newest[1::3]:
        given(pair, undone, change)
    alike(pair)


def undone(workbench: Workbench, change: int) -> Any:
    """What an undo answers, or why it is refused."""
    try:
        return workbench.undo(change)
    except WorkbenchError as error:
        return error.code, str(error)


def _some(workbench: Workbench) -> tuple[list[int], list[str]]:
    rows = workbench.insight.customers(CustomerQuery(order="customer_no", descending=False), 0, 6)
    return [row.customer_id for row in rows], [row.customer_no for row in rows]


def _changes(workbench: Workbench) -> list[int]:
    """The changes that stand and are no import, the newest first."""
    with workbench.book.read() as conn:
        asked = select(changes.c.id).where(
            changes.c.id.not_in(select(batches.c.change_id)), changes.c.state == "done"
        )
        return list(conn.execute(asked.order_by(changes.c.id.desc())).scalars())


def _entries(ids: list[int], nos: list[str]) -> Iterator[Callable[[Workbench], Any]]:
    """Writes among reads that compute what the writes before concern: first all, then some customers."""
    yield lambda one: one.insight.tags.save(OWN_TAG)
    yield lambda one: one.insight.picking.save("五万以上", "average >= 5万", "rule", "analysis")
    yield lambda one: one.insight.picking.save("现在的人", "average >= 5万", "frozen", "marketing")
    yield lambda one: one.insight.picking.overlaps("average >= 1万")
    yield lambda one: one.insight.picking.count("list('五万以上') and not list('现在的人')")
    yield lambda one: one.insight.corrections.correct(nos[1], "risk_class", "2", "重新测过")
    yield lambda one: one.outreach.gifts.put_item("雨伞", "40", 1)
    yield lambda one: one.outreach.gifts.put(NewGift(nos[0], "", "2026-12-24", "生日", 1))
    yield lambda one: one.outreach.gifts.give(1)
    yield lambda one: one.outreach.gifts.ledger(2026)
    yield lambda one: one.outreach.salons.put(NewSalon("品鉴", "product", "2026-12-18", seats=2))
    yield lambda one: one.outreach.salons.list_guests(1, "average >= 1万")
    yield lambda one: one.outreach.salons.guests(1)
    yield lambda one: one.outreach.log_touch(nos[0], channel="电话", result="已联系", next_date="2026-12-01")
    yield lambda one: one.outreach.log_touch(nos[1], channel="企微", result="未接通", date="2026-11-10")
    yield lambda one: one.insight.links.add(nos[0], "spouse", other_no=nos[2])
    yield lambda one: one.outreach.plan(WEEK).as_json()
    yield lambda one: one.outreach.confirm(WEEK)
    yield lambda one: one.insight.tags.wrong(nos[3], "U.OWN.T1.M0", "不对")
    yield lambda one: one.insight.picking.assign(ids[:3], "李经理")


def test_persons_without_an_account_are_listed_found_and_erased_alike(
    pair: Pair, branch: SampleBranch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    for file in (branch.files[-1], *branch.lists):
        given(pair, imported, file)
    _ids, nos = given(pair, _some)
    for person in (
        NewProspect("赵先生", "13612340009", referrer_no=nos[0], expires="2026-12-01"),
        NewProspect("钱女士", "057188881234", note="下班后打"),
    ):
        given(pair, lambda workbench, person=person: workbench.prospects.add(person))
    given(pair, lambda workbench: workbench.prospects.change("2", {"consent": "yes", "phone": ""}))
    dropped = given(pair, lambda workbench: workbench.prospects.drop("1", "不需要")).undo_id
    given(pair, lambda workbench: workbench.prospects.all())
    given(pair, undone, dropped)
    given(pair, lambda workbench: workbench.prospects.search("zxs", 5))
    alike(pair)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-01")
    assert given(pair, lambda workbench: workbench.prospects.erase_expired()).count >= 1
    given(pair, undone, dropped)
    given(pair, lambda workbench: workbench.prospects.all())
    alike(pair)


def test_a_merge_of_two_numbers_taken_back_leaves_the_same(pair: Pair, branch: SampleBranch) -> None:
    for file in branch.files[-2:]:
        given(pair, imported, file)
    _ids, nos = given(pair, _some)
    given(pair, lambda workbench: workbench.intake.merge(nos[0], nos[1], "同一人"))
    alike(pair)
    given(pair, lambda workbench: workbench.intake.unmerge(nos[1]))
    alike(pair)


def test_the_journal_tells_ids_and_images_alike(pair: Pair, branch: SampleBranch) -> None:
    given(pair, imported, branch.files[-1])
    given(pair, lambda workbench: workbench.intake.undo())

    def entries(workbench: Workbench) -> Any:
        with workbench.book.read() as conn:
            assert not conn.execute(select(customers.c.id)).all()
            return [tuple(row) for row in conn.execute(select(journal).order_by(journal.c.id))]

    given(pair, entries)
