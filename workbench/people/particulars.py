"""When a customer was born and of which sex, as SQL: what his lists tell, else what a valid identity number tells
(domain 16.4). Everything that goes by age, birthday or sex asks here."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, literal, or_

from db.tables import customers

Expr = ColumnElement[Any]

#: GB 11643: what the first 17 digits count, and the last sign by the remainder of their sum.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
#: The fields that a number stands in for, and the field of the number.
BY_NUMBER = ("gender", "birth_date")
NUMBER = "id_no"

_no = customers.c[NUMBER]
_LONG_MONTHS = ("01", "03", "05", "07", "08", "10", "12")


def _digits(text: Expr) -> Expr:
    """Whether a text is digits only; a cast of anything else fails in some databases."""
    return func.ltrim(text, "0123456789") == ""


def _at(start: int, length: int = 1) -> Expr:
    return func.substr(_no, start, length, type_=String)


def _right() -> Expr:
    """Whether 18 signs are a whole number with the right check digit."""
    total: Expr = literal(0)
    for place, weight in enumerate(WEIGHTS, 1):
        total = total + cast(_at(place), Integer) * weight
    told = func.substr(CHECK_DIGITS, total % 11 + 1, 1)
    return case((_digits(_at(1, 17)), told == func.upper(_at(18))), else_=False)


def _dated(year: Expr, month: Expr, day: Expr) -> Expr:
    """The ISO date of three texts of digits; NULL when there is no such day."""
    number = cast(year, Integer)
    leap = and_(number % 4 == 0, or_(number % 100 != 0, number % 400 == 0))
    last = case((month.in_(_LONG_MONTHS), "31"), (month != "02", "30"), (leap, "29"), else_="28")
    real = and_(year.between("1900", "2099"), month.between("01", "12"), day.between("01", "31"), day <= last)
    return case((real, year + "-" + month + "-" + day))


def _of_number(long: Expr, short: Expr, read: Expr) -> Expr:
    """What a number of 18 (`long`) or 15 digits (`short`) tells. A masked one is believed where `read`, the signs that
    are read, can be; a whole one by its check digit."""
    length = func.length(_no)
    masked = and_(_no.contains("*"), _digits(read))
    return case(
        (and_(length == 18, masked), long),
        (and_(length == 18, _right()), long),
        (and_(length == 15, _digits(_no)), short),
    )


def _born_by_number() -> Expr:
    return _of_number(
        _dated(_at(7, 4), _at(11, 2), _at(13, 2)),
        _dated(literal("19") + _at(7, 2), _at(9, 2), _at(11, 2)),
        _at(7, 8),
    )


def _sex_by_number() -> Expr:
    """男 by an odd digit before the check digit, the last one of 15."""
    long, short = (case((cast(_at(place), Integer) % 2 == 1, "男"), else_="女") for place in (17, 15))
    return _of_number(long, short, _at(17))


#: Field -> what the identity number alone tells; NULL when it is missing, wrong, or masked where it would be read.
_TOLD_BY_NUMBER = {"gender": _sex_by_number(), "birth_date": _born_by_number()}


def by_number(field: str) -> Expr:
    """'男'/'女' or the ISO date of birth that the number tells, of a customer whose lists tell none; else NULL."""
    return case((_blank(field), _TOLD_BY_NUMBER[field]))


def particular(field: str) -> Expr:
    """`gender` or `birth_date`: as the lists tell it, else by the identity number; NULL when neither does."""
    return case((_blank(field), _TOLD_BY_NUMBER[field]), else_=customers.c[field])


def _blank(field: str) -> Expr:
    column: Expr = customers.c[field]
    return func.coalesce(column, "") == ""
