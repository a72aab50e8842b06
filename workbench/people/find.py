"""Look a customer up by number; the one place that does, and that words the error when there is none."""

from sqlalchemy import Connection, select
from sqlalchemy.engine import RowMapping

from db.tables import customers
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.people.privacy import masked_number


def customer_id(conn: Connection, customer_no: str) -> int:
    """The id of a customer by number; blanks around it are ignored. Raises WorkbenchError no_such_customer."""
    number = customer_no.strip()
    row_id = conn.execute(select(customers.c.id).where(customers.c.customer_no == number)).scalar()
    if row_id is None:
        raise no_such_customer(number)
    return int(row_id)


def customer(conn: Connection, customer_no: str) -> RowMapping:
    """The row of `customers` by number; blanks around it are ignored. Raises WorkbenchError no_such_customer."""
    number = customer_no.strip()
    row = conn.execute(select(customers).where(customers.c.customer_no == number)).mappings().first()
    if row is None:
        raise no_such_customer(number)
    return row


def no_such_customer(customer_no: str) -> WorkbenchError:
    """The error for a number that the book does not have; a number that may be a name is masked in it."""
    return WorkbenchError(
        "no_such_customer",
        _("账本里没有客户号为 {number} 的客户。").format(number=masked_number(customer_no)),
        _("请检查客户号(前面的 0 也要写上),或者用姓名、手机尾号查找。"),
    )
