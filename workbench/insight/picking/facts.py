"""The answers of the picker: counts, customers, exclusions, saved lists; frozen values without any SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _, with_unit
from workbench.base.money import exact_yuan
from workbench.base.terms import Term
from workbench.people.customer import CustomerRow

ListKind = Literal["rule", "frozen"]


@dataclass(frozen=True, slots=True)
class TowerPart:
    """The matching customers of one tower ('': unknown); `aum_fen` the sum of their balances, None without any."""

    tower: str
    label: str
    count: int
    aum_fen: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of all customers of the month match; `cannot_tell`: those for whom the condition is unknown.

    `aum_fen`: the sum of their balances, None without any; `untold`: matching customers without a balance.
    """

    count: int
    aum_fen: int | None
    untold: int
    towers: tuple[TowerPart, ...]
    cannot_tell: int
    everyone: int
    month: str
    as_of: str


@dataclass(frozen=True, slots=True)
class PickedRow:
    """One matching customer; `values`: the columns wanted, as they lie in the book (fen, ISO, 0/1, code)."""

    customer: CustomerRow
    tower: str | None
    values: Mapping[str, Any]

    @property
    def customer_id(self) -> int:
        """The id of the customer in the book."""
        return self.customer.customer_id


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The number of matching customers left out for a reason, each under the first that applies."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The exclusions for a purpose: how many match, how many are left out by reason, how many are left."""

    purpose: str
    matching: int
    reasons: tuple[LeftOut, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many of the matching customers are on another list."""

    number: str
    name: str
    shared: int


@dataclass(frozen=True, slots=True)
class SavedList:
    """A saved list. `count`: the members of a frozen list; None for a rule, which is counted when needed.

    `purpose` is a code of `picking.purposes` or free text; `as_of` the data date of a frozen list.
    """

    id: int
    number: str
    name: str
    kind: ListKind
    expression: str
    purpose: str
    purpose_label: str
    owner: str
    created_at: str
    as_of: str | None
    expires: str | None
    count: int | None
    expired: bool

    def as_json(self) -> dict[str, Any]:
        """For programs, without the condition, which may name a person (see `Picking.as_json`)."""
        return {
            "number": self.number, "name": self.name, "kind": self.kind,
            "purpose": self.purpose, "owner": self.owner, "created_at": self.created_at, "as_of": self.as_of,
            "expires": self.expires, "count": self.count, "expired": self.expired,
        }  # fmt: skip


def shown(term: Term, value: Any) -> str:
    """A value of a column in words; '—' for None."""
    if value is None:
        return "—"
    match term.kind:
        case "money":
            return exact_yuan(int(value))
        case "flag":
            return _("是") if value else _("否")
        case "enum":
            return dict(term.values).get(str(value), str(value))
        case "ratio":
            return f"{value:.1%}"
        case "number":
            return f"{value:.2f}".rstrip("0").rstrip(".")
    return with_unit(value, _(term.unit) if term.unit else "")
