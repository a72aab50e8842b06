"""Hand-made leads, a book that holds their customers, and an insight that answers with them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from db.engine import Book
from db.tables import customers, snapshots
from workbench.base.workdays import shipped
from workbench.outreach.leads.in_order import LeadsInOrder
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.left_over import LeftOver
from workbench.outreach.leads.room import WeekLeads
from workbench.outreach.leads.week import LeadWeek
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.lights.lit import Lit
from workbench.outreach.room import Outreach
from workbench.people.consent import Consent, Ground
from workbench.rules.parameters import Rules

WEEK = "2026-W47"
DATA_DATE = "2026-10-31"
SURNAMES = "林赵周王何李张刘陈杨"


def lead(number: int, kind: str, wan: float = 30, *, due: str = "2026-11-19", **more: Any) -> Lead:
    """A lead of the customer with this number; wan: 万元 at stake, and half of the assets."""
    fen = round(wan * 1_000_000)
    given: dict[str, Any] = {
        "customer_id": number,
        "customer_no": f"90000{number:07d}",
        "name": name_of(number),
        "kind": kind,
        "words": f"{kind} 的理由",
        "value_fen": fen,
        "due": due,
        "aum_fen": 2 * fen,
        "tier": "L5",
    }
    return Lead(**(given | more))


def name_of(number: int) -> str:
    return SURNAMES[number % 10] + "建国" + "甲乙丙丁戊己庚辛壬癸"[number // 10 % 10]


def many(kinds: dict[str, int], *, first: int = 1) -> list[Lead]:
    """So many leads of each kind, every one another customer, values falling."""
    made: list[Lead] = []
    for kind, count in kinds.items():
        start = first + len(made)
        made += [lead(start + n, kind, 100 - n / 10) for n in range(count)]
    return made


FULL = {"red": 14, "orange": 20, "yellow": 10, "C3": 12, "C1": 16, "C2": 9, "birthday": 4, "N1": 6}


@dataclass
class ToldLeads:
    """Stands in for the leads of a book: answers with those it was given."""

    told: list[Lead] = field(default_factory=list)
    as_of: str | None = DATA_DATE
    warning: str | None = None
    unseen: dict[str, str] = field(default_factory=dict)
    left_over: LeftOver = field(default_factory=LeftOver)
    #: computes nothing: who asks it for what not to say is tested on a book with layers
    engine: Any = None

    def of(self, _week: str, _lights: LightWeek | None = None) -> list[Lead]:
        return list(self.told)

    def whole(self, week: str, _lights: LightWeek | None = None) -> WeekLeads:
        month = LeadWeek.of(week, DATA_DATE[:7], DATA_DATE, shipped())
        return WeekLeads(
            month, Lit(), LeadsInOrder(order=tuple(self.told)), None, 92, self.unseen, self.left_over
        )

    def unsuitable(self, _week: str, customers: Collection[int]) -> frozenset[int]:
        return frozenset(one.customer_id for one in self.told if one.tested is False) & frozenset(customers)

    def without_products(self, _kind: str, customers: Collection[int]) -> dict[int, str]:
        return {
            one.customer_id: one.no_products
            for one in self.told
            if one.no_products and one.customer_id in customers
        }

    @property
    def lights(self) -> "ToldLights":
        return ToldLights()

    def lights_of(self, week: str) -> LightWeek:
        return self.lights.of(week)

    def guard(self) -> str | None:
        return self.warning

    def data_date(self) -> str | None:
        return self.as_of


class ToldLights:
    """Stands in for the lights of a book: nobody is lit."""

    def of(self, week: str) -> LightWeek:
        return LightWeek(week, DATA_DATE[:7], DATA_DATE, (), (), (), ())


def against(code: str, *numbers: int) -> dict[int, Consent]:
    """The answer that one ground stands against marketing to these customers."""
    rules = Rules.load()
    name, aside = rules.text(f"consent.{code}.name"), rules.text(f"consent.{code}.aside")
    return {n: Consent("2026-11-16", DATA_DATE, (Ground(code, code, name, name, aside),)) for n in numbers}


def put_customers(book: Book, numbers: Iterable[int], **columns: Any) -> None:
    """Customers with these ids and one month's snapshot each."""
    with book.write("import", "test") as writer:
        for number in numbers:
            row = {
                "customer_no": f"90000{number:07d}",
                "name": name_of(number),
                "phone": "13800001234",
                "birth_date": "1970-01-01",
                **columns,
            }
            customer_id = writer.insert(customers, [row])[0]
            assert customer_id == number
            snapshot = {
                "customer_id": customer_id,
                "month": "2026-10",
                "as_of": DATA_DATE,
                "batch_id": 1,
                "source_row": number,
                "aum_balance": 1_000_000 * (500 - number),
            }
            snapshot |= {key: value for key, value in columns.items() if key in ("manager_name", "branch")}
            writer.insert(snapshots, [snapshot])


def room(book: Book, leads: list[Lead], settings: dict[str, Any] | None = None) -> Outreach:
    given = {"manager": "李敏", "branch": "城东支行"} | (settings or {})
    return Outreach(book, Rules.load(), ToldLeads(leads), given)  # type: ignore[arg-type]
