"""`ProductSheet`: what a branch says of a product, beside the figures of head office's list (domain 11.6, 13.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from workbench.base.dates import today
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.selling.kinds import lines_of, margins, models, name_of, regimes, roles, templates
from workbench.rules.parameters import Rules


class ProductSheetJson(TypedDict):
    """A product sheet for programs: money in yuan, rates as shares a year, days ISO. `listed` null: not on the list now."""

    code: str
    name: str
    template: str
    role: str
    role_name: str
    model: str
    model_name: str
    margin: str
    margin_name: str
    regime: str
    texts: dict[str, str]
    review: str
    due: bool
    listed: "ListedJson | None"


class ListedJson(TypedDict):
    """The figures of head office's list."""

    risk: int | None
    term_days: int | None
    entry: float | None
    benchmark: float | None
    quota: float | None
    until: str | None
    on_sale: bool
    as_of: str | None


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """A product of head office's list that has not matured. `entry`, `quota` in fen, `benchmark` as a share a year; `until`: the
    last day on which it can be bought; `as_of`: the date of the list; None: not told. `family`: the name of its family."""

    code: str
    name: str
    family: str
    regime: str
    risk: int | None
    term_days: int | None
    entry: int | None
    benchmark: float | None
    quota: int | None
    until: str | None
    as_of: str | None
    on_sale: bool

    def figures(self, rules: Rules) -> tuple[str, ...]:
        """What the list tells, in words, one figure each."""
        figures = [
            _("风险等级 R{risk}").format(risk=self.risk) if self.risk is not None else None,
            _("期限 {days} 天").format(days=self.term_days) if self.term_days else None,
            _("起购 {amount}元").format(amount=wan(self.entry)) if self.entry is not None else None,
            benchmark_words(self.regime, self.benchmark, self.as_of, rules) or None,
            _("额度 {amount}").format(amount=wan(self.quota)) if self.quota else None,
            _("{date} 前可买").format(date=self.until) if self.until and self.on_sale else None,
            None if self.on_sale else _("现在买不到"),
        ]
        return tuple(one for one in figures if one is not None)

    def as_json(self) -> ListedJson:
        """For programs."""
        return {
            "risk": self.risk, "term_days": self.term_days, "entry": None if self.entry is None else self.entry / 100,
            "benchmark": self.benchmark, "quota": None if self.quota is None else self.quota / 100, "until": self.until,
            "on_sale": self.on_sale, "as_of": self.as_of,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewSheet:
    """What a person writes on a sheet, as typed. `regime`: of a product that is on no list; `texts`: line -> words; `review`: a
    day (ISO), '' for the usual time from now."""

    code: str
    name: str
    template: str = "plain"
    role: str = ""
    model: str = ""
    margin: str = ""
    regime: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    review: str = ""


@dataclass(frozen=True, slots=True)
class ProductSheet:
    """A sheet of the book. `regime`: of the product on the list, else as written; `made`, `review`: days (ISO)."""

    id: int
    code: str
    name: str
    template: str
    role: str
    model: str
    margin: str
    regime: str
    texts: Mapping[str, str]
    review: str
    made: str
    listed: ListedProduct | None = None

    @property
    def due(self) -> bool:
        """Whether it is time to look at it again."""
        return self.review <= today().isoformat()

    @property
    def role_name(self) -> str:
        """Its role in the language in use."""
        return name_of(self.role, roles())

    @property
    def model_name(self) -> str:
        """The type of its model in the language in use."""
        return name_of(self.model, models())

    @property
    def margin_name(self) -> str:
        """The class of its margin in the language in use."""
        return name_of(self.margin, margins())

    @property
    def regime_name(self) -> str:
        """The kind of product that rules of sale know, in the language in use."""
        return name_of(self.regime, regimes())

    @property
    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """(code, name, words) of all lines that have any, in their order."""
        return tuple(
            (line.code, _(line.name), self.texts[line.code])
            for line in lines_of(self.template)
            if self.texts.get(line.code)
        )

    @property
    def about(self) -> str:
        """Kind, role, model and margin in one line."""
        return commas(
            (
                _(templates()[self.template].name),
                _("{role}产品").format(role=self.role_name),
                self.model_name,
                _("利润{margin}").format(margin=self.margin_name),
            )
        )

    def as_json(self) -> ProductSheetJson:
        """For programs."""
        return {
            "code": self.code, "name": self.name, "template": self.template, "role": self.role, "role_name": self.role_name,
            "model": self.model, "model_name": self.model_name, "margin": self.margin, "margin_name": self.margin_name,
            "regime": self.regime, "texts": dict(self.texts), "review": self.review, "due": self.due,
            "listed": self.listed.as_json() if self.listed else None,
        }  # fmt: skip


def benchmark_words(regime: str, benchmark: float | None, as_of: str | None, rules: Rules) -> str:
    """The rate of the list with its date, and that it is no promise where it is none; '' where none is told."""
    if benchmark is None:
        return ""
    kind = "deposit" if regime in ("deposit", "bond") else "other"
    words = rules.text(f"sheets.benchmark.{kind}")
    return words.format(rate=f"{benchmark:.2%}", date=as_of or _("日期未注明"))
