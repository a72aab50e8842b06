"""Writes what the manager decides about a touch through the one door."""

import datetime as dt

from sqlalchemy import and_, select

from db.journal import Writer
from db.values import Value
from db.year import touch_choices
from workbench.base.dates import now, today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.yearplan.choices import StoredTouch

_c = touch_choices.c


def checked_day(text: str, year: int) -> dt.date:
    """A day (ISO) that a touch of a year may be put on. Raises WorkbenchError bad_date, past_date, other_year."""
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
    if day.year != year:
        words = _("{day} 不在 {year} 年,计划一年一份。")
        raise WorkbenchError(
            "other_year", words.format(day=day.isoformat(), year=year), _("请选当年的一天。"), year=year
        )
    if day < today():
        raise WorkbenchError(
            "past_date", _("{day} 已经过去了。").format(day=day.isoformat()), _("请选今天或以后的一天。")
        )
    return day


def keep_choice(writer: Writer, touch: StoredTouch, day: str | None, note: str) -> None:
    """Keep a choice in the place of an earlier one: the day (ISO) of a touch, None to leave it out."""
    row: dict[str, Value] = {"day": day, "note": " ".join(note.split()) or None}
    stood = _stored(writer, touch)
    if stood is None:
        key: dict[str, Value] = {"reason": touch.reason, "occurrence": touch.occurrence, "made": now()}
        writer.insert(touch_choices, [{"customer_id": touch.customer_id, **key, **row}])
    else:
        writer.update(touch_choices, stood, row)


def take_choice_back(writer: Writer, touch: StoredTouch) -> None:
    """Forget the choice about a touch."""
    stood = _stored(writer, touch)
    if stood is not None:
        writer.delete(touch_choices, [stood])


def _stored(writer: Writer, touch: StoredTouch) -> int | None:
    same = and_(
        _c.customer_id == touch.customer_id, _c.reason == touch.reason, _c.occurrence == touch.occurrence
    )
    kept: int | None = writer.conn.execute(select(_c.id).where(same)).scalar()
    return kept
