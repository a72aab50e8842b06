"""The registry of sources: each named once, every lead says which found it (domain 5)."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.outreach.leads.registry import SOURCES
from workbench.outreach.methods import catalogue
from workbench.outreach.promises.room import Promises
from workbench.rules.parameters import Rules

WEEK = "2026-W47"


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


def test_sources_are_registered_once_and_every_kind_they_find_has_its_place() -> None:
    codes = [source.code for source in SOURCES]
    assert len(codes) == len(set(codes))
    assert {"promise", "light", "maturity", "critical", "journey", "newcomer", "birthday", "carried"} <= set(
        codes
    )
    rules = Rules.load()
    fed = {kind for method in catalogue().methods for kind in method.leads}
    assert fed == set(rules.words("plan.priority"))
    assert all(rules.has_text(f"lead.{kind}") for kind in fed)


def test_what_was_promised_for_the_week_or_before_is_a_lead_of_it(small: SmallBook) -> None:
    for no in ("late", "week", "next", "kept"):
        small.month(no, aum_balance=3e5, aum_daily_average=3e5)
    promises = Promises(small.book)
    for no, due in {"week": "2026-11-21", "next": "2026-11-23", "kept": "2026-11-17"}.items():
        promises.make(no, "送对账单", due)
    with small.book.write("promise", "make") as writer:
        from db.week import promises as table

        row = {"customer_id": small.ids["late"], "text": "回电话", "due": "2026-11-10", "made": "2026-11-09"}
        writer.insert(table, [{**row, "state": "open"}])
    promises.end(next(one.id for one in promises.open() if one.person.customer_no == "kept"), kept=True)
    leads = {lead.customer_no: lead for lead in small.leads(WEEK) if lead.source == "promise"}
    # Saturday is met by Friday, what is past as soon as can be
    assert {no: lead.due for no, lead in leads.items()} == {"late": "2026-11-16", "week": "2026-11-20"}
    assert "送对账单" in leads["week"].reason


def test_money_that_matured_is_a_question_and_what_comes_is_a_lead_of_its_own(small: SmallBook) -> None:
    small.month("1", aum_balance=3e5, aum_daily_average=3e5)
    for number, (kind, day, amount) in enumerate(
        [("maturity", "2026-11-05", 1e5), ("holding", "2026-11-05", 1e5), ("maturity", "2026-11-30", 2e5)], 1
    ):
        small.hold("1", kind=kind, maturity_date=day, amount=amount, line=number)
    leads = [lead for lead in small.leads(WEEK) if lead.source == "maturity"]
    # one line each, though both lists tell of the money that matured
    assert [(lead.kind, lead.value_fen) for lead in leads] == [("C3", 20_000_000), ("matured", 10_000_000)]
    assert str(leads[0].evidence["first_maturity"]) >= "2026-11-16"
