"""What a moment was, more exactly than the measures tell: which product came due with how much, whether it was praise or a
problem solved, how much was signed (domain 7)."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, select, tuple_

from db.tables import holdings, touches
from workbench.base.money import wan
from workbench.base.rows import named_rows
from workbench.rules.parameters import Rules

#: customer id, day (ISO), which kind of moment (see the texts `moments.what`)
MomentKey = tuple[int, str, str]
_PART = 400


def in_detail(conn: Connection, wanted: Sequence[MomentKey], rules: Rules) -> Mapping[MomentKey, str]:
    """(customer, day, kind) -> what it was, in words, of those of which more is known."""
    words: dict[MomentKey, str] = {}
    by_log = [one for one in wanted if one[2] in ("deal", "praised", "gained")]
    for part in _parts(by_log):
        words.update(_of_log(conn, part, rules))
    for part in _parts([one for one in wanted if one[2] == "gained"]):
        words.update(_of_products(conn, part, rules))
    return words


def _parts(wanted: Sequence[MomentKey]) -> Iterator[Sequence[MomentKey]]:
    return (wanted[start : start + _PART] for start in range(0, len(wanted), _PART))


def _of_log(conn: Connection, part: Sequence[MomentKey], rules: Rules) -> Iterator[tuple[MomentKey, str]]:
    t, text = touches.c, rules.text
    query = select(t.customer_id, t.date, t.result, t.note, t.amount).where(
        tuple_(t.customer_id, t.date).in_([one[:2] for one in part])
    )
    kinds = frozenset(part)
    deals, unless = rules.words("contact.deals"), rules.words("moments.unless_words")
    for row in named_rows(conn.execute(query.order_by(t.id))):
        note = row.note or ""
        deal: MomentKey = (row.customer_id, row.date, "deal")
        if deal in kinds and row.result in deals and row.amount:
            yield deal, text("moments.what.deal_amount").format(date=row.date, amount=wan(row.amount))
        if any(word in note for word in unless):
            continue
        for kind, code in (("praised", "praise"), ("praised", "solved"), ("gained", "saved")):
            key: MomentKey = (row.customer_id, row.date, kind)
            if key in kinds and any(word in note for word in rules.words(f"moments.{code}_words")):
                yield key, text(f"moments.what.{code}").format(date=row.date)
                break


def _of_products(
    conn: Connection, part: Sequence[MomentKey], rules: Rules
) -> Iterator[tuple[MomentKey, str]]:
    h = holdings.c
    query = (
        select(h.customer_id, h.maturity_date, h.product_name, h.category, h.profit)
        .where(tuple_(h.customer_id, h.maturity_date).in_([one[:2] for one in part]))
        .order_by(h.month, h.id)
    )
    sure = rules.words("moments.sure_words")
    for row in named_rows(conn.execute(query)):
        name = row.product_name or row.category
        agreed = row.profit is None and any(word in f"{row.category}{row.product_name}" for word in sure)
        gain = row.profit is not None and row.profit > 0
        if name and (gain or agreed):
            key = "moments.what.matured_gain" if gain else "moments.what.matured"
            figures = {"date": row.maturity_date, "product": name, "profit": wan(row.profit or 0)}
            yield (row.customer_id, row.maturity_date, "gained"), rules.text(key).format(**figures)
