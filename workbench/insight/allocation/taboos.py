"""Eight portfolio taboos as checks (domain 8.2): hit, no or cannot tell, each with its figures and where they come from."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.base.percent import against
from workbench.insight.allocation.bands import CORE, SATELLITE, RiskPackage
from workbench.insight.allocation.gaps import BandGap
from workbench.insight.allocation.held import HeldLine
from workbench.insight.allocation.present import Present, columns_words
from workbench.people.labels import label
from workbench.rules.parameters import Rules

TABOOS = ("goal", "core", "satellite", "balance", "products", "fees", "exit", "peers")
TabooState = Literal["hit", "no", "unknown"]
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class TabooCheck:
    """One check: `sentence` with the figures, `source`: the list or log that it comes from, with its date."""

    code: str
    name: str
    state: TabooState
    sentence: str
    source: str

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "code": self.code,
            "name": self.name,
            "state": self.state,
            "reason": self.sentence,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Contacts:
    """What the contact log says of the last `taboo.goal_days`: how many contacts, the day (ISO) on which it was last noted what
    he needs or saves for, and the next day agreed, None for none."""

    count: int = 0
    need_on: str | None = None
    next_on: str | None = None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the checks look at. `listed`: whether the month has a list of holdings at all."""

    present: Present
    gaps: Sequence[BandGap]
    package: RiskPackage | None
    lines: Sequence[HeldLine]
    listed: bool
    contacts: Contacts


def taboos(portfolio: Portfolio, rules: Rules) -> tuple[TabooCheck, ...]:
    """All eight, in order."""
    checks = dict(_Checks(portfolio, rules).all())
    return tuple(checks[code] for code in TABOOS)


class _Checks:
    def __init__(self, portfolio: Portfolio, rules: Rules) -> None:
        self.of, self.rules = portfolio, rules

    def all(self) -> Iterator[tuple[str, TabooCheck]]:
        """Each check under its code."""
        for code in TABOOS:
            yield code, getattr(self, f"_{code}")()

    def _made(self, code: str, state: TabooState, sentence: str, source: str) -> TabooCheck:
        return TabooCheck(code, self.rules.text(f"taboo.{code}"), state, sentence, source)

    def _text(self, key: str, **figures: Any) -> str:
        return self.rules.text(f"taboo.{key}").format(**figures)

    def _measured(self, key: str, share: float, line: float) -> str:
        of, than = against(share, line)
        return self._text(key, share=of, line=than)

    @property
    def _lists(self) -> str:
        return _("客户清单与持有清单 {date}").format(date=self.of.present.as_of or "—")

    @property
    def _holdings(self) -> str:
        words = _("持有清单 {date},{n} 笔")
        return words.format(date=self.of.present.as_of or "—", n=len(self.of.lines))

    def _no_lines(self, code: str) -> TabooCheck:
        return self._made(code, "unknown", self._text("no_lines", column=label("product_name")), self._lists)

    def _goal(self) -> TabooCheck:
        contacts, days = self.of.contacts, self.rules.whole("taboo.goal_days")
        source = _("联系记录,近 {days} 天").format(days=days)
        if contacts.need_on is not None:
            return self._made("goal", "no", self._text("goal.no", date=contacts.need_on), source)
        if not contacts.count:
            return self._made("goal", "unknown", self._text("goal.unknown", days=days), source)
        return self._made("goal", "hit", self._text("goal.hit", days=days, n=contacts.count), source)

    def _nothing(self, code: str) -> TabooCheck:
        return self._made(code, "no", self._text("zero"), self._lists)

    def _core(self) -> TabooCheck:
        if self.of.present.empty:
            return self._nothing("core")
        package = self.of.package
        line = sum(package.ranges[band].low for band in CORE) if package else self.rules.number("taboo.core")
        shares = self.of.present.shares(*CORE)
        if shares is None or (shares[0] < line - _EPSILON and shares[1] >= line - _EPSILON):
            return self._untold("core", CORE)
        hit = shares[1] < line - _EPSILON
        share = shares[1] if hit else shares[0]
        words = self._measured("core.hit" if hit else "core.no", share, line)
        return self._made("core", "hit" if hit else "no", words, self._lists)

    def _satellite(self) -> TabooCheck:
        if self.of.present.empty:
            return self._nothing("satellite")
        package = self.of.package
        line = (
            sum(package.ranges[band].high for band in SATELLITE)
            if package
            else self.rules.number("taboo.satellite")
        )
        shares = self.of.present.shares(*SATELLITE)
        if shares is None or (shares[0] <= line + _EPSILON and shares[1] > line + _EPSILON):
            return self._untold("satellite", SATELLITE)
        hit = shares[0] > line + _EPSILON
        share = shares[0] if hit else shares[1]
        words = self._measured("satellite.hit" if hit else "satellite.no", share, line)
        return self._made("satellite", "hit" if hit else "no", words, self._lists)

    def _untold(self, code: str, bands: Sequence[str]) -> TabooCheck:
        columns = columns_words(self.of.present.columns(*bands) or (label("aum_balance"),))
        what = _("分不清各类占多少")
        return self._made(code, "unknown", self._text("no_shares", what=what, columns=columns), self._lists)

    def _balance(self) -> TabooCheck:
        if self.of.present.empty:
            return self._nothing("balance")
        points = f"{self.rules.number('alloc.outside') * 100:g}"
        if self.of.package is None:
            return self._made("balance", "unknown", self._text("balance.unknown"), self._lists)
        out = [one.name for one in self.of.gaps if one.outside]
        if out:
            words = self._text("balance.hit", bands=commas(out), points=points)
            return self._made("balance", "hit", words, self._lists)
        blind = [one.band for one in self.of.gaps if one.verdict == "unknown"]
        if blind:
            return self._untold("balance", blind)
        return self._made("balance", "no", self._text("balance.no", points=points), self._lists)

    def _products(self) -> TabooCheck:
        if not self.of.listed:
            return self._no_lines("products")
        n = len({one.code or one.name for one in self.of.lines})
        most = self.rules.whole("taboo.products")
        hit = n > most
        words = self._text("products.hit" if hit else "products.no", n=n, most=most)
        return self._made("products", "hit" if hit else "no", words, self._holdings)

    def _fees(self) -> TabooCheck:
        if not self.of.listed:
            return self._no_lines("fees")
        charged = [one for one in self.of.lines if one.group in ("wealth", "fund", "trust") and one.amount]
        every = sum(one.amount or 0 for one in charged)
        if not every:
            return self._made("fees", "no", self._text("fees.none"), self._holdings)
        rated = [(one.amount or 0, one.fee) for one in charged if one.fee is not None]
        known = sum(amount for amount, _fee in rated)
        if not known or known < every * self.rules.number("taboo.fee_known"):
            column = self.rules.words("taboo.fee_columns")[0]
            return self._made("fees", "unknown", self._text("fees.unknown", column=column), self._holdings)
        fee, line = sum(amount * share for amount, share in rated) / known, self.rules.number("taboo.fee")
        hit = fee > line + _EPSILON
        words = self._text(
            "fees.hit" if hit else "fees.no", amount=wan(known), fee=f"{fee:.2%}", line=f"{line:.2%}"
        )
        return self._made("fees", "hit" if hit else "no", words, self._holdings)

    def _exit(self) -> TabooCheck:
        if not self.of.listed:
            return self._no_lines("exit")
        risky = [one for one in self.of.lines if one.band in SATELLITE]
        if not risky:
            if any(not one.band for one in self.of.lines):
                return self._untold("exit", SATELLITE)
            return self._made("exit", "no", self._text("exit.none"), self._holdings)
        open_ = [one for one in risky if not one.exit_written and not one.matures]
        agreed = self.of.contacts.next_on
        if open_ and agreed is None:
            return self._made("exit", "hit", self._text("exit.hit", n=len(open_)), self._holdings)
        words = (
            self._text("exit.no", n=len(risky), date=agreed)
            if open_
            else self._text("exit.written", n=len(risky))
        )
        return self._made("exit", "no", words, self._holdings)

    def _peers(self) -> TabooCheck:
        if not self.of.listed:
            return self._no_lines("peers")
        kinds: dict[str, set[str]] = defaultdict(set)
        for one in self.of.lines:
            if one.group == "fund":
                text = f"{one.name} {one.category}"
                kind = next(
                    (word for word in self.rules.words("taboo.fund_types") if word in text), _("其他")
                )
                kinds[kind].add(one.code or one.name)
        most = self.rules.whole("taboo.peers")
        kind, n = max(
            ((kind, len(names)) for kind, names in kinds.items()), key=lambda one: one[1], default=("", 0)
        )
        hit = n >= most
        words = (
            self._text("peers.hit", kind=kind, n=n, most=most)
            if hit
            else self._text("peers.no", n=n, most=most)
        )
        return self._made("peers", "hit" if hit else "no", words, self._holdings)
