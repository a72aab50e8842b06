"""Decides what a sheet holds and which field each of its columns feeds."""

from collections.abc import Sequence

from workbench.intake.fields import CUSTOMER_NO, Catalogue, Field, heading
from workbench.intake.header import Layout
from workbench.intake.reader import RawSheet
from workbench.intake.report import ColumnMatch, How, Kind
from workbench.intake.values import shown
from workbench.rules import Rules

_PRODUCT = {"product_code", "product_name"}
_LINE = {*_PRODUCT, "amount", "units", "cost", "profit", "nav", "maturity_date"}


def kind_of(sheet: RawSheet, layout: Layout, catalogue: Catalogue, rules: Rules) -> Kind:
    """What the sheet holds, by its headings; a list of lines is a maturity list when its name or title says so."""

    def keys(kind: Kind) -> set[str]:
        found = (catalogue.find(name, kind) for name in layout.names if name)
        return {match[0].key for match in found if match}

    customers, lines = keys("customers"), keys("holdings")
    numbered = CUSTOMER_NO in customers or any(
        match.field == CUSTOMER_NO for match in match_columns(layout.names, "customers", catalogue, rules)
    )
    if not numbered:
        return "products" if "product_code" in lines else "none"
    if len(lines & _LINE) >= 2 and len(lines) >= len(customers):
        said = " ".join((sheet.name, *layout.above))
        maturing = any(word in said for word in rules.words("intake.maturity_words"))
        return "maturities" if maturing and "maturity_date" in lines else "holdings"
    return "customers"


def match_columns(
    names: Sequence[str],
    kind: Kind,
    catalogue: Catalogue,
    rules: Rules,
    sheet: RawSheet | None = None,
    below: int = 0,
) -> list[ColumnMatch]:
    """One match per named column. The surest claim on a field wins; later ones stay unknown."""
    telling = frozenset(rules.words("intake.telling_characters"))
    ambiguous = frozenset(heading(word).plain for word in rules.words("intake.ambiguous_headings"))
    secret = tuple(word.upper() for word in rules.words("intake.secret_headings"))
    least = rules.number("intake.similar_score")
    found: list[tuple[int, Field | None, How, float]] = []
    for index, name in enumerate(names):
        plain = heading(name).plain
        if any(word in plain for word in secret):
            found.append((index, None, "refused", 0.0))
        elif sure := catalogue.find(name, kind) if name else None:
            found.append((index, sure[0], "exact" if sure[1] == "exact" else "normalised", 100.0))
        elif (
            name
            and plain not in ambiguous
            and (near := catalogue.alike(name, kind, least=least, telling=telling))
        ):
            found.append((index, near[0], "similar", near[1]))
        else:
            found.append((index, None, "unknown", 0.0))
    winners: dict[str, int] = {}
    rank = {"exact": 0, "normalised": 1, "similar": 2}
    for index, field, how, score in sorted(found, key=lambda item: (rank.get(item[2], 9), -item[3], item[0])):
        if field is not None:
            winners.setdefault(field.key, index)
        del how, score
    return [
        ColumnMatch(
            index, names[index],
            field.key if field is not None and winners[field.key] == index else None,
            how if field is None or winners[field.key] == index else "unknown",
            score if field is None or winners[field.key] == index else 0.0,
            heading(names[index]).unit or "", samples(sheet, index, below),
        )
        for index, field, how, score in found
    ]  # fmt: skip


def samples(sheet: RawSheet | None, index: int, below: int) -> tuple[str, ...]:
    """Three cells under the header as found."""
    if sheet is None:
        return ()
    return tuple(shown(cell) for cell in sheet.columns[index][below : below + 3])


def claimed_twice(matches: Sequence[ColumnMatch], kind: Kind, catalogue: Catalogue) -> list[ColumnMatch]:
    """Columns whose heading names a field that another column already feeds."""
    return [
        match for match in matches
        if match.field is None and match.how == "unknown" and match.header and catalogue.find(match.header, kind)
    ]  # fmt: skip
