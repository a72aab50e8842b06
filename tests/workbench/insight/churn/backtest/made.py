"""Small books with a past: customers whose assets stay, leave in several ways, or cannot be followed."""

from random import Random

from sqlalchemy import select

from db.known import light_decisions
from db.tables import customers, snapshots
from tests.workbench.conftest import SmallBook

#: of the usual balance, month after month from the one in which it begins
FALLS = {
    "slow": [0.7, 0.45, 0.2, 0.1], "at once": [0.05], "dip": [0.5, 0.55, 1.0], "half": [0.8, 0.65, 0.6],
    "calm": [1.0], "step": [0.51], "small": [1.0],
}  # fmt: skip


def past(small: SmallBook, number: int, months: int, seed: int = 7) -> None:
    """Customers of every kind in turn, some of them called; of at least 22 some close, vanish or are handed over."""
    rng = Random(seed)
    kinds = list(FALLS)
    for place in range(number):
        no, kind = f"{place:03d}", kinds[place % len(kinds)]
        usual = 45_000 if kind == "small" else rng.choice([80_000, 260_000, 700_000, 1_500_000])
        begun = rng.randrange(4, months)
        shares = [1.0] * begun + FALLS[kind]
        balances = [
            usual * shares[min(month, len(shares) - 1)] * rng.uniform(0.97, 1.03) for month in range(months)
        ]
        averages = [(one + before) / 2 for before, one in zip([usual, *balances], balances, strict=False)]
        inflow = [usual * rng.uniform(0, 0.2) for _month in range(months)]
        small.months(
            no, {"aum_balance": balances, "aum_daily_average": averages, "inflow": inflow},
            complaint_count=0, branch="甲",
        )  # fmt: skip
        if place % 11 == 5:
            small.touch(no, 20 + 31 * rng.randrange(months - 4), initiated_by="customer")
        if place % 13 == 6:
            small.touch(no, 40 + 31 * rng.randrange(4), result="explained")
    if number < 22:
        return
    for no, day in (("001", "2026-06-20"), ("004", "2026-08-03"), ("012", "2026-02-01")):
        with small.book.write("correction", "closing") as writer:
            writer.update(customers, small.ids[no], {"close_date": day})
    with small.book.write("light", "hand over") as writer:
        rows = [
            {"customer_id": small.ids["014"], "date": "2026-05-10", "kind": "hand_over", "value": "别人", "until": None},
            {"customer_id": small.ids["021"], "date": "2026-05-10", "kind": "hand_over", "value": "别人", "until": "2026-05-20"},
        ]  # fmt: skip
        writer.insert(light_decisions, rows)
    vanish(small, "007", "2026-08")
    vanish(small, "016", "2026-07", only=True)


def vanish(small: SmallBook, no: str, month: str, *, only: bool = False) -> None:
    """A customer who is missing from the lists from a month on, or from the list of that month alone."""
    s = snapshots.c
    when = s.month == month if only else s.month >= month
    with small.book.read() as conn:
        rows = conn.execute(select(s.id).where(s.customer_id == small.ids[no], when)).scalars().all()
    with small.book.write("correction", "vanish") as writer:
        writer.delete(snapshots, rows)
