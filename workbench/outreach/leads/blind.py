"""What a week's leads could be found among, and what no list tells, with the column that would."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from db.tables import customers, snapshots
from workbench.base.i18n import _
from workbench.insight.churn import results
from workbench.insight.towers.critical_class import MATURING
from workbench.insight.towers.critical_conditions import BlindCondition, conditions
from workbench.people.particulars import particular


def looked_at(conn: Connection, month: str) -> int:
    """The number of customers on the list of a month 'YYYY-MM'."""
    checked, _lights = results.lights(conn, month)
    query = select(func.count()).select_from(snapshots).where(snapshots.c.month == month)
    # all who are listed are checked; before a check they are counted
    return checked or int(conn.execute(query).scalar_one())


def unseen(conn: Connection, month: str, blind: Sequence[BlindCondition] | None) -> dict[str, str]:
    """Kind of lead -> the column without which nobody can be told; `blind`: see `WeekLeads`."""
    dark = {one.condition.code: one.condition for one in blind or () if one.of_all}
    columns = {
        one.critical: " / ".join(
            _(dark[other.code].column) for other in conditions() if other.critical == one.critical
        )
        for one in conditions()
        if all(other.code in dark for other in conditions() if other.critical == one.critical)
    }
    if MATURING in columns:
        columns["matured"] = columns[MATURING]
    if (
        conn.execute(select(customers.c.id).where(particular("birth_date").is_not(None)).limit(1)).first()
        is None
    ):
        columns["birthday"] = _("出生日期")
    if (
        conn.execute(select(customers.c.id).where(customers.c.open_date.is_not(None)).limit(1)).first()
        is None
    ):
        columns["N1"] = _("开户日期")
    return columns
