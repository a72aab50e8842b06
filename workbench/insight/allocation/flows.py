"""Money that moves by itself (domain 8.2): what matures soon, regular salary. Nothing is proposed of money that does not move."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from db.tables import holdings, products
from workbench.insight.allocation.bands import STABLE, band_of
from workbench.insight.shelf.families import families, family_of
from workbench.insight.shelf.levels import level
from workbench.insight.shelf.regimes import regime_of
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

FlowKind = Literal["maturity", "salary"]


@dataclass(frozen=True, slots=True)
class Flow:
    """`fen` that come on a day (ISO; of a salary each month, ''), out of a band ('' from outside)."""

    kind: FlowKind
    fen: int
    day: str
    band: str
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan."""
        return {"kind": self.kind, "amount": self.fen / 100, "day": self.day or None, "band": self.band or None,
                "name": self.name or None}  # fmt: skip


def maturing_lines(
    conn: Connection, customer_id: int, month: str, day: str, rules: Rules
) -> tuple[Flow, ...]:
    """What matures from a day on within `alloc.flow_days`, the earliest first, by the list that tells more of it: of maturities,
    or the dated lines of holdings, which partly report the same money (as `measures/maturing.py`)."""
    h, p = holdings.c, products.c
    last = (dt.date.fromisoformat(day) + dt.timedelta(days=rules.whole("alloc.flow_days"))).isoformat()
    query = (
        select(
            h.kind, h.amount, h.maturity_date, h.product_risk,
            func.coalesce(h.product_name, p.product_name).label("name"),
            func.coalesce(h.category, p.category).label("category"), p.product_risk.label("issuer_risk"), p.risk_notice,
        )
        .select_from(holdings.outerjoin(products, p.product_code == h.product_code))
        .where(h.customer_id == customer_id, h.month == month, h.maturity_date.between(day, last), h.amount > 0)
        .order_by(h.maturity_date, h.id)
    )  # fmt: skip
    by_kind: dict[str, list[Flow]] = {"holding": [], "maturity": []}
    for row in conn.execute(query):
        levels = [one for one in (level(row.product_risk, rules), level(row.issuer_risk, rules)) if one]
        risk, name, category = max(levels, default=None), row.name or "", row.category or ""
        family = family_of(row.category, row.name, risk, families())
        regime = regime_of(family.regime if family else "wealth", category, name, row.risk_notice, rules)
        band = band_of(family, regime, risk, name, rules) or STABLE
        by_kind[row.kind].append(Flow("maturity", row.amount, row.maturity_date, band, name))
    return tuple(max(by_kind.values(), key=lambda flows: sum(one.fen for one in flows)))


def flows_of(values: Values, lines: Sequence[Flow], day: str, rules: Rules) -> tuple[Flow, ...]:
    """The flows of a customer, maturities before the salary; where no line tells the days, by the list's own columns."""
    flows = list(lines)
    if not flows and values.matures_90:
        last = (dt.date.fromisoformat(day) + dt.timedelta(days=rules.whole("alloc.flow_days"))).isoformat()
        told = (
            (values.deposit_maturity_date, values.deposit_maturity_amount),
            (values.wealth_maturity_date, values.wealth_maturity_amount),
        )
        dated = sorted((date, fen) for date, fen in told if date and fen and day <= date <= last)
        flows += [Flow("maturity", fen, date, STABLE) for date, fen in dated]
    run, pay = values.payroll_run, values.payroll_mean
    if run is not None and pay and run >= rules.whole("alloc.salary_months"):
        flows.append(Flow("salary", pay, "", ""))
    return tuple(flows)
