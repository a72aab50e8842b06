"""The lines of one customer's list of holdings, each with its family, level, band, yearly fee and whether its exit is written."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from db.playbook import product_sheets
from db.tables import holdings, products
from db.values import Value
from workbench.insight.allocation.bands import band_of
from workbench.insight.shelf.families import Family, families, family_of
from workbench.insight.shelf.levels import level
from workbench.insight.shelf.regimes import regime_of
from workbench.rules.parameters import Rules

#: the first heads of `taboo.fee_columns` tell all of the fee, each of the others a part of it
_WHOLE_FEE = 2


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One line. `amount` in fen; `band` '' where its level is missing; `fee`: share a year, None: not told; `matures`: ISO."""

    name: str
    code: str
    category: str
    family: Family | None
    regime: str
    risk: int | None
    band: str
    amount: int | None
    matures: str | None
    fee: float | None
    exit_written: bool

    @property
    def group(self) -> str:
        """The column of the customer list that sums such lines: 'demand', 'term', 'bond', 'wealth', 'fund', …; '' for none."""
        code = self.family.code if self.family else ""
        if code in _GROUP_OF:
            return _GROUP_OF[code]
        return next((group for word, group in _BY_WORD if word in self.category), "")


_GROUP_OF = {
    "demand": "demand", "time": "term", "cd": "term", "bond": "bond", "annuity": "insurance", "protection": "insurance",
    "gold": "gold", "pension": "pension",
}  # fmt: skip
_BY_WORD = (
    ("基金", "fund"), ("货币", "fund"), ("理财", "wealth"), ("现金管理", "wealth"), ("活钱", "wealth"), ("信托", "trust"),
    ("存款", "term"), ("保险", "insurance"),
)  # fmt: skip


def held_lines(
    conn: Connection, customer_id: int, month: str, rules: Rules
) -> tuple[tuple[HeldLine, ...], bool]:
    """The lines of a customer's holdings in a month 'YYYY-MM', the largest first, and whether the month has such a list."""
    h, p = holdings.c, products.c
    listed = (
        conn.execute(select(h.id).where(h.month == month, h.kind == "holding").limit(1)).first() is not None
    )
    if not listed:
        return (), False
    query = (
        select(
            func.coalesce(h.product_name, p.product_name).label("name"),
            func.coalesce(h.category, p.category).label("category"),
            h.product_code, h.product_risk, h.amount, h.maturity_date,
            p.product_risk.label("issuer_risk"), p.risk_notice, p.extra,
        )
        .select_from(holdings.outerjoin(products, p.product_code == h.product_code))
        .where(h.customer_id == customer_id, h.month == month, h.kind == "holding")
        .order_by(h.amount.desc(), h.id)
    )  # fmt: skip
    rows = conn.execute(query).all()
    written = _exits(conn) if rows else frozenset()
    lines = []
    for row in rows:
        levels = [one for one in (level(row.product_risk, rules), level(row.issuer_risk, rules)) if one]
        risk, name, category = max(levels, default=None), row.name or "", row.category or ""
        family = family_of(row.category, row.name, risk, families())
        regime = regime_of(family.regime if family else "wealth", category, name, row.risk_notice, rules)
        lines.append(
            HeldLine(
                name or row.product_code or category, row.product_code or "", category, family, regime, risk,
                band_of(family, regime, risk, name, rules), row.amount, row.maturity_date,
                fee_of(row.extra, rules), bool(row.product_code) and row.product_code in written,
            )
        )  # fmt: skip
    return tuple(lines), True


def _exits(conn: Connection) -> frozenset[str]:
    """The codes of the products whose own sheet says when to leave them."""
    sheets = conn.execute(select(product_sheets.c.code, product_sheets.c.body)).all()
    return frozenset(row.code for row in sheets if json.loads(row.body).get("texts", {}).get("exit"))


def fee_of(extra: str | None, rules: Rules) -> float | None:
    """The yearly fee that a line of the product list tells in its further columns (JSON), as a share; None: none rates."""
    if not extra:
        return None
    rates: dict[str, Value] = json.loads(extra)
    columns = rules.words("taboo.fee_columns")
    for column in columns[:_WHOLE_FEE]:
        if (whole := _share(rates.get(column))) is not None:
            return whole
    parts = [share for column in columns[_WHOLE_FEE:] if (share := _share(rates.get(column))) is not None]
    return sum(parts) if parts else None


def _share(cell: Value) -> float | None:
    """A rate as a list writes it: '1.5%', '0.015', 0.015; a bare figure from 0.1 on is a percentage."""
    text = str(cell).strip().replace("\uff05", "%") if cell is not None else ""
    try:
        figure = float(text.removesuffix("%"))
    except ValueError:
        return None
    return figure / 100 if text.endswith("%") or figure >= 0.1 else figure
