"""Records that may be one person (domain 16.5-7, 16.5-28): pairs of customers in the book, customers whom a row
without a number may be, new numbers of customers who left."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, tuple_

from db.record import identities
from db.tables import customers, snapshots
from workbench.intake.report import Candidate
from workbench.intake.who.likeness import Identity, Likeness, Weights, narrowed
from workbench.intake.who.merging import aliases
from workbench.people.privacy import masking
from workbench.rules.parameters import Rules

_CHUNK = 500
_C = customers.c
_PERSON = (
    _C.id, _C.customer_no, _C.name, _C.phone, _C.id_no, _C.birth_date, _C.gender, _C.employer, _C.residence_address,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a pair as a person compares them. Values are unmasked; `aum_fen` is of the last month."""

    customer_no: str
    name: str
    phone: str | None
    id_no: str | None
    birth_date: str | None
    manager: str | None
    branch: str | None
    first_month: str | None
    last_month: str | None
    aum_fen: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers who may be one person, the evidence, and a score 0..1.

    `keep` is proposed to be kept: the one reported last, then the one reported for longer.
    """

    keep: Face
    other: Face
    evidence: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Nameless:
    """A row (index in the sheet) without a customer number, and the facts of the person in it."""

    row: int
    name: str | None = None
    phone: str | None = None
    id_no: str | None = None
    birth: str | None = None

    def described(self) -> str:
        """Name, phone and identity number, masked: the text stands on screens and in documents."""
        parts = (("name", self.name), ("phone", self.phone), ("id_no", self.id_no))
        return " ".join(masking(key, text, "screen") for key, text in parts if text)


@dataclass(frozen=True, slots=True)
class NewNumber:
    """A customer who left and a new one who is probably the same person."""

    old_no: str
    new_no: str
    evidence: tuple[str, ...]
    score: float


# -- pairs in the book -------------------------------------------------------------------------------------


def queue(conn: Connection, rules: Rules) -> tuple[Pair, ...]:
    """Undecided pairs of customers who may be one person, the surest first, at most `intake.identity_queue`.

    The same name alone never makes a pair.
    """
    weights = Weights(rules)
    least = rules.number("intake.identity_least")
    succession = rules.number("intake.evidence_succession")
    decided = _decided(conn)
    likely: dict[tuple[int, int], tuple[Identity, Identity, Likeness]] = {}
    for one, other in _close(conn, rules):
        place = (min(one.key, other.key), max(one.key, other.key))
        if place in likely or frozenset((one.customer_no, other.customer_no)) in decided:
            continue
        likeness = weights.weigh(one, other)
        if likeness is not None and likeness.score >= least - succession:
            likely[place] = (one, other, likeness)
    ids = sorted({person for place in likely for person in place})
    lives = _lives(conn, ids)
    pairs: list[tuple[Identity, Identity, Likeness]] = []
    for one, other, likeness in likely.values():
        if likeness.score < least:
            follows = _follows(lives.get(one.key), lives.get(other.key))
            again = weights.weigh(one, other, succession=True) if follows else None
            if again is None or again.score < least:
                continue
            likeness = again
        pairs.append((one, other, likeness))
    pairs.sort(key=lambda pair: (-pair[2].score, pair[0].key, pair[1].key))
    return tuple(_faced(conn, pairs[: rules.whole("intake.identity_queue")], lives))


def _close(conn: Connection, rules: Rules) -> Iterator[tuple[Identity, Identity]]:
    """Pairs worth weighing: equal keys by set-based SQL, masked forms and 15-digit numbers by their visible ends."""
    most = rules.whole("intake.identity_group")
    for key in ((_C.id_no,), (_C.name, _C.phone), (_C.name, _C.birth_date)):
        conditions = [column.is_not(None) for column in key]
        conditions.append((_C.name if key[-1] is _C.birth_date else key[-1]).not_like("%*%"))
        shared = select(*key).where(*conditions).group_by(*key).having(func.count() > 1, func.count() <= most)
        shares_key = (key[0] if len(key) == 1 else tuple_(*key)).in_(shared)
        groups: defaultdict[tuple[str, ...], list[Identity]] = defaultdict(list)
        for person in _persons(conn, select(*_PERSON).where(shares_key)):
            name, last = person.name or "", person.phone if key[-1] is _C.phone else person.birth_date
            groups[(person.id_no or "",) if len(key) == 1 else (name, last or "")].append(person)
        for group in groups.values():
            yield from ((one, other) for n, one in enumerate(group) for other in group[n + 1 :])
    partly = or_(
        *(column.like(f"%{sign}%") for column in (_C.name, _C.phone, _C.id_no) for sign in "*"),
        _C.name.like("_某%"), func.length(_C.id_no) == 15,
    )  # fmt: skip
    asking = list(_persons(conn, select(*_PERSON).where(partly)))
    if asking:
        query = select(*_PERSON).where(or_(_C.phone.is_not(None), _C.id_no.is_not(None)))
        pairs = narrowed(asking, _persons(conn, query), rules)
        by_asking: defaultdict[int, list[tuple[Identity, Identity]]] = defaultdict(list)
        for one, other in pairs:
            if one.key != other.key:
                by_asking[one.key].append((one, other))
        for some in by_asking.values():
            if len(some) <= most:
                yield from some


def _persons(conn: Connection, query: Select[Any]) -> Iterator[Identity]:
    return (Identity(*row) for row in conn.execute(query.order_by(_C.id)))


def _decided(conn: Connection) -> set[frozenset[str]]:
    """Pairs of numbers already decided; the kept number stands for one that was merged since."""
    kept = aliases(conn)
    query = select(_C.customer_no, identities.c.other_no).join(customers, _C.id == identities.c.customer_id)
    pairs: set[frozenset[str]] = set()
    for one, other in conn.execute(query):
        pairs |= {frozenset((one, other)), frozenset((one, kept.get(other, other)))}
    return pairs


@dataclass(frozen=True, slots=True)
class _Life:
    """First and last month with a snapshot, and the number of months."""

    first: str
    last: str
    months: int


def _lives(conn: Connection, ids: Sequence[int]) -> dict[int, _Life]:
    month = snapshots.c.month
    lives: dict[int, _Life] = {}
    for start in range(0, len(ids), _CHUNK):
        query = (
            select(snapshots.c.customer_id, func.min(month), func.max(month), func.count())
            .where(snapshots.c.customer_id.in_(ids[start : start + _CHUNK]))
            .group_by(snapshots.c.customer_id)
        )
        lives.update({row[0]: _Life(row[1], row[2], row[3]) for row in conn.execute(query)})
    return lives


def _follows(one: _Life | None, other: _Life | None) -> bool:
    """Whether one's first month lies after the other's last."""
    return one is not None and other is not None and (one.last < other.first or other.last < one.first)


def _faced(
    conn: Connection, pairs: Sequence[tuple[Identity, Identity, Likeness]], lives: Mapping[int, _Life]
) -> Iterator[Pair]:
    ids = sorted({person.key for one, other, _likeness in pairs for person in (one, other)})
    faces: dict[int, Face] = {}
    newest = snapshots.alias("newest_month")
    last = select(func.max(newest.c.month)).where(newest.c.customer_id == _C.id).scalar_subquery()
    for start in range(0, len(ids), _CHUNK):
        query = (
            select(*_PERSON[:6], _C.manager_name, _C.branch, snapshots.c.aum_balance)
            .select_from(
                customers.outerjoin(
                    snapshots, (snapshots.c.customer_id == _C.id) & (snapshots.c.month == last)
                )
            )
            .where(_C.id.in_(ids[start : start + _CHUNK]))
        )
        for key, number, name, phone, id_no, birth, manager, branch, aum in conn.execute(query):
            life = lives.get(key)
            faces[key] = Face(
                number, name or "", phone, id_no, birth, manager, branch,
                life.first if life else None, life.last if life else None, aum,
            )  # fmt: skip
    for one, other, likeness in pairs:
        keep, leave = sorted((one, other), key=lambda person: _standing(person, lives), reverse=True)
        yield Pair(faces[keep.key], faces[leave.key], likeness.evidence, round(likeness.score, 3))


def _standing(person: Identity, lives: Mapping[int, _Life]) -> tuple[str, int, int]:
    life = lives.get(person.key)
    return (life.last if life else "", life.months if life else 0, -person.key)


# -- rows of a sheet ---------------------------------------------------------------------------------------


def candidates(conn: Connection, rows: Sequence[Nameless], rules: Rules) -> tuple[Candidate, ...]:
    """Customers whom rows without a customer number may be, by row, the best first, at most
    `intake.identity_candidates` a row.

    Score 1.0: the same whole identity number. A masked name and telephone that fit one customer only count as
    `intake.identity_unique`; where several fit alike, the score is lowered.
    """
    alike: defaultdict[Nameless, list[Nameless]] = defaultdict(list)
    for one in rows:  # many rows of one person are looked up once
        alike[replace(one, row=0)].append(one)
    distinct = list(alike)
    asking = [Identity(n, "", one.name, one.phone, one.id_no, one.birth) for n, one in enumerate(distinct)]
    if not asking:
        return ()
    weights = Weights(rules)
    query = select(*_PERSON).where(
        or_(_C.phone.is_not(None), _C.id_no.is_not(None), _C.birth_date.is_not(None))
    )
    matches: defaultdict[int, list[tuple[Likeness, Identity]]] = defaultdict(list)
    for person_sought, other in narrowed(asking, _persons(conn, query), rules):
        likeness = weights.weigh(person_sought, other)
        if likeness is not None and likeness.score >= rules.number("intake.identity_least"):
            matches[person_sought.key].append((likeness, other))
    answers: list[Candidate] = []
    for number, fitting in matches.items():
        best = sorted(fitting, key=lambda one: (-one[0].score, one[1].customer_no))
        for likeness, person in best[: rules.whole("intake.identity_candidates")]:
            score = _settled(likeness, [one for one, _person in best], rules)
            answers.extend(
                Candidate(
                    row.row, row.described(), person.customer_no, person.name or "", likeness.evidence, score
                )
                for row in alike[distinct[number]]
            )
    return tuple(sorted(answers, key=lambda one: (one.row, -one.score, one.customer_no)))


def _settled(one: Likeness, alike: Sequence[Likeness], rules: Rules) -> float:
    """The score in view of rivals: raised where nobody else fits, lowered where somebody fits as well."""
    rivals = sum(other.score >= one.score for other in alike) - 1
    if rivals:
        return round(one.score * rules.number("intake.identity_ambiguous"), 3)
    if len(alike) == 1 and one.by_mask and len(one.evidence) > 1:
        return round(max(one.score, rules.number("intake.identity_unique")), 3)
    return round(one.score, 3)


# -- numbers that the bank changed -------------------------------------------------------------------------


def number_changed(
    fresh: Iterable[Identity], vanished: Sequence[Identity], rules: Rules
) -> tuple[NewNumber, ...]:
    """Customers who left one list and came back on the next under another number, the surest first; each number at
    most once.

    That one leaves when the other comes is itself evidence.
    """
    weights = Weights(rules)
    likely: list[NewNumber] = []
    for gone, came in narrowed(vanished, fresh, rules, by_birth=True):
        likeness = weights.weigh(gone, came, succession=True)
        if likeness is not None and likeness.score >= rules.number("intake.identity_changed"):
            likely.append(
                NewNumber(gone.customer_no, came.customer_no, likeness.evidence, round(likeness.score, 3))
            )
    taken: set[str] = set()
    answers: list[NewNumber] = []
    for one in sorted(likely, key=lambda one: (-one.score, one.old_no, one.new_no)):
        if not {one.old_no, one.new_no} & taken:
            taken |= {one.old_no, one.new_no}
            answers.append(one)
    return tuple(answers)
