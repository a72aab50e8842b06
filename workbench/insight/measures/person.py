"""Measures of the person: age, time with the bank, birthday, completeness of his data (domain 2, 6.6)."""

import datetime as dt
from calendar import isleap
from typing import Any

from sqlalchemy import FromClause, and_, case, cast, func, literal, select
from sqlalchemy import Integer as Whole

from db.tables import customers
from db.year import birthday_ways
from workbench.base.birthdays import BEFORE_IT, LEAP_DAY
from workbench.base.expressions import Expr, day_number
from workbench.insight.measures.scope import Scope, Second
from workbench.people.birthdays import kept_month_day, until_lunar
from workbench.rules.parameters import Rules


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The [person] section of resources/measures.toml."""
    opened = scope.customer("open_date")
    assigned = scope.customer("assigned_date")
    return {
        "_age": scope.at("age"),
        "_born_by_number": scope.by_number("birth_date"),
        "opened_days": _days_before(opened, scope.day),
        "managed_days": _days_before(assigned, scope.day),
        "kyc": scope.customer("kyc_completeness"),
        "family_fields": _filled(scope, rules.words("person.family_fields")),
    }


def refined(first: Second, rules: Rules, _facts: FromClause | None = None) -> dict[str, Expr]:
    """Age and birthday, in the second step so that they follow a corrected date of birth (domain 0-6)."""
    born = first["birth_date"] if "birth_date" in first else _born_long_ago(first)
    years = _years(born, first.scope.as_of)
    way = first.join(_ways(first.scope)).c
    return {
        # at the data date, like the list's own age. The list's age goes before one computed from an identity number
        "age": case(
            (born == first["_born_by_number"], func.coalesce(first["_age"], years)),
            else_=func.coalesce(years, first["_age"]),
        ),
        "birthday_in": _until_kept(born, way, first.scope.day),
        "older_in": _until_birthday(born, first.scope.day),
    }


def _ways(scope: Scope) -> FromClause:
    """The birthdays that customers named themselves."""
    return select(birthday_ways).where(scope.among(birthday_ways.c.customer_id)).subquery("ways")


def _until_kept(born: Expr, way: Any, day: str) -> Expr:
    """Days until the birthday that he keeps, 0 today: as he said, else as registered (see `people/birthdays.py`)."""
    lunar = until_lunar(way, dt.date.fromisoformat(day))
    return case((way.calendar == "lunar", lunar), else_=_until(kept_month_day(way, _month_day(born)), day))


def _born_long_ago(first: Second) -> Expr:
    """The date of birth reported by a list older than the months of the scope."""
    born = first.scope.customer("birth_date")
    query = select(customers.c.id.label("customer_id"), born.label("birth_date"))
    facts = query.where(born.is_not(None), first.scope.among(customers.c.id))
    return first.join(facts.subquery("born")).c.birth_date


def _days_before(date: Expr, day: str) -> Expr:
    return case((date.is_not(None), day_number(literal(day)) - day_number(date)))


def _years(born: Expr, day: str) -> Expr:
    """Full years on the day; NULL when the date of birth is not a whole date, or lies after the day."""
    today = dt.date.fromisoformat(day)
    year = cast(func.substr(born, 1, 4), Whole)
    later = case((func.substr(born, 6, 5) > f"{today:%m-%d}", 1), else_=0)
    return case((and_(func.length(born) == 10, born <= day), today.year - year - later))


def _month_day(born: Expr) -> Expr:
    """'MM-DD' of a whole date of birth; NULL of any other."""
    return case((func.length(born) == 10, func.substr(born, 6, 5)))


def _until_birthday(born: Expr, day: str) -> Expr:
    """Days until the next registered birthday, on which he is a year older; 0 today."""
    return _until(_month_day(born), day)


def _until(month_day: Expr, day: str) -> Expr:
    """Days until the next 'MM-DD', 0 today (see `base/birthdays.py: solar_birthday`)."""
    today = dt.date.fromisoformat(day)
    at = day_number(literal(day))

    def kept(year: int) -> Expr:
        """The day number of the birthday in a year; 29 February falls on the 28th in common years."""
        in_year = month_day if isleap(year) else case((month_day == LEAP_DAY, BEFORE_IT), else_=month_day)
        return day_number(literal(f"{year}-") + in_year)

    this_year, next_year = kept(today.year), kept(today.year + 1)
    return case(
        (month_day.is_(None), None),
        (this_year >= at, this_year - at),
        (this_year < at, next_year - at),
    )


def _filled(scope: Scope, names: tuple[str, ...]) -> Expr:
    """How many of the fields are filled; NULL when no list reports any of them."""
    present = [name for name in names if scope.has_column(name)]
    if not present:
        return cast(None, Whole)
    total: Expr = literal(0)
    for name in present:
        total = total + case((func.coalesce(scope.field(name), "") != "", 1), else_=0)
    return total
