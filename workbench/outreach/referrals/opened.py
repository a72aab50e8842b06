"""The account of a person who was referred: proposed by the telephone, linked only when somebody confirms it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from db.journal import Writer
from db.tables import referrals
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.referrals.task import ReferralTask
from workbench.people.find import customer
from workbench.people.prospects.likely import likely_accounts
from workbench.people.prospects.prospect import LikelyAccount
from workbench.people.prospects.reading import LINE, kept
from workbench.people.prospects.taking_in import opened_in, own_row
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    """A customer who may be the person of a referral (id of its line), with the evidence in words, masked."""

    referral: int
    account: LikelyAccount


def accounts_opened(conn: Connection, rules: Rules, day: str) -> tuple[OpenedAccount, ...]:
    """The referrals whose person probably has an account on a day (ISO), in their order."""
    persons = [one for one in kept(conn, rules, day)[0] if one.line is not None]
    accounts = likely_accounts(conn, persons, rules)
    return tuple(
        OpenedAccount(one.line, accounts[one.key])
        for one in sorted(persons, key=lambda one: one.line or 0)
        if one.line is not None
        and one.key in accounts
        # who gave his own number did not open an account
        and accounts[one.key].customer_no != one.referrer_no
    )


def open_in(writer: Writer, rules: Rules, task: ReferralTask, customer_no: str) -> None:
    """Link a referral to the account of its person. Who is no longer kept as a person without an account is linked by the line
    alone. Raises WorkbenchError no_such_customer, linked_already."""
    account = customer(writer.conn, customer_no)
    if task.account_no:
        raise WorkbenchError(
            "linked_already",
            _("这张转介单已经关联客户 {number}。").format(number=task.account_no),
            _("关联错了请先撤销那一次。"),
        )
    try:
        person = own_row(writer, rules, f"{LINE}{task.id}")
    except WorkbenchError as error:
        if error.code not in ("no_such_prospect", "prospect_closed"):
            raise
        writer.update(referrals, task.id, {"referred_customer_no": account["customer_no"]})
    else:
        opened_in(writer, rules, person, customer_no)
