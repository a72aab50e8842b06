"""`Lead`: one reason to contact one customer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.values import Json
from workbench.outreach.case_due import NO_ORDER, CaseOrder
from workbench.rules.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Lead:
    """A reason to contact one customer this week.

    `kind`: 'red', 'orange', 'yellow', 'matured', 'birthday', 'N1', 'journey', 'journey_raise', 'calendar', 'calendar_note',
    'calendar_raise', 'win_back', 'promise', 'carried', 'complaint', 'loss', 'rival_due', 'referral_feedback', 'referral_ask', or
    a critical class of `towers.critical_class`. `words`: why, see
    `reason`; `value_fen`: assets at stake or to be gained; `due`: ISO date within the week; `evidence`: the figures behind it;
    `clock`: the workday (ISO) by which the class itself wants it done, '' where that is `due`; `source`: the source of the
    registry that found it;
    `tested`: whether his risk test is valid, None where no list tells; `no_products`: why he is told of no product now, of a
    reason that speaks of some, '' where he may be (`insight.products.barring`); `whole`, `order`: as in `CaseDue`.
    """

    customer_id: int
    customer_no: str
    name: str
    kind: str
    words: str | Sentence
    value_fen: int
    due: str
    aum_fen: int | None
    tier: str | None
    evidence: Mapping[str, Json] = field(default_factory=dict)
    clock: str = ""
    source: str = ""
    tested: bool | None = None
    no_products: str = ""
    whole: str | Sentence = ""
    order: CaseOrder = NO_ORDER

    @property
    def reason(self) -> str:
        """Why, in one sentence."""
        return str(self.words)

    def of_source(self, source: str) -> "Lead":
        """The lead, just found and nobody else's yet, with the code of its source."""
        # no copy: a week has thousands of leads
        object.__setattr__(self, "source", source)
        return self

    @property
    def beyond_reach(self) -> bool:
        """Whether no deposit that the customer can be asked for reaches the line it is about."""
        return self.evidence.get("topup") in ("reach", "leaving", "stale")
