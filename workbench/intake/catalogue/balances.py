"""Headings of balances, which are composed of a product's word and a measure's: 存款 + 月日均, 本月 + AUM + 日均, DEP_BAL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from workbench.base.fields_file import fields_file
from workbench.intake.catalogue.plain import plain_form


@dataclass(frozen=True, slots=True)
class BalanceHeadings:
    """The words of products and measures in plain form -> product and measure."""

    words: Mapping[str, str]
    measures: Mapping[str, str]
    around: tuple[tuple[str, str, str], ...]
    codes: Mapping[str, str]
    #: product -> endings that mean something else after its word
    without: Mapping[str, tuple[str, ...]]
    longest: int

    @property
    def pieces(self) -> Iterator[str]:
        """Every word and every code."""
        yield from self.words
        yield from self.codes

    def of(self, plain: str) -> str | None:
        """The key of the balance field that a plain form is composed for; None when it is no such heading."""
        if code := self.codes.get(plain):
            return code
        if len(plain) > self.longest:
            return None
        return self._one_after_the_other(plain) or self._one_around_the_other(plain)

    def _one_after_the_other(self, plain: str) -> str | None:
        """存款月日均, 月日均存款; a word alone is a time point."""
        for at in range(1, len(plain) + 1):
            first, last = plain[:at], plain[at:]
            product, way = self.words.get(first), self.measures.get(last)
            if product is None or way is None:
                product, way = self.words.get(last), self.measures.get(first)
            if product is not None and way is not None and not plain.endswith(self.without[product]):
                return f"{product}_{way}"
        return None

    def _one_around_the_other(self, plain: str) -> str | None:
        """本月存款日均."""
        for before, after, way in self.around:
            if plain.endswith(after) and plain.startswith(before):
                product = self.words.get(plain[len(before) : len(plain) - len(after)])
                if product is not None:
                    return f"{product}_{way}"
        return None

    @classmethod
    @cache
    def shipped(cls) -> "BalanceHeadings":
        """Those of fields.toml."""
        body = fields_file()
        words: dict[str, str] = {}
        codes: dict[str, str] = {}
        without: dict[str, tuple[str, ...]] = {}
        for product, entry in body["balances"].items():
            words |= {plain_form(word): product for word in (*entry["words"], *entry.get("also", ()))}
            without[product] = tuple(entry.get("without", ()))
            for way, measure in body["measures"].items():
                for code in entry.get("codes", ()):
                    codes |= {
                        plain_form(form.format(code)): f"{product}_{way}" for form in measure.get("codes", ())
                    }
        measures: dict[str, str] = {}
        around: list[tuple[str, str, str]] = []
        for way, measure in body["measures"].items():
            measures |= {plain_form(word): way for word in (*measure["suffixes"], *measure.get("more", ()))}
            for pair in measure.get("around", ()):
                before, after = pair.split("|")
                around.append((plain_form(before), plain_form(after), way))
        longest = max(map(len, words)) + max(map(len, measures))
        return cls(words, measures, tuple(around), codes, without, longest)
