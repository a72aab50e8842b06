"""Who is meant by a customer number: the one place that looks a customer up, and says so when there is none."""

from sqlalchemy import Connection, select
from sqlalchemy.engine import RowMapping

from db.tables import customers
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.people.privacy import masked_number


def customer_id(conn: Connection, customer_no: str) -> int:
    """The id of a customer. Raises WorkbenchError no_such_customer."""
    number = customer_no.strip()
    found = conn.execute(select(customers.c.id).where(customers.c.customer_no == number)).scalar()
    if found is None:
        raise no_such_customer(number)
    return int(found)


def customer(conn: Connection, customer_no: str) -> RowMapping:
    """What the book knows of a customer now: the row of `customers`. Raises WorkbenchError no_such_customer."""
    number = customer_no.strip()
    found = conn.execute(select(customers).where(customers.c.customer_no == number)).mappings().first()
    if found is None:
        raise no_such_customer(number)
    return found


def no_such_customer(customer_no: str) -> WorkbenchError:
    """The answer to a number that the book does not hold."""
    return WorkbenchError(
        "no_such_customer",
        _("账本里没有客户号为 {number} 的客户。").format(number=masked_number(customer_no)),
        _("请检查客户号(前面的 0 也要写上),或者用姓名、手机尾号查找。"),
    )
