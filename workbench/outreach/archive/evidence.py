"""What shows that a part of a tower's way was done, and when: services recorded by hand, benefits, the contact log."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from db.known import services
from db.playbook import benefit_grants
from db.tables import touches
from workbench.insight.towers.services import kinds
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class PartEvidence:
    """`words`: what was done; on `date`, valid `until` (ISO)."""

    words: str
    date: str
    until: str | None = None


def evidence_of(conn: Connection, customer: int, day: str, rules: Rules) -> dict[str, PartEvidence]:
    """Code of a part -> its newest evidence up to a day (ISO), for one customer (id); parts without any are left out."""
    by_code = {one.code: one for one in kinds()}
    newest: dict[str, PartEvidence] = {}

    def add(part: str, words: str, date: str | None, until: str | None = None) -> None:
        """Keep the newer one."""
        if date and (part not in newest or date > newest[part].date):
            newest[part] = PartEvidence(words, date, until)

    s = services.c
    query = select(s.kind, s.date, s.until).where(s.customer_id == customer, s.date <= day).order_by(s.id)
    for row in conn.execute(query):
        if (kind := by_code.get(row.kind)) is not None:
            add(kind.part, kind.name, row.date, row.until)
            if kind.part == "plan":  # a new plan is its first review
                add("review", kind.name, row.date)
    _plan_in_force(conn, customer, day, newest)
    g = benefit_grants.c
    grants = select(g.issued, g.used, g.valid_until).where(
        g.customer_id == customer, g.state.in_(("issued", "used"))
    )
    for row in conn.execute(grants.order_by(g.id)):
        if row.used is not None and row.used <= day:
            add("gift", rules.text("archive.gift_used"), row.used)
        elif row.issued is not None and row.issued <= day:
            add("gift", rules.text("archive.gift_issued"), row.issued, row.valid_until)
    t = touches.c
    mine = (t.customer_id == customer, t.date <= day)
    attended = (t.channel == "event", t.result.in_(rules.words("contact.attended")))
    for part, name, which in (
        ("growth", "archive.attended", attended),
        ("respond", "archive.asked", (t.initiated_by == "customer",)),
        ("wake", "archive.contacted", (t.initiated_by != "customer",)),
    ):
        add(part, rules.text(name), conn.execute(select(func.max(t.date)).where(*mine, *which)).scalar())
    return newest


def _plan_in_force(conn: Connection, customer: int, day: str, newest: dict[str, PartEvidence]) -> None:
    """The plan itself stands for the part of the plan, not its newer review."""
    s = services.c
    query = (
        select(s.date, s.until)
        .where(s.customer_id == customer, s.kind == "plan", s.date <= day)
        .order_by(s.date.desc(), s.id.desc())
    )
    newest.pop("plan", None)
    row = conn.execute(query.limit(1)).one_or_none()
    if row is not None:
        name = next(one.name for one in kinds() if one.code == "plan")
        newest["plan"] = PartEvidence(name, row.date, row.until)
