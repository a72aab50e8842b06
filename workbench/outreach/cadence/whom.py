"""The customers whose contacts are kept in step, as SQL over the tag layers: level, assets, interval, the last talk."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, case, func, select

from db.tables import customers, touches
from db.year import contact_intervals
from workbench.base.expressions import Expr
from workbench.insight.measures.contact import LogConditions
from workbench.insight.tags.layers import Layers
from workbench.outreach.cadence.intervals import days_of
from workbench.rules.parameters import Rules

#: values of 不进旅程卡的原因: nobody asks after them
NOBODY = ("gone", "closed", "staff", "refused")
#: the level in force, why nobody asks after him, and the assets that lists are ordered by: the first that is told
_LEVEL, _OUT, _ASSETS = "tier", "journey_out", ("average", "balance")


@dataclass(frozen=True, slots=True)
class KeptInTouch:
    """Columns over `source`, one row for each customer on the newest list; `about`: whether anybody asks after him."""

    source: FromClause
    customer_id: Expr
    customer_no: Expr
    name: Expr
    level: Expr
    assets: Expr
    interval: Expr
    own: Expr
    last_talk: Expr
    about: ColumnElement[bool]

    @classmethod
    def of(cls, layers: Layers, rules: Rules, day: str) -> "KeptInTouch":
        """By the layers in the book and the contacts up to a day (ISO)."""
        t, c, id_ = touches.c, customers.c, layers.customer_id
        # both spoke, or he came by himself: what goes out to many at once is neither
        talk = func.max(case((LogConditions.of(rules).two_way, t.date))).label("last")
        talks = select(t.customer_id, talk).where(t.date <= day).group_by(t.customer_id).subquery("talks")
        source = (
            layers.source(("customer_no", "name", _LEVEL, _OUT, *_ASSETS))
            .outerjoin(talks, talks.c.customer_id == id_)
            .outerjoin(contact_intervals, contact_intervals.c.customer_id == id_)
        )
        level = layers.column(_LEVEL)
        about = func.coalesce(layers.column(_OUT), "").not_in(NOBODY)
        assets = func.coalesce(*map(layers.column, _ASSETS))
        days, own = days_of(level, rules), contact_intervals.c.days.is_not(None)
        return cls(source, id_, c.customer_no, c.name, level, assets, days, own, talks.c.last, about)
