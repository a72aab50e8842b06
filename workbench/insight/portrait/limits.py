"""What not to say to some customers at once, as their portraits say it, in three readings."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, or_, select

from db.known import relations
from workbench.base.i18n import _
from workbench.insight.genes.data import quadrants
from workbench.insight.portrait.situation import Situation
from workbench.insight.portrait.unsaid import Never, do_not_say
from workbench.insight.products.barring import columns_of_bars
from workbench.insight.tags.layers import Layers
from workbench.insight.values.values import Values
from workbench.people.consent import Consent, held
from workbench.rules.parameters import Rules

#: the columns that the limits and the quadrant are read from, beside those of the conditions under which they bar
_READ = frozenset({
    "age", "risk_class", "risk_valid_days", "loss", "loss_share", "same_name_regular", "S3", "birthday_in",
    "g_quad_now_d0",
})  # fmt: skip


def limits_of(
    conn: Connection,
    layers: Layers,
    people: Collection[int],
    day: str,
    rules: Rules,
    consents: Mapping[int, Consent] | None = None,
) -> Mapping[int, tuple[Never, ...]]:
    """Customer id -> what not to say to him on a day (ISO), by the tag layers in the book and the consent of that day.
    `consents`: of those held, as `held` tells them, None: they are read."""
    run, read = layers.run, sorted(_READ | columns_of_bars(rules))
    rows = conn.execute(
        select(layers.customer_id.label("id"), *(layers.column(name).label(name) for name in read))
        .select_from(layers.source(read))
        .where(layers.customer_id.in_(people))
    ).mappings()
    values = {row["id"]: Values({name: row[name] for name in read}) for row in rows}
    if consents is None:
        consents = held(conn, max(day, run.as_of), None, rules, people)
    family = _family(conn, people, rules)
    limits = {}
    for one in people:
        known = values.get(one, Values())
        quadrant = quadrants().get(str(known.g_quad_now_d0))
        situation = Situation(
            known, max(day, run.as_of), run.as_of, consent=consents.get(one), family=family.get(one, 0),
            quadrant=_(quadrant.name) if quadrant else "",
            at_first=tuple(_(text) for text in quadrant.first) if quadrant else (),
            forbidden=tuple(_(text) for text in quadrant.forbidden) if quadrant else (),
        )  # fmt: skip
        limits[one] = do_not_say(situation, rules)
    return limits


def _family(conn: Connection, people: Collection[int], rules: Rules) -> dict[int, int]:
    """Customer id -> the number of relatives registered with him."""
    r = relations.c
    query = select(r.customer_id, r.other_id).where(
        r.kind.in_(rules.words("links.family")), or_(r.customer_id.in_(people), r.other_id.in_(people))
    )
    counted: dict[int, int] = {}
    for row in conn.execute(query):
        for end in {row.customer_id, row.other_id} - {None}:
            counted[end] = counted.get(end, 0) + 1
    return counted
