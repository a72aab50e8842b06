"""What `Maturities` answers: maturing money by week and product, where matured money went, and the customers behind each
figure."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

#: what became of matured money: in the same product, in another one, on the account and not placed, gone, not to be told
Whereabout: TypeAlias = Literal["kept", "moved", "idle", "left", "unknown"]
WHEREABOUTS: tuple[Whereabout, ...] = ("kept", "moved", "idle", "left", "unknown")


@dataclass(frozen=True, slots=True)
class MaturingLine:
    """Money of one customer in one product family that matures, or matured, on a day (ISO); `fen` None where no list says how
    much; `family`: code, '' where it cannot be told, `product` its name. `parts`: fen by WHEREABOUTS, of matured money."""

    customer_id: int
    customer_no: str
    name: str
    date: str
    family: str
    product: str
    fen: int | None
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MaturingCell:
    """What matures of a family in an ISO week 'YYYY-Www', which begins on `monday` (ISO): `customers`, `fen` of the lines that
    tell an amount, `untold`: lines without one."""

    week: str
    monday: str
    family: str
    product: str
    customers: int
    fen: int
    untold: int = 0


@dataclass(frozen=True, slots=True)
class MaturityWaves:
    """The maturing money of a year by the newest lists, as of `as_of` (ISO; None: no list). `products`: (code, name) of the
    families that mature, in the order of the shelf; `cells` by week, then family; `notes`: sentences to be read first."""

    year: int
    as_of: str | None
    products: tuple[tuple[str, str], ...] = ()
    cells: tuple[MaturingCell, ...] = ()
    customers: int = 0
    fen: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MaturedPart:
    """What became of money of a family that matured in a month 'YYYY-MM': `fen`, and of how many customers."""

    month: str
    family: str
    product: str
    became: Whereabout
    customers: int
    fen: int


@dataclass(frozen=True, slots=True)
class MaturedMoney:
    """Where the money went that matured in the last months, by data of `as_of` (ISO; None: no list). `names`: of WHEREABOUTS;
    `fen`: all that matured; `parts` by month, family and what became of it, without empty ones."""

    as_of: str | None
    names: tuple[tuple[Whereabout, str], ...]
    months: tuple[str, ...] = ()
    parts: tuple[MaturedPart, ...] = ()
    fen: int = 0
    notes: tuple[str, ...] = ()

    def total(self, became: Whereabout, month: str | None = None) -> int:
        """Fen of one kind, in one month or in all."""
        return sum(one.fen for one in self.parts if one.became == became and month in (None, one.month))
