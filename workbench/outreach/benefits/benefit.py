"""Benefits as values: the rule, what was given by it, and how far it stands (domain 8.4)."""

from dataclasses import dataclass
from typing import Literal

from workbench.base.i18n import _

Period = Literal["once", "month", "quarter", "year"]
Stack = Literal["any", "group", "alone"]
#: of one customer: he may get it; he has it; it runs out soon; he used it; it ran out unused; it was taken back
GrantState = Literal["waiting", "issued", "soon", "used", "expired", "dropped"]


@dataclass(frozen=True, slots=True)
class BenefitRule:
    """A rule. `code` '' for a new one; `levels`, `segments`: codes of those whom it is for, empty: everybody.

    `threshold_fen`: what the assets must reach as `measure` counts them; `cap`: most for one customer in a year; `value_fen`:
    what one costs, where no `item` (id of a thing of the gift ledger's stock) tells it; `budget_fen` of a year; `days`: how
    long it is valid; `group`: of `stack` 'group', of which a customer has one at a time. Texts of a shipped rule are msgids.
    """

    code: str
    name: str
    gives: str
    trigger: str
    levels: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    threshold_fen: int | None = None
    measure: str = "average"
    per: Period = "once"
    cap: int | None = None
    value_fen: int | None = None
    budget_fen: int | None = None
    item: int | None = None
    days: int | None = None
    stack: Stack = "any"
    group: str = ""
    evidence: str = ""
    owner: str = ""
    note: str = ""
    mark: str = ""
    shipped: bool = False
    off: bool = False

    @property
    def title(self) -> str:
        """Its name in the language in use."""
        return _(self.name)


@dataclass(frozen=True, slots=True)
class BenefitPerson:
    """A customer with what he has of one benefit. `grant`: id, 0 while he may only get it; days ISO, None for none; `days`: from
    today until it runs out, negative: since."""

    grant: int
    customer_id: int
    customer_no: str
    name: str
    benefit: str
    title: str
    state: GrantState
    occasion: str = ""
    issued: str | None = None
    valid_until: str | None = None
    used: str | None = None
    value_fen: int | None = None
    note: str = ""
    days: int | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """How a rule stands. `eligible`: customers who may get it now; `meets`: all who meet its conditions, those who have it too;
    `cannot_tell`: those of whom it cannot be told, `lacking` the sentence with the column; `issued`: all that was ever given,
    of it `unused` can still be used, `expiring` of these soon, `used`, `expired` unused; `spent_fen` and `left_fen` of this
    year's budget (left None: no budget); `stock` left of its thing (None: no thing)."""

    rule: BenefitRule
    meets: int
    eligible: int
    cannot_tell: int
    lacking: str
    issued: int
    used: int
    unused: int
    expiring: int
    expired: int
    spent_fen: int
    left_fen: int | None
    stock: int | None
    item: str = ""
    #: why nothing more can be given: the budget or the stock is used up; '' while it can
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class BenefitBoard:
    """The rules that are in force with how they stand, those left out behind them, and what customers have not used, the first to
    run out first. `as_of`: data date (ISO)."""

    as_of: str | None
    lines: tuple[BenefitLine, ...]
    off: tuple[BenefitRule, ...]
    unused: tuple[BenefitPerson, ...]

    def line(self, code: str) -> BenefitLine | None:
        """The line of a rule."""
        return next((one for one in self.lines if one.rule.code == code), None)


@dataclass(frozen=True, slots=True)
class Refused:
    """A customer who did not get it, and the sentence why."""

    customer_no: str
    why: str
