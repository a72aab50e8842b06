"""`ReferralFinding`: what is wrong, or to be checked, with lines of the referrals."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from workbench.base.i18n import _
from workbench.people.privacy import mask_name, mask_phone, tail
from workbench.people.referring.line import KnownAccount
from workbench.rules.parameters import Rules

FindingCode = Literal["self", "circle", "staff", "intermediary", "customer", "twice"]
CODES: tuple[FindingCode, ...] = ("self", "circle", "staff", "intermediary", "customer", "twice")


@dataclass(frozen=True, slots=True)
class ReferralFinding:
    """`sure`: not only a namesake to be checked; `refs`: the lines that it is about, in order; `sentence`: what was found, names
    masked; `advice`: what to do; `members`: of a circle, as named in the graph (customer numbers, or names of
    persons without an account)."""

    code: FindingCode
    sure: bool
    refs: tuple[int, ...]
    sentence: str
    advice: str
    members: tuple[str, ...] = ()

    def refuses(self, rules: Rules) -> bool:
        """Whether such a referral is not written when somebody enters it; the others are asked about."""
        return self.sure and self.code in rules.words("referring.refuses")

    def bars_reward(self, rules: Rules) -> bool:
        """Whether nothing is given for such a referral."""
        return self.code in rules.words("referring.no_reward")

    def bars_ask(self, rules: Rules) -> bool:
        """Whether its giver is asked for no further one."""
        return self.code in rules.words("referring.no_ask")


def to_check(findings: Iterable[ReferralFinding], rules: Rules) -> ReferralFinding | None:
    """What is to be checked first: what keeps everybody from being contacted, else the first; None for nothing."""
    every = tuple(findings)
    return next((one for one in every if one.refuses(rules)), every[0] if every else None)


def name_of(code: FindingCode, rules: Rules) -> str:
    """What such a finding is called."""
    return rules.text(f"referring.{code}")


def who(account: KnownAccount | None, number: str) -> str:
    """A customer as a finding names him, as the lists do: '张* 0001', masked name and the tail of the number."""
    name = mask_name(account.name) if account is not None else ""
    return f"{name} {tail(number)}" if name else _("客户 {number}").format(number=tail(number))


def person_words(name: str, phone: str) -> str:
    """A person without an account as a finding names him."""
    return mask_name(name) or mask_phone(phone)
