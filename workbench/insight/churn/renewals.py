"""How much of a customer's matured money was bought again (承接率): what S7 sees of everybody (domain 4.3)."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from workbench.insight.churn.assessing import planned
from workbench.rules.parameters import Rules

_CAUSE, _DUE, _SHARE = "S7_maturity", "S7_is_matured_fen", "S7_is_renewed_share"


def renewals(conn: Connection, month: str, rules: Rules) -> Mapping[int, float | None] | None:
    """Customer id -> the share (0-1) of what matured 30 days ago or longer that was bought again, of those with enough of it to
    be judged (`S7.least_matured`); None for a share that cannot be told. None where no list of the month tells of maturities."""
    check = planned(conn, month, rules)
    if check is None:
        return None
    every = check.evidence().subquery("evidence").c
    rows = conn.execute(select(every.customer_id, every[_CAUSE], every[_DUE], every[_SHARE])).all()
    if all(row[1] is None for row in rows):
        return None
    least = rules.number("S7.least_matured") * 100
    return {row[0]: row[3] for row in rows if row[2] is not None and row[2] >= least}
