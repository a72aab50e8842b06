"""`CaseDue`: what a file of ours (complaint, loss, win-back, referral) asks to be done for a customer by a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from db.values import Json
from workbench.rules.sentences import Sentence

#: the place of a file among those of its kind: settled ones last, the earliest clock first, then the gravest, then the oldest
CaseOrder: TypeAlias = tuple[int, str, int, int]
NO_ORDER: CaseOrder = (0, "", 0, 0)


@dataclass(frozen=True, slots=True)
class CaseDue:
    """`kind`: the kind of lead it is on the week's list: 'complaint', 'loss', 'rival_due', 'referral_feedback', 'referral_ask';
    `words`: what is due, with its numbers; `due`: ISO day; `value_fen`: what is at stake, 0 where that is not known; `evidence`:
    the row it follows from, and what narrows its words, by the names of the playbook's axes: sop, level, turn, emotion, trouble,
    after, moment, giver, act; of one to be asked for a referral `score`, the best asked first; `whole`: the words with everything
    that is known, '' where `words` are; `order`: its place among those of its kind, as the page of the room shows them."""

    customer_id: int
    kind: str
    words: str | Sentence
    due: str
    value_fen: int = 0
    evidence: Mapping[str, Json] = field(default_factory=dict)
    whole: str | Sentence = ""
    order: CaseOrder = NO_ORDER
