"""Telephone numbers: as they are written in lists and typed by hand, as they are dialled, and whether two that are partly masked
may be the same."""

import re

from sqlalchemy import Connection

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.people.find import customer
from workbench.people.privacy import mask_phone

_BETWEEN = re.compile(r"[\s\-()（）]")
_ABROAD = re.compile(r"^(\+?86|0)(?=1\d{10}$)")
#: digits of the shortest number that can be dialled: a landline without its area
_SHORTEST = 7
_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"\d{7,13}")
_MASKED = re.compile(r"[\d*]{7,13}")
_WHOLE = re.compile(r"(\d+)\.0+")


def is_mobile(number: str) -> bool:
    """Whether plain digits are a mobile number."""
    return _MOBILE.fullmatch(number) is not None


def written_number(text: str) -> str | None:
    """The plain number that somebody wrote in half-width signs, '*' where it is masked; None for what is no number."""
    if match := _WHOLE.fullmatch(text.strip()):  # a number that a program wrote as 13812345671.0
        text = match[1]
    number = re.sub(r"[-()\s.]", "", text)
    number = re.sub(r"^(?:\+86|0086|\+0?86|86(?=1\d{10}$))", "", number)
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return number
    return number if "*" in number and _MASKED.fullmatch(number) else None


def plain_number(text: str) -> str:
    """A telephone number without what is written between its digits and without the code of the country."""
    return _ABROAD.sub("", _BETWEEN.sub("", text))


def to_dial(conn: Connection, customer_no: str) -> str:
    """The digits to dial for a customer. Raises WorkbenchError no_such_customer, no_phone, masked_phone."""
    phone = customer(conn, customer_no)["phone"] or ""
    digits = plain_number(phone)
    if not digits:
        raise WorkbenchError("no_phone", _("名单没有提供这位客户的电话。"), _("导入带“手机号”的名单后就有。"))
    if not digits.isdigit() or len(digits) < _SHORTEST:
        raise WorkbenchError(
            "masked_phone",
            _("名单里的号码是遮住的({phone}),不能拨打。").format(phone=mask_phone(phone)),
            _("请在行内系统里查完整号码。"),
        )
    return digits


def visible_in_common(one: str, other: str) -> int:
    """How many digits two numbers, aligned at their ends, both tell and agree on, '*' standing for any digit; 0 where any
    differs."""
    agreed = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a == b and a.isdigit():
            agreed += 1
        elif "*" not in (a, b):
            return 0
    return agreed
