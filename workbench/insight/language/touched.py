"""Past contacts in a condition: the channel or result that a word means, and its SQL."""

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files

from sqlalchemy import and_, case, or_, select

from db.tables import touches
from workbench.base.expressions import Expr
from workbench.base.i18n import _


@cache
def _codes() -> dict[str, dict[str, str]]:
    body = tomllib.loads((files("resources") / "rules" / "outreach.toml").read_text("utf-8"))
    return {"channel": body["channels"], "result": body["results"]}


def words() -> tuple[tuple[str, str, str], ...]:
    """Every channel and result as (column, code, name in the language in use)."""
    return tuple(
        (column, code, _(name)) for column, codes in _codes().items() for code, name in codes.items()
    )


def meant(word: str) -> tuple[tuple[str, str], ...]:
    """The channels and results of a code or name, as (column, code); empty when there is none."""
    plain = word.strip().lower()
    sources = {(column, code): name for column, codes in _codes().items() for code, name in codes.items()}
    names = {(column, code): name for column, code, name in words()}
    return tuple(key for key in sources if plain in (key[1], sources[key].lower(), names[key].lower()))


def touched(word: str, days: int | None, day: str, customer_id: Expr) -> Expr:
    """Whether the customer was contacted like this within `days` before `day` (None: ever).

    NULL while the book has no log of contacts at all. The word must be one of `words()`.
    """
    like = or_(*(touches.c[column] == code for column, code in meant(word)))
    past = touches.c.date <= day
    if days is not None:
        first = (dt.date.fromisoformat(day) - dt.timedelta(days=days)).isoformat()
        past = and_(past, touches.c.date >= first)
    customers = select(touches.c.customer_id).where(like, past)
    any_log = select(touches.c.id).limit(1).scalar_subquery()
    return case((any_log.is_(None), None), (customer_id.in_(customers), 1), else_=0) == 1
