"""Which facts of a customer are masked on the screen, and how (domain 17)."""

import re
from collections.abc import Callable

from workbench.people.privacy import Cover, mask_id, mask_name, mask_phone, tail

_DISTRICT = re.compile(r"^.{0,12}?[区县旗]|^.{0,9}?市")
_IN_TEXT = Cover(())


def _address(text: str) -> str:
    """To the district: '大连市中山区人民路1号' -> '大连市中山区***'."""
    found = _DISTRICT.match(text)
    return (found[0] if found else text[:2]) + "***"


def _number(text: str) -> str:
    return "**" + tail(text)


def _mail(text: str) -> str:
    name, at, host = text.partition("@")
    return f"{name[:1]}***{at}{host}"


_MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "customer_no": _number,
    "phone": mask_phone,
    "id_no": mask_id,
    "residence_address": _address,
    "household_register": _address,
    "email": _mail,
    "employer": lambda text: text[:2] + "***",
    "payroll_employer": lambda text: text[:2] + "***",
}


def mask_fact(key: str, value: str) -> str:
    """A fact as it stands on the screen until a reason is given; phones and id numbers in any other text too."""
    mask = _MASKS.get(key)
    return mask(value) if mask else _IN_TEXT(value)
