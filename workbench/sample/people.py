"""Who the sample customers are: everything about a person that stays as it is while the months pass."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import TypedDict

from workbench.sample.material import between, draw, material, whole

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class Town(TypedDict):
    """A town of places.toml."""

    city: str
    districts: list[str]
    streets: list[str]
    estates: list[str]


class HomeTown(Town):
    """The place where most customers live."""

    other_city_share: float


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A customer; `pay` in fen a month, 0 when no payroll arrives here."""

    customer_no: str
    name: str
    gender: str
    birth: dt.date
    id_type: str
    id_no: str
    phone: str
    occupation: str
    employer: str | None
    city: str
    address: str
    education: str
    marital_status: str
    manager_name: str
    manager_no: str
    branch: str
    opened: dt.date
    pay: int
    payday: int
    risk_level: str
    wecom: bool
    opt_out: bool
    utility: bool


def check_digit(first17: str) -> str:
    """The last character of an 18-digit identity number (GB 11643, domain 16.4)."""
    return _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, first17, strict=True)) % 11]


def age_on(birth: dt.date, day: dt.date) -> int:
    """Full years of age on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def address_in(rng: Random, place: Town) -> str:
    """An invented address in a place of places.toml."""
    street = f"{rng.choice(place['streets'])}{rng.randint(2, 388)}号"
    house = f"{rng.choice(place['estates'])}{rng.randint(1, 28)}幢{rng.randint(1, 4)}单元"
    home = f"{house}{rng.randint(1, 18)}{rng.randint(1, 3):02d}室"
    return f"{place['city']}{rng.choice(place['districts'])}{street}{home}"


def make_person(rng: Random, number: int, story: str | None, start: dt.date, last: dt.date) -> SamplePerson:
    """A person fit for a story (None: an ordinary one), whose account was opened before `start`."""
    gender = rng.choice("男女")
    people = material("branch")["people"]
    salaried = story == "payroll_stops"
    salaried = story == "payroll_stops"
    birth = _birth(rng, last, (24, 57) if salaried else tuple(people["age"]))
    age = age_on(birth, last)
    if not salaried and story is None and age < 60:
        salaried = rng.random() < material("employers")["payroll_share"]
    employer, occupation, pay, payday = _work(rng, age, salaried)
    place = _place(rng, story)
    manager = draw(rng, [(m, m["weight"]) for m in material("places")["managers"]])
    branch = draw(rng, [(b["name"], b["weight"]) for b in material("places")["branches"]])
    id_type, id_no = _identity(rng, birth, gender)
    service = material("branch")["service"]
    opened = start - dt.timedelta(days=int(365 * between(rng, people["open_years"])))
    return SamplePerson(
        customer_no=f"{number:010d}",
        name=_name(rng, gender),
        gender=gender,
        birth=birth,
        id_type=id_type,
        id_no=id_no,
        phone=rng.choice(material("names")["phone"]["prefixes"]) + f"{rng.randint(0, 99_999_999):08d}",
        occupation=occupation,
        employer=employer,
        city=place["city"],
        address=address_in(rng, place),
        education=draw(rng, list(material("names")["education"].items())),
        marital_status="未婚" if age < 23 else draw(rng, list(material("names")["marital"].items())),
        manager_name=manager["name"],
        manager_no=manager["no"],
        branch=branch,
        opened=max(opened, birth + dt.timedelta(days=18 * 366)),
        pay=pay,
        payday=payday,
        risk_level=_risk_level(rng, story),
        wecom=rng.random() < service["wecom_share"],
        opt_out=rng.random() < service["refuse_share"],
        utility=rng.random() < service["utility_share"],
    )


def _birth(rng: Random, last: dt.date, ages: tuple[int, ...]) -> dt.date:
    people = material("branch")["people"]
    while True:
        birth = last - dt.timedelta(days=int(365.25 * rng.uniform(ages[0], ages[1] + 1)))
        soon = last + dt.timedelta(days=people["turning_days"])
        if not age_on(birth, last) < people["turning_age"] <= age_on(birth, soon):
            return birth


def _work(rng: Random, age: int, salaried: bool) -> tuple[str | None, str, int, int]:
    data = material("employers")
    if salaried or (age < 60 and rng.random() < data["employed_share"]):
        employers = [(e, float(e["weight"])) for e in data["employer"] if e["payroll"] == salaried]
        employer = draw(rng, employers)
        pay = int(between(rng, employer["pay"])) * 100 if salaried else 0
        return employer["name"], rng.choice(employer["occupations"]), pay, employer.get("payday", 0)
    free = [
        (name, float(o["weight"]))
        for name, o in material("names")["occupations"].items()
        if o["from_age"] <= age <= o.get("to_age", 200)
    ]
    return None, draw(rng, free), 0, 0


def _place(rng: Random, story: str | None) -> Town:
    places = material("places")
    home: HomeTown = places["home"]
    if story is None and rng.random() < home["other_city_share"]:
        away: Town = rng.choice(places["elsewhere"])
        return away
    return home


def _name(rng: Random, gender: str) -> str:
    names = material("names")
    surname: str
    if rng.random() < names["double_share"]:
        surname = rng.choice(names["double_surnames"])
    else:
        group = draw(rng, [(g["chars"], g["weight"] * len(g["chars"])) for g in names["surnames"]])
        surname = rng.choice(group)
    given = names["given"][gender]
    length = 1 if rng.random() < names["single_given_share"] else 2
    return surname + "".join(rng.choice(given) for _ in range(length))


def _identity(rng: Random, birth: dt.date, gender: str) -> tuple[str, str]:
    rules = material("names")["identity"]
    sequence = rng.randrange(0, 1000, 2) + (1 if gender == "男" else 0)
    area = rng.choice(rules["areas"])
    first = f"{area}{birth:%Y%m%d}{sequence:03d}"
    number = first + check_digit(first)
    chance = rng.random()
    if chance < rules["full_share"]:
        return "身份证", number
    if chance < rules["full_share"] + rules["masked_share"]:
        return "身份证", f"{number[:6]}********{number[14:]}"
    other: Mapping[str, str] = rng.choice(rules["other"])
    return other["type"], "".join(str(rng.randint(0, 9)) if c == "#" else c for c in other["form"])


def _risk_level(rng: Random, story: str | None) -> str:
    levels: list[tuple[str, float]] = list(material("branch")["risk_levels"].items())
    if story == "unsuitable_holding":
        wanted = material("stories")[story]["customer_levels"]
        levels = [(name, weight) for name, weight in levels if name in wanted]
    return draw(rng, levels)


def customer_numbers(rng: Random, count: int) -> list[int]:
    """Different numbers, ascending, short enough for leading zeros in ten digits."""
    top = 20_000_000 + count * 40
    return sorted(rng.sample(range(20_000_000, top), count))


def payday_in(person: SamplePerson, first: dt.date, rng: Random) -> dt.date:
    """The day the pay arrives in the month that begins on `first`: within a day of the usual one."""
    return first + dt.timedelta(days=max(0, person.payday - 1 + whole(rng, (-1, 1))))
