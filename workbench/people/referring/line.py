"""`ReferralLine`: one referral as the graph of who introduced whom reads it; `KnownAccount`: a customer who may stand in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """`ref`: what names the line to whoever asks (id of a line in the book, below zero for one that is not in it yet);
    `giver`: his customer number; `date` ISO; `phone` in plain digits, '*' where masked; `number`: customer number of the person
    referred, where he has one; `words`: what he needs and what he bought; `loan`: whether a loan is what he comes for, None where
    only the words tell."""

    ref: int
    giver: str
    date: str
    name: str = ""
    phone: str = ""
    number: str = ""
    words: str = ""
    relation: str = ""
    loan: bool | None = None


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """A customer, with what tells whether he is the same as somebody else, staff, or older than a referral; '' for what is not
    known. `opened`, `listed`: ISO days of the opening and of the first list with him; `work`: employer, occupation, position."""

    number: str
    name: str = ""
    phone: str = ""
    id_no: str = ""
    opened: str = ""
    listed: str = ""
    work: str = ""
