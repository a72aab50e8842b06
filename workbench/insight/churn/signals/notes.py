"""Words in the manager's notes that a customer leaves the place, or wants no more calls (domain 4.3)."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import FromClause, and_, case, func, literal, or_, select

from db.functions import holds
from db.tables import touches
from workbench.base.expressions import Expr, text_or_null
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


def speaks_of(text: Expr, word: str, rules: Rules) -> Expr:
    """Whether a note holds the word, and not right behind a word that denies it."""
    denied = [holds(text, no + word) for no in rules.words("S1.note_not")]
    return and_(holds(text, word), ~or_(*denied)) if denied else holds(text, word)


def noted(window: Window, rules: Rules) -> tuple[dict[str, Expr], dict[str, Expr]]:
    """Causes and evidence by the notes: of the customer list, and of the contacts of the last months.

    A note without such a word says nothing, so the causes are NULL then. A word that stood in the note three months
    ago already is old news.
    """
    near, far = rules.words("S1.note_near"), rules.words("S1.note_far")
    words, grades = (*near, *far), rules.numbers("S1.note")
    now = window.at("note")
    before = func.coalesce(window.oldest("note", 1, 3), "")
    fresh = {word: and_(speaks_of(now, word, rules), ~holds(before, word)) for word in words}
    listed = case(
        *[(fresh[word], literal(grades[1])) for word in far],
        *[(fresh[word], literal(grades[0])) for word in near],
    )
    causes: dict[str, Expr] = {"note": listed}
    evidence: dict[str, Expr] = {
        "note_word": case(*[(fresh[word], literal(word)) for word in (*far, *near)]),
        "contact_word": text_or_null(),
        "contact_note_date": text_or_null(),
    }
    if window.coverage.touches:
        heard = _heard(window, words, rules)
        window.join(heard)
        newest = window.keep("heard_word", heard.c.newest)
        place = func.substr(newest, 12)
        keys = [f"{number:03d}" for number in range(len(words))]
        causes["contact_note"] = case(
            (place >= f"{len(near):03d}", literal(grades[1])), (place.is_not(None), literal(grades[0]))
        )
        evidence["contact_word"] = case(
            *[(place == key, literal(word)) for key, word in zip(keys, words, strict=True)]
        )
        evidence["contact_note_date"] = func.substr(newest, 1, 10)
    return causes, evidence


def _heard(window: Window, words: Sequence[str], rules: Rules) -> FromClause:
    """Per customer the newest contact with one of the words: its date, a space, the place of the word."""
    t = touches.c
    since = dt.date.fromisoformat(window.as_of) - dt.timedelta(days=rules.whole("S1.note_days"))
    # the farther word counts where a note holds several
    place = case(
        *[
            (speaks_of(t.note, words[number], rules), literal(f"{number:03d}"))
            for number in reversed(range(len(words)))
        ]
    )
    return (
        select(t.customer_id, func.max(t.date + literal(" ") + place).label("newest"))
        .where(t.date.between(since.isoformat(), window.as_of), t.note.is_not(None))
        .group_by(t.customer_id)
        .subquery("heard_words")
    )
