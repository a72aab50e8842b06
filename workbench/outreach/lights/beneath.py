"""What lights and leads that are kept in memory follow from."""

from collections.abc import Hashable

from sqlalchemy import Connection, select

from db.audit import revision
from db.known import check_runs
from workbench.base.dates import today
from workbench.base.i18n import language
from workbench.base.workdays import kept_notices
from workbench.insight.churn.assessing import version
from workbench.insight.tags.layers import last_run
from workbench.rules.parameters import Rules


def beneath(conn: Connection, rules: Rules) -> Hashable:
    """A key that differs when figures, checks, tag layers (and the levels with them), rules, calendar, day or language do.
    The stored plans are not in it."""
    checks = select(check_runs.c.month, check_runs.c.revision, check_runs.c.rule_version)
    layers = last_run(conn)
    return (
        revision(conn), version(rules), language(), today(), kept_notices(conn),
        tuple(tuple(row) for row in conn.execute(checks.order_by(check_runs.c.month))),
        layers and (layers.month, layers.revision, layers.day, layers.rule_version, layers.library),
    )  # fmt: skip
