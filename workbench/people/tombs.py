"""How the values are written that a deleted person is marked by (see `db.tombstones`), and the refusal of one who is typed in."""

from sqlalchemy import Connection

from db.tombstones import Tombstones
from db.values import Value
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _


def bare(number: str) -> str:
    """A customer number without leading zeros, which lists add and lose."""
    return number.strip().lstrip("0") or "0"


def name_phone(name: str, phone: str) -> str:
    """Name and telephone together."""
    return f"{name}\x1f{phone}"


def refuse_deleted_phone(conn: Connection, phone: Value) -> None:
    """Refuse to note a telephone whose owner had his data deleted. Raises WorkbenchError deleted_person."""
    receipt = Tombstones.of(conn).receipt("phone", phone) if isinstance(phone, str) else ""
    if receipt:
        raise WorkbenchError(
            "deleted_person",
            _("这个号码的本人要求删除过(回执 {receipt}),没有登记。").format(receipt=receipt),
            _("本人重新同意的,请在“登记簿”的“个人信息”里按回执号恢复收录。"),
        )
