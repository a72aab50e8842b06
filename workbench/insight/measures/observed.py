"""Measures of the observation card: the style that the cues of contacts speak for (domain 2.2 b)."""

from itertools import combinations

from sqlalchemy import ColumnElement, Float, FromClause, Text, and_, case, cast, func, literal, select

from db.functions import greatest, least
from db.known import observations
from workbench.base.expressions import Expr, day_number
from workbench.insight.measures.cues import LETTERS, cues
from workbench.insight.measures.scope import Scope, Second
from workbench.rules.parameters import Rules

#: months after which an observation fades no further
_FADED = 60


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The weight of the cues per letter, their number, and the number of contacts they were seen in."""
    seen = scope.join(_letters(scope, rules))
    return {
        **{f"_style_{letter}": func.coalesce(seen.c[letter], 0.0) for letter in LETTERS},
        "_style_contacts": seen.c.contacts,
        "cues": func.coalesce(seen.c.cues, 0),
    }


def refined(first: Second, rules: Rules) -> dict[str, Expr]:
    """The style with the most weight and its confidence: (top - second) / total."""
    of_letter = {letter: first[f"_style_{letter}"] for letter in LETTERS}
    total = sum(of_letter.values(), literal(0.0))
    top = greatest(*of_letter.values())
    second = greatest(*(least(one, other) for one, other in combinations(of_letter.values(), 2)))
    enough = and_(
        first["cues"] >= rules.whole("style.cues"),
        first["_style_contacts"] >= rules.whole("style.contacts"),
        total > 0,
    )
    leading: list[tuple[ColumnElement[bool], Expr]] = [
        (value == top, literal(letter)) for letter, value in of_letter.items()
    ]
    return {
        # NULL when two styles share the top
        "style": case((and_(enough, top > second), case(*leading))),
        "style_confidence": case((enough, (top - second) / total)),
    }


def _letters(scope: Scope, rules: Rules) -> FromClause:
    """Per observed customer: faded weight per letter, cues, and different contacts they were seen in."""
    o = observations.c
    month = (day_number(literal(scope.day)) - day_number(o.date)) * 12 // 365
    contact = case((o.touch_id.is_not(None), cast(o.touch_id, Text)), else_=o.date)
    known = [cue.code for cue in cues()]
    card = (
        select(o.customer_id, o.cue, month.label("age"), contact.label("contact"))
        .where(scope.among(o.customer_id), o.date <= scope.day, o.cue.in_(known))
        .subquery("style_card")
    )
    half = rules.number("style.half_life")
    faded = case(
        *((card.c.age <= age, 0.5 ** (age / half)) for age in range(_FADED)), else_=0.5 ** (_FADED / half)
    )
    weighed = [
        func.sum(
            cast(
                case(
                    {cue.code: cue.weight for cue in cues() if cue.letter == letter},
                    value=card.c.cue,
                    else_=0.0,
                ),
                Float,
            )
            * faded
        ).label(letter)
        for letter in LETTERS
    ]
    return (
        select(
            card.c.customer_id,
            *weighed,
            func.count().label("cues"),
            func.count(func.distinct(card.c.contact)).label("contacts"),
        )
        .group_by(card.c.customer_id)
        .subquery("style_seen")
    )
