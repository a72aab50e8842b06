"""What customers do besides saving: their trade and its takings, loans and cards, and how well the branch knows them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from workbench.sample.material import Row, between, draw, log_between, material, whole
from workbench.sample.people import SamplePerson, age_on


@dataclass(frozen=True, slots=True)
class Trade:
    """The lasting facts of one customer. Money in fen; `business_loan` is what was lent at first, 0 for none.

    `assigned`: since when the same manager looks after him. `takings` is the share of the money coming in that a
    shop's payment code takes in, None for no shop; `loan_kind` says what the loan is that the customer's life has:
    'mortgage', 'business' or 'consumer'.
    """

    shop: str | None
    takings: float | None
    ticket: int
    loan_kind: str
    business_loan: int
    card: bool
    kyc: float
    assigned: dt.date

    def facts(self, row: Row, index: int) -> Row:
        """The fields that the row of the month at `index` gets besides those of its life.

        Loans by kind add up to the loan balance; a shop takes in a part of the money coming in.
        """
        rules = material("trade")["loans"]
        loans = dict.fromkeys(("mortgage", "business", "consumer"), 0)
        main: int = row["loan_balance"]
        loans[self.loan_kind] = int(main * rules["consumer_part"]) if self.loan_kind == "consumer" else main
        loans["business"] += int(self.business_loan * (1 - rules["business_repaid"] * index))
        taken = 0
        if self.takings is not None:
            taken = int((row["inflow"] - row["payroll_amount"]) * self.takings)
        return {
            "loan_balance": sum(loans.values()),
            "mortgage_balance": loans["mortgage"],
            "business_loan_balance": loans["business"],
            "consumer_loan_balance": loans["consumer"],
            "has_credit_card": self.card,
            "is_merchant": self.takings is not None,
            "merchant_type": self.shop,
            "merchant_txn_count": -(-taken // self.ticket),
            "merchant_amount": taken,
            "kyc_completeness": self.kyc,
            "assigned_date": max(self.assigned, row["open_date"]),
        }


def set_up(rng: Random, person: SamplePerson, last: dt.date, *, asleep: bool) -> tuple[SamplePerson, Trade]:
    """A person with an occupation of his own where he has one, and his trade; `asleep`: an account without a life."""
    rules = material("trade")
    age = age_on(person.birth, last)
    own, shop = _own_trade(rng, person, age, rules, asleep=asleep)
    loans, cards = rules["loans"], rules["cards"]
    ages = loans["mortgage_age"]
    kind = "mortgage" if ages[0] <= age <= ages[1] and rng.random() < loans["mortgage_share"] else "consumer"
    business = own.occupation in rules["owners"]["occupations"]
    lent = 0
    if business:
        kind = "business"
        if rng.random() < loans["business_share"]:
            lent = int(log_between(rng, *loans["business"]) / 10_000) * 1_000_000
    elif shop is not None and rng.random() < loans["shop_share"]:
        lent = int(log_between(rng, *loans["shop"]) / 10_000) * 1_000_000
    share = cards["share_paid"] if person.pay else cards["share"]
    held = not asleep and cards["age"][0] <= age <= cards["age"][1] and rng.random() < share
    takings = None if shop is None else between(rng, rules["shops"]["takings"])
    ticket = whole(rng, rules["shops"]["ticket"]) * 100
    known = between(rng, rules["known"]["kyc_wecom" if person.wecom else "kyc"])
    since = last - dt.timedelta(days=_managed(rng))
    return own, Trade(shop, takings, ticket, kind, lent, held, round(known, 2), since)


def _own_trade(
    rng: Random, person: SamplePerson, age: int, rules: Mapping[str, Any], *, asleep: bool
) -> tuple[SamplePerson, str | None]:
    """Who works for himself: owners of a company, shops, farmers; the others stay as they are."""
    ages, chance = rules["ages"], rng.random()
    if asleep or person.pay or not ages[0] <= age <= ages[1]:
        return person, None
    owners, shops, farms = rules["owners"], rules["shops"], rules["farms"]
    words = material("names")["given"]["男"]
    company = owners["company"].format(
        a=rng.choice(words), b=rng.choice(words), line=rng.choice(owners["lines"]), place=owners["place"]
    )
    shop = draw(rng, [(one["name"], one["weight"]) for one in shops["kinds"]])
    beside = rng.random() < shops["beside_company"]
    if chance < owners["chance"]:
        owner = rng.choice(owners["occupations"])
        return replace(person, occupation=owner, employer=company), shop if beside else None
    if chance < owners["chance"] + shops["chance"]:
        return replace(person, occupation=rng.choice(shops["occupations"]), employer=None), shop
    if chance < owners["chance"] + shops["chance"] + farms["chance"]:
        return replace(person, occupation=rng.choice(farms["occupations"]), employer=None), None
    return person, None


def _managed(rng: Random) -> int:
    """For how many days the same manager has looked after him."""
    known = material("trade")["known"]
    return whole(rng, known["assigned_lately"] if rng.random() < known["lately_share"] else known["assigned"])
