"""May this customer be marketed to, until when not, and why (domain 6.5, 9, 17; golden 16 and 17).

Plan, portrait, picker, lists, matrix and canvas all ask here; one customer and all customers are judged by the same SQL
(`consent_rule`). The answer is about marketing by any channel; service, maturities and agreed contacts are never barred. A
contact out of care keeps away from the channels that were refused.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy import Connection, RowMapping, or_

from workbench.base.i18n import _, commas
from workbench.people.consent_rule import CODES, WEARY, consent_of_one, consents
from workbench.people.refusals import refused_channels
from workbench.rules.contact_codes import codes
from workbench.rules.parameters import Rules

ConsentVerdict = Literal["may", "deferred", "barred", "cannot_tell"]
#: The code of the ground of who does not want to be marketed to; the gravest, so that it stands first.
REFUSED = "opted_out"
#: The channels that a ground bars: a refusal on one channel counts for all, since none of them was asked for.
EVERY_WAY = ("all",)
#: The grounds that our own contacts set and time takes away.
_PASSING = frozenset(("unanswered", WEARY))
#: so many customers are looked up one by one
_FEW = 20


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground against marketing. `kind` says what it rests on ('opted_out.list'); `until` is the first day (ISO) on
    which it no longer holds, None if no day ends it; `numbers` fill the sentence; `aside` is a short remark."""

    code: str
    kind: str
    name: str
    sentence: str
    aside: str
    until: str | None = None
    numbers: Mapping[str, int | str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The ground for the command line."""
        return {
            "code": self.code, "kind": self.kind, "reason": self.sentence, "until": self.until,
            "numbers": dict(self.numbers),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a customer may be marketed to on a day (ISO) by data of `as_of` (None: he is on no monthly list).

    `grounds` against it, the gravest first; `unknown`: (code, sentence) of the grounds that cannot be judged; `refused`: codes
    of the channels that he refused for good, which are left for service alone.
    """

    day: str
    as_of: str | None = None
    grounds: tuple[Ground, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def verdict(self) -> ConsentVerdict:
        """'deferred' if the only grounds are contacts lately, too many or in vain; 'barred' for any other; 'cannot_tell' if no
        ground is known but some cannot be judged; else 'may'."""
        if self.grounds:
            return "deferred" if self.code in _PASSING else "barred"
        return "cannot_tell" if self.unknown else "may"

    @property
    def held(self) -> bool:
        """Whether he must not be marketed to on the day. A ground that cannot be judged bars nobody."""
        return bool(self.grounds)

    @property
    def code(self) -> str:
        """The code of the gravest ground, '' for none."""
        return self.grounds[0].code if self.grounds else ""

    @property
    def name(self) -> str:
        """The name of the gravest ground, under which lists count the customer; '' for none."""
        return self.grounds[0].name if self.grounds else ""

    @property
    def sentence(self) -> str:
        """The sentence of the gravest ground, else what cannot be judged; '' if he may be marketed to."""
        return self.grounds[0].sentence if self.grounds else commas(text for _code, text in self.unknown)

    @property
    def aside(self) -> str:
        """What to mind when he is contacted all the same, for a service or a maturity; '' for nothing."""
        return self.grounds[0].aside if self.grounds else ""

    @property
    def until(self) -> str | None:
        """The first day (ISO) without any ground; None if there is no ground or one that no day ends."""
        ends = [ground.until for ground in self.grounds]
        return max((end for end in ends if end), default=None) if None not in ends else None

    @property
    def channels(self) -> tuple[str, ...]:
        """The barred channels: all of them or none."""
        return EVERY_WAY if self.grounds else ()

    def as_json(self) -> dict[str, object]:
        """The answer for the command line."""
        return {
            "verdict": self.verdict, "code": self.code or None, "reason": self.sentence or None, "until": self.until,
            "channels": list(self.channels), "refused_channels": list(self.refused), "as_of": self.as_of, "day": self.day,
            "grounds": [ground.as_json() for ground in self.grounds], "cannot_tell": [code for code, _t in self.unknown],
        }  # fmt: skip


def consent_of(conn: Connection, customer_id: int, day: str, month: str | None, rules: Rules) -> Consent:
    """The consent of one customer on a day (ISO) by his newest month up to `month` (None: any).

    Raises LookupError for an unknown id.
    """
    row = conn.execute(consent_of_one(day, month, rules), {"customer": customer_id}).mappings().first()
    if row is None:
        raise LookupError("no such customer")
    return _read(row, day, rules, _refusals(conn, [row], day, rules))


def held(
    conn: Connection, day: str, month: str | None, rules: Rules, only: Collection[int] | None = None
) -> dict[int, Consent]:
    """Customer id -> consent of those who must not be marketed to on a day (ISO); of `only` some, None: of all."""
    if only is not None and len(only) <= _FEW:
        # the statement of one is kept, since making one takes longer than running it several times
        each = consent_of_one(day, month, rules)
        held_ones = [
            row
            for customer in sorted(only)
            for row in conn.execute(each, {"customer": customer}).mappings()
            if any(row[code] == 1 for code in CODES)
        ]
        refusals = _refusals(conn, held_ones, day, rules)
        return {row["customer_id"]: _read(row, day, rules, refusals) for row in held_ones}
    query = consents(day, month, rules, only).subquery("consents")
    # not by `barred`, which asks first whether each ground can be judged
    holds = or_(*(query.c[code] == 1 for code in CODES))
    rows = conn.execute(query.select().where(holds)).mappings().all()
    refusals = _refusals(conn, rows, day, rules)
    return {row["customer_id"]: _read(row, day, rules, refusals) for row in rows}


def names(rules: Rules) -> dict[str, str]:
    """Code of a ground -> its name in the language in use, the gravest first."""
    return {code: rules.text(f"consent.{code}.name") for code in CODES}


def counted(numbers: Mapping[str, int], rules: Rules) -> str:
    """Counts of customers by the code of their gravest ground, in words: '拒绝营销 1 户、投诉中 2 户'; '' for nobody."""
    return commas(
        _("{reason} {n} 户").format(reason=name, n=numbers[code])
        for code, name in names(rules).items()
        if numbers.get(code)
    )


# -- words ---------------------------------------------------------------------------------------------------------


def _refusals(
    conn: Connection, rows: Sequence[RowMapping], day: str, rules: Rules
) -> Mapping[int, tuple[str, ...]]:
    """Customer id -> channels refused, of those of the rows of `consents` that refused in a contact."""
    who = [row["customer_id"] for row in rows if row["refused_on"]]
    return refused_channels(conn, day, rules, who) if who else {}


def _read(row: RowMapping, day: str, rules: Rules, refusals: Mapping[int, tuple[str, ...]]) -> Consent:
    unknown = tuple(
        (code, rules.text(f"consent.{code}.unknown")) for code in CODES if not row[f"{code}_known"]
    )
    refused = refusals.get(row["customer_id"], ())
    grounds = tuple(_Wording(row, day, rules, refused).grounds())
    return Consent(day, row["as_of"], grounds, unknown, refused)


class _Wording:
    """Puts the grounds of one row of `consents` into words."""

    def __init__(self, row: RowMapping, day: str, rules: Rules, refused: tuple[str, ...]) -> None:
        self.row, self.day, self.rules, self.refused = row, day, rules, refused

    def grounds(self) -> Iterator[Ground]:
        """The grounds that hold, the gravest first."""
        row, days = self.row, self.rules.whole
        if row["opted_out_listed"]:
            yield self._ground("opted_out", "list")
        if row["refused_on"]:
            yield self._refusal()
        if row["complaint"]:
            yield self._complaint()
        if row["bereaved"]:
            until = {"days": days("consent.mourning_days"), "until": row["bereaved_until"]}
            yield self._ground("bereaved", "note", date=row["bereaved_on"], **until)
        if row["minor"]:
            yield self._ground("minor", "born", age=self._age())
        if row["unanswered"]:
            until = {"days": days("consent.rest_days"), "until": row["unanswered_until"]}
            yield self._ground(
                "unanswered", "rest", n=row["unanswered_times"], date=row["unanswered_on"], **until
            )
        if row["tired"]:
            span = "week" if row["tired_by_week"] else "month"
            often = {"n": row[f"tired_{span}"], "days": days(f"consent.{span}_days")}
            yield self._ground("tired", "often", **often, until=row["tired_until"])

    def _refusal(self) -> Ground:
        """Refused in a contact, with the names of the channels that he refused."""
        channels = dict(codes("channels"))
        numbers = {"date": self.row["refused_on"], "channel": self.row["refused_by"]}
        ways = commas(channels.get(one, one) for one in self.refused or (self.row["refused_by"],))
        return replace(self._ground("opted_out", "contact", **numbers, ways=ways), numbers=numbers)

    def _complaint(self) -> Ground:
        row, days = self.row, self.rules.whole
        if row["complaints_open"]:
            n, since = row["complaints_open"], row["complaint_since"]
            # without a date the count was corrected by hand
            return self._ground("complaint", "open" if since else "said", n=n, date=since or "")
        ends: dict[str, str | int] = {"until": row["complaint_until"]}
        if row["complaint_closed"]:
            ends |= {"date": row["complaint_closed"], "days": days("consent.closed_days")}
            return self._ground("complaint", "closed", **ends)
        ends |= {"date": row["complaint_undated"], "days": days("consent.complaint_days")}
        return self._ground("complaint", "undated", **ends)

    def _age(self) -> int:
        """Age in full years: as reported or corrected, else by the date of birth on the day."""
        if self.row["minor_age"] is not None:
            return int(self.row["minor_age"])
        born, day = dt.date.fromisoformat(self.row["minor_born"]), dt.date.fromisoformat(self.day)
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def _ground(self, code: str, kind: str, **numbers: int | str) -> Ground:
        text = self.rules.text
        return Ground(
            code, f"{code}.{kind}", text(f"consent.{code}.name"), text(f"consent.{code}.{kind}").format(**numbers),
            text(f"consent.{code}.aside"), self.row[f"{code}_until"], numbers,
        )  # fmt: skip
