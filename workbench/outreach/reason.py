"""Who is contacted in a week and why, as it stands on every screen and sheet."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TypedDict

#: the source of reasons that come from a promise
PROMISE = "promise"
#: the kinds of reasons that our files of complaints, losses, win-backs and referrals give
COMPLAINT, LOSS, RIVAL_DUE, FEEDBACK, ASK = (
    "complaint", "loss", "rival_due", "referral_feedback", "referral_ask",
)  # fmt: skip
#: kinds with a clock of their own, the gravest first: they stand on the list of the week whatever the plan has room for
OWED = (COMPLAINT, LOSS, PROMISE, FEEDBACK, RIVAL_DUE)


class WeekReasonJson(TypedDict):
    """A reason; `amount` names what it is an amount of, '' where there is none or it cannot be told."""

    source: str
    kind: str
    word: str
    sentence: str
    amount: str
    due: str
    note: str
    whole: str


@dataclass(frozen=True, slots=True)
class WeekPerson:
    """Who is contacted; `aum_fen` by the newest month, None where no list tells it."""

    customer_id: int
    customer_no: str
    name: str
    aum_fen: int | None


@dataclass(frozen=True, slots=True)
class WeekReason:
    """One reason.

    `source`: code in the registry of candidates (`outreach/leads/registry.py`); `kind` as in `Lead`; `word`: its name in the
    language in use; `sentence`: with its numbers; `amount`: one amount with the word for what it is ('已到期 20.0万'), '' for
    none; `due`: ISO workday by which it is to be done, '' where the data are too old for days; `note`: what of the sentence
    was written by hand, which a document masks; `whole`: the
    sentence with everything that is known of it, '' where `sentence` says it.
    """

    source: str
    kind: str
    word: str
    sentence: str
    amount: str = ""
    due: str = ""
    note: str = ""
    whole: str = ""

    def as_json(self) -> WeekReasonJson:
        """The reason for the command line."""
        return {
            "source": self.source, "kind": self.kind, "word": self.word, "sentence": self.sentence,
            "amount": self.amount, "due": self.due, "note": self.note,
            "whole": self.whole,
        }  # fmt: skip


def packed(reasons: Iterable[WeekReason]) -> str | None:
    """Reasons as they are stored with a plan; None for none."""
    rows = [asdict(one) for one in reasons]
    return json.dumps(rows, ensure_ascii=False) if rows else None


def unpacked(text: str | None) -> tuple[WeekReason, ...]:
    """Stored reasons again; those of a plan from before they were stored are none."""
    return tuple(WeekReason(**row) for row in json.loads(text or "[]"))
