"""The channel of a customer (专属通道): who answers him, to whom it goes on, within how many hours, in which queue."""

import json
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, select

from db.care import service_files
from db.engine import Book
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.towers.services import put_service
from workbench.outreach.archive.roster import short
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules

QUEUES = ("first", "usual")
#: working hours that an answer may take at most
LONGEST = 72


@dataclass(frozen=True, slots=True)
class ServiceChannel:
    """`contact`: who answers him; `escalation`: who decides where that does not help, with the telephone; `reply_hours`: working
    hours within which he is answered; `queue`: 'first' or 'usual'; `made`: the day (ISO) it was written."""

    contact: str
    escalation: str
    reply_hours: int
    queue: str
    made: str = ""

    def sentence(self, rules: Rules) -> str:
        """The channel in one line."""
        words = _("{contact} 接待,{hours} 个工作小时内回复,{queue};解决不了找 {escalation}")
        return words.format(
            contact=self.contact,
            hours=self.reply_hours,
            queue=rules.text(f"archive.queue.{self.queue}"),
            escalation=self.escalation or "—",
        )

    def as_json(self) -> dict[str, Any]:
        """The channel for programs."""
        return {
            "contact": self.contact, "escalation": self.escalation or None, "reply_hours": self.reply_hours,
            "queue": self.queue, "made": self.made,
        }  # fmt: skip


def channel_of(conn: Connection, customer: int) -> ServiceChannel | None:
    """The channel of a customer (id); None where none was written."""
    row = conn.execute(select(service_files).where(service_files.c.customer_id == customer)).one_or_none()
    if row is None:
        return None
    body = cast("dict[str, Any]", json.loads(row.body))
    return ServiceChannel(
        body["contact"],
        body.get("escalation", ""),
        int(body["reply_hours"]),
        body.get("queue", "usual"),
        row.made,
    )


def put_channel(
    book: Book, rules: Rules, customer_no: str, channel: ServiceChannel, *, known_to_him: bool = False
) -> Change:
    """Write the channel of a customer in the place of the one that he has; `known_to_him`: he was told of it today, which
    counts as the service of his tower. Undoable.

    Raises WorkbenchError no_text, too_long, bad_hours, no_such_queue, no_such_customer.
    """
    contact, escalation = (
        short(rules, channel.contact, _("联系人")),
        short(rules, channel.escalation, _("升级联系")),
    )
    if not contact:
        raise WorkbenchError("no_text", _("没有写谁来接待。"), _("请写姓名和电话,例如:李经理 8888-1234。"))
    if not 1 <= channel.reply_hours <= LONGEST:
        raise WorkbenchError(
            "bad_hours",
            _("{n} 个工作小时不在 1 到 {most} 之间。").format(n=channel.reply_hours, most=LONGEST),
            _("请填整数,例如 2。"),
        )
    if channel.queue not in QUEUES:
        raise WorkbenchError(
            "no_such_queue",
            _("没有「{queue}」这种排队办法。").format(queue=channel.queue),
            _("可以用:first、usual。"),
        )
    body = {
        "contact": contact,
        "escalation": escalation,
        "reply_hours": channel.reply_hours,
        "queue": channel.queue,
    }
    row: dict[str, Value] = {
        "body": json.dumps(body, ensure_ascii=False, sort_keys=True),
        "made": today().isoformat(),
    }
    with in_words(), book.write("service_file", "channel") as writer:
        person = customer_id(writer.conn, customer_no)
        old = writer.conn.execute(
            select(service_files.c.id).where(service_files.c.customer_id == person)
        ).scalar()
        if old is None:
            writer.insert(service_files, [{"customer_id": person, **row}])
        else:
            writer.update(service_files, old, row)
        if known_to_him:
            put_service(writer, person, "channel")
        return Change.by(writer, 1)
