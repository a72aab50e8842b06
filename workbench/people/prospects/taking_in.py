"""The row of a person who is followed up: taken in from his line of the referrals, and linked to his account."""

from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping, select

from db.journal import Writer
from db.journey import prospects
from db.tables import referrals
from db.values import Value
from workbench.base.dates import days_after, today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.people.find import customer
from workbench.people.prospects.prospect import Prospect
from workbench.people.prospects.reading import LINE, is_over, known
from workbench.rules.parameters import Rules


def known_one(conn: Connection, rules: Rules, key: str) -> Prospect:
    """One person who is still kept. Raises WorkbenchError no_such_prospect."""
    now = today().isoformat()
    for one in known(conn, rules, now):
        if key.strip() in (one.key, f"{LINE}{one.line}") and not is_over(one.expires, now):
            return one
    raise WorkbenchError(
        "no_such_prospect", _("没有编号 {key} 的潜客,或已经到期。").format(key=key), _("请刷新后再看。")
    )


def own_row(writer: Writer, rules: Rules, key: str) -> RowMapping:
    """The row of a person who is followed up; who was only told of by the referrals gets one, which names his line. Raises
    WorkbenchError no_such_prospect, prospect_closed."""
    one = known_one(writer.conn, rules, key)
    if one.state != "open":
        raise WorkbenchError("prospect_closed", _("这位潜客已经结束跟进。"), _("要改回去,请撤销那一次改动。"))
    row_id = _taken_in(writer, one) if one.key.startswith(LINE) else int(one.key)
    return writer.conn.execute(select(prospects).where(prospects.c.id == row_id)).mappings().one()


def opened_in(writer: Writer, rules: Rules, person: RowMapping, customer_no: str) -> None:
    """Link a row of a person to his account; the line of the referrals that told of him names it too, so that he stands where a
    referred customer stands. Raises WorkbenchError no_such_customer."""
    account = customer(writer.conn, customer_no)
    opened: dict[str, Value] = {"state": "opened", "customer_id": account["id"], **ended(person, rules)}
    writer.update(prospects, person["id"], opened)
    if person["referral_id"] is not None:
        number = {"referred_customer_no": account["customer_no"]}
        writer.update(referrals, person["referral_id"], number)


def ended(person: RowMapping, rules: Rules) -> Mapping[str, Value]:
    """What is written where the follow-up ends: today, and that he is erased soon."""
    now = today().isoformat()
    soon = days_after(now, rules.whole("prospects.closed_days"))
    return {"ended": now, "expires": min(person["expires"], soon)}


def _taken_in(writer: Writer, one: Prospect) -> int:
    line = int(one.key.removeprefix(LINE))
    giver = writer.conn.execute(select(referrals.c.customer_id).where(referrals.c.id == line)).scalar_one()
    row: dict[str, Value] = {
        "name": "", "source": one.source, "referrer_id": giver, "referral_id": line,
        "consent": {"yes": 1, "no": 0}.get(one.answer), "created": one.created, "expires": one.expires, "state": "open",
    }  # fmt: skip
    return writer.insert(prospects, [row])[0]
