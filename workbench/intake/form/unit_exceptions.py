"""Columns whose unit a title excepts: 除贷款余额为元外,其余单位:万元."""

import re
import unicodedata
from collections.abc import Iterable

from workbench.intake.catalogue.fields import UNITS, heading

_UNIT = r"(百万元|亿元|万元|千元|元)"
#: 除A、B(以|为|单位为…)元(计)(以)外
_EXCEPT = re.compile(
    r"除(?!外)([^。;除]{1,60}?)(?:单位)?(?:均|都)?(?:以|为|按|是|用|:|\()?\s*"
    + _UNIT
    + r"\)?\s*(?:计|列示|为单位)?\s*(?:以|之)?外"
)
#: 其中A为元; A单位:元 after the unit of all
_AMONG = re.compile(r"其中[::]?([^。;除]{1,60}?)(?:单位)?(?:均|都)?(?:以|为|按|是|用|:)\s*" + _UNIT)
#: (贷款余额:元) beside the unit of all; no comma, blank or digit: (截至2026年10月31日,单位:万元) excepts nothing
_BRACKETED = re.compile(r"\(([^():,;\s\d]{2,30}?)(?:单位)?(?:以|为|按|是|用|:)\s*" + _UNIT + r"\)")
#: 其余均为万元
_REST = re.compile(r"其[余他它](?:金额|各项|各列|项目|数据|单位|均|都|为|以|按|是|:|\s)*" + _UNIT)
_PARTED = re.compile(r"[、,/和及与]|以及")
_TAIL = re.compile(
    r"(?:的?单位|折?人民币|本外币|本表|表[内中]|报表|统计|计价|货币|计量|金额|等|列|栏|一项|各项|类|均|都|:)+$"
)


def unit_exceptions(lines: Iterable[str], *, certain: bool = False) -> dict[str, str]:
    """What the lines above a table except from its unit: plain heading or part of one -> unit. `certain`: only what is
    said in so many words."""
    units: dict[str, str] = {}
    patterns = (_EXCEPT, _AMONG) if certain else (_EXCEPT, _AMONG, _BRACKETED)
    for line in lines:
        text = unicodedata.normalize("NFKC", line)
        for pattern in patterns:
            if pattern is _BRACKETED:
                text = _REST.sub("", _EXCEPT.sub("", text))
            for match in pattern.finditer(text):
                for part in _PARTED.split(match[1]):
                    if (plain := heading(_TAIL.sub("", part.strip())).plain) and match[2] in UNITS:
                        units[plain] = match[2]
    return units


def without_exceptions(line: str) -> str:
    """The line without such clauses, so that the unit of all other columns is found."""
    text = unicodedata.normalize("NFKC", line)
    for pattern in (_EXCEPT, _AMONG):
        text = pattern.sub("", text)
    return _BRACKETED.sub(lambda match: "" if _TAIL.sub("", match[1].strip()) else match[0], text)


def rest_unit(line: str) -> str | None:
    """The unit of all other columns: 其余均为万元. None: no such words."""
    match = _REST.search(unicodedata.normalize("NFKC", line))
    return match[1] if match else None


def excepted_unit(header: str, units: dict[str, str]) -> str | None:
    """The unit that the exceptions give a column: by its whole heading, else by the longest part of it."""
    plain = heading(header).plain
    parts = [part for part in units if part in plain]
    return units[max(parts, key=len)] if parts else None
