"""`CaseDue`: what a file of ours (complaint, loss, win-back, referral) asks to be done for a customer by a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.values import Json
from workbench.rules.sentences import Sentence


@dataclass(frozen=True, slots=True)
class CaseDue:
    """`kind`: the kind of lead it is on the week's list: 'complaint', 'loss', 'rival_due', 'referral_feedback', 'referral_ask';
    `words`: what is due, with its numbers; `due`: ISO day; `value_fen`: what is at stake, 0 where that is not known; `evidence`:
    the row it follows from, and what narrows its words, by the names of the playbook's axes: sop, level, turn, emotion, trouble,
    after, moment, giver, act; of one to be asked for a referral `score`, the best asked first."""

    customer_id: int
    kind: str
    words: str | Sentence
    due: str
    value_fen: int = 0
    evidence: Mapping[str, Json] = field(default_factory=dict)
