"""Date of birth and sex of a customer as SQL: as his lists report, else by a valid identity number (domain 16.4).

Everything that depends on age, birthday or sex reads them here."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, literal, or_

from db.tables import customers

Expr = ColumnElement[Any]

#: GB 11643: the weights of the first 17 digits, and the check digit by the remainder (mod 11) of their sum.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
#: The fields that the identity number can stand in for, and the field of the number.
BY_NUMBER = ("gender", "birth_date")
NUMBER = "id_no"

_no = customers.c[NUMBER]
_LONG_MONTHS = ("01", "03", "05", "07", "08", "10", "12")


def _digits(text: Expr) -> Expr:
    """Whether a text is all digits; to be checked before a cast, which fails on others in some databases."""
    return func.ltrim(text, "0123456789") == ""


def _at(start: int, length: int = 1) -> Expr:
    return func.substr(_no, start, length, type_=String)


def _right() -> Expr:
    """Whether the 18 characters are digits with the right check digit; false for others."""
    total: Expr = literal(0)
    for place, weight in enumerate(WEIGHTS, 1):
        total = total + cast(_at(place), Integer) * weight
    check_digit = func.substr(CHECK_DIGITS, total % 11 + 1, 1)
    return case((_digits(_at(1, 17)), check_digit == func.upper(_at(18))), else_=False)


def _dated(year: Expr, month: Expr, day: Expr) -> Expr:
    """The ISO date of three texts; NULL if there is no such day."""
    number = cast(year, Integer)
    leap = and_(number % 4 == 0, or_(number % 100 != 0, number % 400 == 0))
    last = case((month.in_(_LONG_MONTHS), "31"), (month != "02", "30"), (leap, "29"), else_="28")
    real = and_(year.between("1900", "2099"), month.between("01", "12"), day.between("01", "31"), day <= last)
    return case((real, year + "-" + month + "-" + day))


def _of_number(long: Expr, short: Expr, read: Expr) -> Expr:
    """`long` for a number of 18 characters, `short` for 15, NULL for an invalid one. A masked number (with '*') is valid if
    `read`, the part that is needed, is all digits; a complete one by its check digit."""
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
    """男 for an odd digit, else 女: the 17th of 18, the last of 15."""
    long, short = (case((cast(_at(place), Integer) % 2 == 1, "男"), else_="女") for place in (17, 15))
    return _of_number(long, short, _at(17))


#: Field -> its value by the identity number alone; NULL if that is missing, wrong, or masked where it is read.
_BY_NUMBER = {"gender": _sex_by_number(), "birth_date": _born_by_number()}


def by_number(field: str) -> Expr:
    """'男'/'女' or the ISO date of birth by the identity number, if the lists report none; else NULL."""
    return case((_blank(field), _BY_NUMBER[field]))


def particular(field: str) -> Expr:
    """`gender` or `birth_date` as the lists report it, else by the identity number; NULL if neither tells."""
    return case((_blank(field), _BY_NUMBER[field]), else_=customers.c[field])


def _blank(field: str) -> Expr:
    column: Expr = customers.c[field]
    return func.coalesce(column, "") == ""
