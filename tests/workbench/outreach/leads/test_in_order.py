"""Leads of a week set right for a few customers stand as all of them put in order anew."""

from tests.workbench.outreach.made import lead
from workbench.outreach.leads.in_order import LeadsInOrder
from workbench.outreach.leads.lead import Lead


def sourced(customer: int, kind: str, source: str, value: int = 5) -> Lead:
    return lead(customer, kind, value_fen=value).of_source(source)


def test_leads_are_replaced_for_a_few_customers_and_for_sources_read_again() -> None:
    light, newer = sourced(9, "red", "light"), sourced(8, "orange", "light")
    stay, alike = sourced(1, "C1", "critical", 7), sourced(3, "birthday", "birthday")
    gone = [
        sourced(2, "C1", "critical", 9),
        sourced(2, "birthday", "birthday"),
        sourced(4, "promise", "promise"),
    ]
    now = [sourced(2, "C2", "critical", 1), sourced(1, "promise", "promise")]
    before = LeadsInOrder.among([*gone, stay, light, alike])
    mended = before.mended({2, 77}, {"promise", "light"}, [newer, *now])
    assert mended == LeadsInOrder.among([stay, alike, newer, *now])
    assert mended.all[0] is newer
    assert mended.of_customers([1, 8, 2]) == [one for one in mended.all if one.customer_id in (1, 8, 2)]
