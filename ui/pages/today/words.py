"""Words of the day that the list and the review share."""

import datetime as dt

from ui.words import day_words, weekday_word
from ui.words import last_words as last_words


def day_title(day: str) -> str:
    """'11 月 20 日 周五'."""
    date = dt.date.fromisoformat(day)
    return f"{day_words(date)} {weekday_word(date)}"
