"""The accuracy of tags: "this tag is wrong", the sample to be checked, and the share found right (domain 11.3)."""

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
from workbench.base.intervals import wilson
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.library import Library
from workbench.insight.tags.own import tag_named
from workbench.insight.tags.spread import Spread
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules

_SPIN = 10_007


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many answers were right, of how many, and how many are wanted."""

    right: int
    checked: int
    wanted: int

    @property
    def share(self) -> float | None:
        """The share of right answers, 0 to 1; None without any."""
        return self.right / self.checked if self.checked else None

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval of the share at 95 %."""
        return wilson(self.right, self.checked)


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """A customer whose tag is to be checked, against a document or by somebody who knows him.

    `value` as it lies in the book (fen, code, 0/1).
    """

    customer_id: int
    customer_no: str
    name: str
    value: str


def sample_size(with_value: int, rules: Rules) -> int:
    """The size of the sample: max(30, 5 %) of the customers with a value, at most all of them (domain 11.3)."""
    share = math.ceil(with_value * rules.number("tags.sample.share"))
    return min(with_value, max(rules.whole("tags.sample.least"), share))


def strata(spread: Spread, size: int) -> dict[str, int]:
    """How many customers of each value the sample takes: in proportion, at least one of each that occurs."""
    present = {value: count for value, count in spread.values.items() if count}
    shares = {value: max(1, math.floor(size * count / spread.with_value)) for value, count in present.items()}
    rest = size - sum(shares.values())
    for value in sorted(present, key=lambda one: -present[one]):
        if rest <= 0:
            break
        more = min(rest, present[value] - shares[value])
        shares[value] += more
        rest -= more
    return {value: min(count, present[value]) for value, count in shares.items()}


def tasks(
    conn: Connection, layers: Layers, tag: Tag, conditions: Mapping[str, Expr], spread: Spread, rules: Rules
) -> tuple[ReviewTask, ...]:
    """The customers still to be checked, stratified by value, drawn alike until the month changes.

    `conditions`: value -> the condition of having it, as in `spread`. Customers with an answer that still counts are
    left out.
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
    for value, count in strata(spread, sample_size(spread.with_value, rules)).items():
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
    conn: Connection, tags: Mapping[str, Tag], with_value: Mapping[str, int], rules: Rules
) -> dict[str, Accuracy]:
    """The accuracy of each tag by code, from the newest answer of each customer that still counts."""
    newest = (
        select(func.max(tag_reviews.c.id).label("id"))
        .group_by(tag_reviews.c.customer_id, tag_reviews.c.code)
        .subquery()
    )
    query = select(tag_reviews.c.code, tag_reviews.c.date, tag_reviews.c.verdict).join(
        newest, newest.c.id == tag_reviews.c.id
    )
    counts = {code: [0, 0] for code in tags}
    for row in conn.execute(query):
        if row.code in tags and row.date >= _since(tags[row.code]):
            counts[row.code][1] += 1
            counts[row.code][0] += row.verdict == "right"
    return {
        code: Accuracy(right, checked, sample_size(with_value.get(code, 0), rules))
        for code, (right, checked) in counts.items()
    }


def _since(tag: Tag) -> str:
    """The date (ISO) from which answers count: a year ago, or the tag's validity where that is longer."""
    days = max(365, tag.valid_days)
    return (today() - dt.timedelta(days=days)).isoformat()


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """An answer about one tag of one customer; `value` is the tag's value then, as it lies in the book."""

    right: bool
    value: str | None = None
    note: str = ""


def review(book: Book, library: Library, customer_no: str, code: str, answer: ReviewAnswer) -> Change:
    """Stores an answer of the sample, or "this tag is wrong" from the front line. Undoable.

    Raises WorkbenchError no_such_tag, no_such_customer.
    """
    tag = tag_named(library, code)
    with in_words(), book.write("tag_review", tag.label) as writer:
        person = customer_id(writer.conn, customer_no)
        writer.insert(
            tag_reviews,
            [
                {
                    "customer_id": person, "code": tag.code, "value": answer.value,
                    "verdict": "right" if answer.right else "wrong", "note": answer.note.strip() or None,
                    "date": today().isoformat(),
                }
            ],
        )  # fmt: skip
        return Change.by(writer, 1)
