"""`Prospect`: a person without an account, and what is told of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from workbench.base.sensitivity import Place
from workbench.people.consent import Consent
from workbench.people.privacy import masked_as, masking

ProspectState = Literal["open", "opened", "dropped"]
ProspectSource = Literal["referral", "walk_in", "event", "payroll", "other"]
SOURCES: Final[tuple[ProspectSource, ...]] = get_args(ProspectSource)
#: whether he agreed to be contacted
Answer = Literal["yes", "no", "unknown"]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
#: what is kept of him -> the field of the catalogue that says how it is masked
MASKED_AS: Final[Mapping[str, str]] = {
    "name": "referred_name", "phone": "referred_phone", "relation": "referral_relation", "need": "referral_need",
    "note": "touch_note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LikelyAccount:
    """A customer who may be this person, since the telephone is the same; `evidence` in words, masked."""

    customer_no: str
    name: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Prospect:
    """One person. `key` names him to every act: '12', or 'R7' while only line 7 of the referrals tells of him.

    `created`, `expires` (the first day on which he is no longer kept), `ended`: ISO. `referrer_*` is the customer who
    introduced him. `may` is the answer to "may we?" on the day it was read.
    """

    key: str
    name: str
    phone: str | None
    source: ProspectSource
    source_name: str
    referrer_no: str | None
    referrer_name: str | None
    relation: str | None
    need: str | None
    answer: Answer
    note: str | None
    created: str
    expires: str
    state: ProspectState
    ended: str | None
    customer_no: str | None
    may: Consent
    #: the line of the referrals that tells of him
    line: int | None = None
    #: looked for in lists only
    likely: LikelyAccount | None = None

    def shown(self, what: str, where: Place = "screen") -> str:
        """One of the fields of `MASKED_AS` as a place may show it; '' for none. Raises KeyError for another field."""
        text: str | None = {
            "name": self.name, "phone": self.phone, "relation": self.relation, "need": self.need, "note": self.note,
        }[what]  # fmt: skip
        return masking(MASKED_AS[what], text or "", where)

    @property
    def title(self) -> str:
        """The name as the screen shows it, else the telephone."""
        return self.shown("name") or self.shown("phone")

    @property
    def referrer(self) -> str:
        """Who introduced him as the screen shows it: masked name; '' for nobody."""
        return masked_as("name", self.referrer_name or "")

    def as_json(self) -> dict[str, object]:
        """For programs; masked where it leaves the book."""
        return {
            "id": self.key, "name": self.name, "phone": self.phone, "source": self.source, "referrer_no": self.referrer_no,
            "relation": self.relation, "need": self.need, "consent": self.answer, "may": self.may.verdict,
            "reason": self.may.sentence or None, "note": self.note, "created": self.created, "expires": self.expires,
            "state": self.state, "ended": self.ended, "customer_no": self.customer_no,
            "likely_customer_no": self.likely.customer_no if self.likely else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProspectCounts:
    """Persons by how they stand on a day: followed up (`open`), of whom `agreed`, not yet asked, refused, expiring soon,
    probably with an account by now; and those whose time is over and who wait to be erased."""

    open: int
    agreed: int
    unasked: int
    refused: int
    soon: int
    likely: int
    expired: int

    def as_json(self) -> dict[str, int]:
        """For programs."""
        return {
            "open": self.open, "agreed": self.agreed, "unasked": self.unasked, "refused": self.refused,
            "soon": self.soon, "likely": self.likely, "expired": self.expired,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProspectList:
    """Those who are followed up, the next to expire first; those who are not any more, the newest first; the counts."""

    open: tuple[Prospect, ...]
    closed: tuple[Prospect, ...]
    counts: ProspectCounts


@dataclass(frozen=True, slots=True)
class NewProspect:
    """A person as typed; '' for what is not known. `expires` (ISO): '' for as long as the rule says."""

    name: str
    phone: str = ""
    source: str = "other"
    referrer_no: str = ""
    relation: str = ""
    need: str = ""
    consent: str = "unknown"
    note: str = ""
    expires: str = ""
