"""Whether a stored draft still stands: what it was drafted from, and what was written since."""

from sqlalchemy import Connection, select

from db.audit import revision
from db.cases import complaint_files, complaint_steps, loss_cases, win_backs
from db.known import check_runs
from db.mgm import referral_asks, referral_tasks
from db.since import changed_since
from db.tables import touches
from workbench.base.i18n import language
from workbench.outreach.documents import PlanHeader
from workbench.outreach.leads.calendar import plan_digest, plan_mark
from workbench.outreach.lights.light_week import LightWeek
from workbench.rules.parameters import Rules

#: what is written while a week is worked off: it shows on the list and drafts nothing anew
_LOGGED = frozenset(
    one.name
    for one in (
        touches, complaint_files, complaint_steps, loss_cases, win_backs, referral_asks, referral_tasks,
    )
)  # fmt: skip


def drafted_from(header: PlanHeader) -> tuple[str | bool | int | None, ...]:
    """What a stored draft was made from, to compare with today: whether the week before was not over, language, rules, age
    of data, last import, calendar, calls, visits, touches of the year's plan."""
    return (
        bool(header.get("early")),
        header.get("language"),
        header.get("by"),
        header.get("old"),
        header.get("import"),
        header.get("calendar"),
        header.get("calls_limit"),
        header.get("visits_limit"),
        header.get("touches"),
    )


def touches_now(conn: Connection, header: PlanHeader, week: str, rules: Rules) -> str | None:
    """The digest of the touches that the year's plan has in a week, None where nothing is planned; looked up only where plan
    or choices are others than when a draft was made."""
    mark = plan_mark(conn, week)
    if mark == header.get("planned"):
        return header.get("touches")
    return plan_digest(conn, week, rules)


def other_words(header: PlanHeader, imported: int | None, *, old: bool) -> bool:
    """Whether a draft whose words nobody edited is in another language than the one in use, by the same lists (`imported`: the
    last import) as old as now."""
    same = (header.get("import"), header.get("old")) == (imported, old)
    return same and header.get("language") != language() and not header.get("edited")


def stands_on(conn: Connection) -> list[int | str]:
    """The figures that a draft is made from, beside rules and calendar, and the months that were checked, as an earlier
    check tells since when a light is on."""
    checked = conn.execute(select(check_runs.c.month).order_by(check_runs.c.month)).scalars()
    return [revision(conn), *checked]


def written_beneath(conn: Connection, header: PlanHeader) -> bool:
    """Whether figures, decisions or checks beneath a draft are others than when it was made; what is logged is none."""
    at, now = header.get("at", []), stands_on(conn)
    if at == now:
        return False
    if not at or at[1:] != now[1:]:
        return True
    return bool(changed_since(conn, int(at[0])).tables - _LOGGED)


def worked_on(lights: LightWeek | None) -> list[int]:
    """The ids of the customers worked on for their light, in no order."""
    return sorted(one.risk.customer_id for one in lights.working) if lights else []
