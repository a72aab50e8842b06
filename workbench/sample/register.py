"""What no list tells and the demonstration registers by hand: families, companies, services, what was observed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from random import Random

from workbench.sample.contacts import Contact
from workbench.sample.fitness import tier_of
from workbench.sample.lives import CustomerMonth
from workbench.sample.material import Row, material

Life = Sequence[CustomerMonth | None]


@dataclass(frozen=True, slots=True)
class Tie:
    """`kind` says what the other is to the customer ('spouse', 'child', 'owned'): a customer by number, or a name."""

    customer_no: str
    kind: str
    other_no: str | None
    other_name: str | None
    note: str


@dataclass(frozen=True, slots=True)
class ObservationCard:
    """The cues seen of a customer in the contact of one day."""

    customer_no: str
    day: dt.date
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleService:
    """Something done for a customer on a day (a kind of domain 1's 3专, 5G, 快准稳); `until` when it runs out."""

    customer_no: str
    kind: str
    day: dt.date
    until: dt.date | None


def families(rng: Random, lives: Sequence[Life], stories: Mapping[int, str]) -> tuple[Tie, ...]:
    """Couples, a child and companies; couples get one address in all months.

    `stories`: place among the lives -> story; of their carriers only a few take part, and keep their own address.
    """
    rules = material("trade")["ties"]
    free = _newest(life for place, life in enumerate(lives) if place not in stories)
    rng.shuffle(free)
    # with most money first: their portraits are the ones that are opened
    free.sort(key=lambda row: -row["aum_balance"])
    carriers = _newest(lives[place] for place, story in stories.items() if story == rules["of_story"])
    wed = [row for row in carriers if row["marital_status"] == "已婚"]
    couples = list(islice(_couples(wed + free, free, rules["couple_years"]), len(wed) + rules["couples"]))
    _live_together(lives, couples)
    ties = [Tie(a["customer_no"], "spouse", b["customer_no"], None, rules["spouse_note"]) for a, b in couples]
    single = [row for row in free if all(row not in couple for couple in couples)]
    young = [row for row in carriers if row not in wed]
    children = _children(young + single, free, rules["child_years"])
    ties.extend(
        Tie(a["customer_no"], "child", b["customer_no"], None, rules["child_note"])
        for a, b in islice(children, len(young) + rules["children"])
    )
    owners = (row for row in free if row["occupation"] in material("trade")["owners"]["occupations"])
    ties.extend(
        Tie(row["customer_no"], "owned", None, row["employer"], rules["company_note"])
        for row in islice(owners, rules["companies"])
    )
    return tuple(ties)


def cards(lives: Iterable[Life], contacts: Iterable[Contact]) -> tuple[ObservationCard, ...]:
    """Cards for a few customers with most money, on the days of their newest contacts."""
    able = ((row["customer_no"], days) for row, days in _rich(lives, contacts) if len(days) >= 2)
    return tuple(
        ObservationCard(number, day, tuple(cues))
        for (number, days), observed in zip(able, material("trade")["observed"], strict=False)
        for day, cues in zip(reversed(days), observed["cues"], strict=False)
    )


def services(rng: Random, lives: Iterable[Life], contacts: Iterable[Contact]) -> tuple[SampleService, ...]:
    """What was done for some customers of the two upper towers with most money, on days of their contacts."""
    rules = material("trade")["services"]
    rich = _rich(lives, contacts)
    done: list[SampleService] = []
    for tower in rules["towers"]:
        levels = range(*tower["levels"])
        inside = ((row, days) for row, days in rich if days and tier_of(row["aum_daily_average"]) in levels)
        for row, days in islice(inside, rules["customers"]):
            for kind in tower["kinds"]:
                if rng.random() < kind["share"]:
                    day = rng.choice(days)
                    until = day + dt.timedelta(days=kind["valid_days"]) if "valid_days" in kind else None
                    done.append(SampleService(row["customer_no"], kind["code"], day, until))
    return tuple(sorted(done, key=lambda one: (one.day, one.customer_no, one.kind)))


def _rich(lives: Iterable[Life], contacts: Iterable[Contact]) -> list[tuple[Row, list[dt.date]]]:
    """The newest rows, most money first, each with the days of its contacts in order."""
    days: dict[str, list[dt.date]] = {}
    for one in contacts:
        days.setdefault(one.customer_no, []).append(one.day)
    rows = sorted(_newest(lives), key=lambda row: -row["aum_balance"])
    return [(row, days.get(row["customer_no"], [])) for row in rows]


def _newest(lives: Iterable[Life]) -> list[Row]:
    """The newest rows of those who are still there."""
    return [life[-1].row for life in lives if life[-1] is not None]


def _live_together(lives: Iterable[Life], couples: Iterable[tuple[Row, Row]]) -> None:
    """The second of each couple gets the address of the first, in every month."""
    homes = {b["customer_no"]: a["residence_address"] for a, b in couples}
    for month in (month for life in lives for month in life if month is not None):
        if (number := month.row["customer_no"]) in homes:
            month.row["residence_address"] = homes[number]


def _couples(firsts: Sequence[Row], free: Sequence[Row], years: int) -> Iterator[tuple[Row, Row]]:
    """Married people of one city and about one age, each once."""
    used: set[str] = set()
    for a, b in product(firsts, free):
        if (
            a["marital_status"] == b["marital_status"] == "已婚"
            and not used & {a["customer_no"], b["customer_no"]}
            and a["gender"] != b["gender"]
            and a["residence_city"] == b["residence_city"]
            and abs(a["age"] - b["age"]) <= years
        ):
            used |= {a["customer_no"], b["customer_no"]}
            yield a, b


def _children(young: Iterable[Row], free: Sequence[Row], years: Sequence[int]) -> Iterator[tuple[Row, Row]]:
    """Fathers, each with the first of the young who has his surname and is younger by a generation."""
    used: set[str] = set()
    for b, a in product(young, free):
        same = a["gender"] == "男" and a["name"][0] == b["name"][0]
        fits = same and years[0] <= a["age"] - b["age"] <= years[1]
        if fits and not used & {a["customer_no"], b["customer_no"]}:
            used |= {a["customer_no"], b["customer_no"]}
            yield a, b
