"""Whether a tag is right: "this tag is wrong", the sample to be checked, and how accurate it came out (domain 11.3)."""

import datetime as dt
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, select

from db.engine import Book
from db.known import tag_reviews
from db.tables import customers
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.base.expressions import Expr
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.library import Library
from workbench.insight.tags.own import known
from workbench.insight.tags.spread import Spread
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules

#: of the normal distribution at 95 %
_Z = 1.959964
_SPIN = 10_007


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many were checked and found right; `low` and `high` are the Wilson interval at 95 %."""

    right: int
    checked: int
    wanted: int

    @property
    def share(self) -> float | None:
        return self.right / self.checked if self.checked else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.checked)


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """A customer whose tag is to be checked against a source document or by whoever knows him.

    `value` as it lies in the book (fen, code, 0/1)."""

    customer_id: int
    customer_no: str
    name: str
    value: str


def wilson(right: int, checked: int) -> tuple[float, float]:
    """The interval at 95 % in which the true share lies; (0, 1) when nothing was checked."""
    if not checked:
        return 0.0, 1.0
    share, z2 = right / checked, _Z * _Z
    middle = (share + z2 / (2 * checked)) / (1 + z2 / checked)
    half = _Z / (1 + z2 / checked) * math.sqrt(share * (1 - share) / checked + z2 / (4 * checked * checked))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def sample_size(told: int, rules: Rules) -> int:
    """max(30, 5 %) of those who have a value, never more than there are (domain 11.3)."""
    share = math.ceil(told * rules.number("tags.sample.share"))
    return min(told, max(rules.whole("tags.sample.least"), share))


def strata(found: Spread, size: int) -> dict[str, int]:
    """How many of each value the sample takes: in proportion, at least one of each that there is."""
    present = {value: count for value, count in found.values.items() if count}
    shares = {value: max(1, math.floor(size * count / found.told)) for value, count in present.items()}
    rest = size - sum(shares.values())
    for value in sorted(present, key=lambda one: -present[one]):
        if rest <= 0:
            break
        more = min(rest, present[value] - shares[value])
        shares[value] += more
        rest -= more
    return {value: min(count, present[value]) for value, count in shares.items()}


def tasks(
    conn: Connection, layers: Layers, tag: Tag, conditions: Mapping[str, Expr], found: Spread, rules: Rules
) -> tuple[ReviewTask, ...]:
    """The customers still to be checked, stratified by value: drawn by number, the same ones until the month changes.

    `conditions`: value -> the condition of having it, as in `spread`; who was checked since the tag's validity began
    is left out.
    """
    since = _since(tag)
    checked = exists().where(
        tag_reviews.c.customer_id == layers.customer_id,
        tag_reviews.c.code == tag.code,
        tag_reviews.c.date >= since,
    )
    spin = (layers.customer_id * 7919 + zlib.crc32(f"{tag.code}{layers.month}".encode()) % _SPIN) % _SPIN
    source = layers.source([tag.column]).join(customers, customers.c.id == layers.customer_id)
    wanted: list[ReviewTask] = []
    for value, count in strata(found, sample_size(found.told, rules)).items():
        drawn = (
            select(
                customers.c.id, customers.c.customer_no, customers.c.name, layers.column(tag.column).label("value"),
                checked.label("checked"),
            )
            .select_from(source)
            .where(conditions[value])
            .order_by(spin, customers.c.id)
            .limit(count)
        )  # fmt: skip
        wanted += [
            ReviewTask(row.id, row.customer_no, row.name, str(row.value))
            for row in conn.execute(drawn)
            if not row.checked
        ]
    return tuple(wanted)


def accuracies(
    conn: Connection, tags: Mapping[str, Tag], told: Mapping[str, int], rules: Rules
) -> dict[str, Accuracy]:
    """Of the answers within each tag's validity: the newest of each customer counts."""
    newest = (
        select(func.max(tag_reviews.c.id).label("id"))
        .group_by(tag_reviews.c.customer_id, tag_reviews.c.code)
        .subquery()
    )
    asked = select(tag_reviews.c.code, tag_reviews.c.date, tag_reviews.c.verdict).join(
        newest, newest.c.id == tag_reviews.c.id
    )
    counts = {code: [0, 0] for code in tags}
    for row in conn.execute(asked):
        if row.code in tags and row.date >= _since(tags[row.code]):
            counts[row.code][1] += 1
            counts[row.code][0] += row.verdict == "right"
    return {
        code: Accuracy(right, checked, sample_size(told.get(code, 0), rules))
        for code, (right, checked) in counts.items()
    }


def _since(tag: Tag) -> str:
    """Answers older than a year, or than the tag's validity where that is longer, say nothing of it any more."""
    days = max(365, tag.valid_days)
    return (today() - dt.timedelta(days=days)).isoformat()


def review(
    book: Book,
    library: Library,
    customer_no: str,
    code: str,
    *,
    right: bool,
    value: str | None = None,
    note: str = "",
) -> Change:
    """An answer of the sample, or "this tag is wrong" from the front line. Undoable.

    `value`: what the tag said, as it lies in the book. Raises WorkbenchError no_such_tag, no_such_customer.
    """
    tag = known(library, code)
    with in_words(), book.write("tag_review", tag.label) as writer:
        person = customer_id(writer.conn, customer_no)
        writer.insert(
            tag_reviews,
            [
                {
                    "customer_id": person, "code": tag.code, "value": value,
                    "verdict": "right" if right else "wrong", "note": note.strip() or None,
                    "date": today().isoformat(),
                }
            ],
        )  # fmt: skip
        return Change.by(writer, 1)
