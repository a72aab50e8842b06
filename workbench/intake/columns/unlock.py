"""The unlock table: which features the columns of a sheet unlock, and which each missing one would (domain 16.1)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from workbench.base.i18n import _, commas
from workbench.base.unlocks_file import unlocks_file
from workbench.intake.catalogue.fields import AS_OF, CUSTOMER_NO, Field, FieldCatalogue, fits
from workbench.intake.report import ColumnMatch, Gap, Kind


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature that needs columns, by its shown name.

    `ready`: True, False (`missing` names the fewest fields that would do), or None when the columns are there but
    it also needs what no column tells (`also`: months of lists, contacts).
    """

    key: str
    name: str
    ready: bool | None
    missing: tuple[str, ...] = ()
    also: str = ""


@dataclass(frozen=True, slots=True)
class _Needs:
    key: str
    name: str
    kinds: frozenset[str]
    ways: tuple[frozenset[str], ...]
    also: str

    def nearest(self, reported: Collection[str]) -> frozenset[str]:
        """The fewest fields still missing; empty when one way is complete."""
        return min((way.difference(reported) for way in self.ways), key=len)


@cache
def _shipped() -> tuple[tuple[_Needs, ...], tuple[tuple[str, ...], ...]]:
    body = unlocks_file()
    needs = tuple(
        _Needs(
            key, raw["name"], frozenset(raw["kinds"]), tuple(map(frozenset, raw["ways"])), raw.get("also", "")
        )
        for key, raw in body["features"].items()
    )
    return needs, tuple(tuple(either) for either in body["minimum"])


@cache
def _asking() -> Mapping[str, Sequence[tuple[_Needs, Sequence[frozenset[str]]]]]:
    """Key of a field -> the features that ask for it, in the order of the table, each with the ways that do."""
    asking: dict[str, list[tuple[_Needs, Sequence[frozenset[str]]]]] = {}
    for needs in _shipped()[0]:
        for key in frozenset().union(*needs.ways):
            asking.setdefault(key, []).append((needs, [way for way in needs.ways if key in way]))
    return asking


def features(fields: Collection[str], catalogue: FieldCatalogue) -> tuple[Feature, ...]:
    """Every feature, and whether these fields (of all sheets together) unlock it."""
    return tuple(
        Feature(
            needs.key, _(needs.name), False if lacking else None if needs.also else True,
            tuple(_labels(lacking, catalogue)), _(needs.also),
        )
        for needs in _shipped()[0]
        for lacking in (needs.nearest(fields),)
    )  # fmt: skip


def monthly(field: Field) -> bool:
    """Whether a field is reported anew each month and missing when a list lacks it; attributes of a customer stay in
    the book."""
    return not field.columns or any(table != "customers" for table, _column in field.columns)


def darkened(reported: Collection[str], lost: Collection[str], catalogue: FieldCatalogue) -> list[str]:
    """Names of the features that work with the fields `reported` and no longer without those `lost`.

    Attributes of a customer that the book keeps from month to month (a phone number) do not count as lost.
    """
    gone = {key for key in lost if monthly(catalogue[key])}
    before = {*reported, AS_OF, CUSTOMER_NO}
    return [
        _(needs.name) for needs in _shipped()[0] if not needs.nearest(before) and needs.nearest(before - gone)
    ]


def gaps(
    matches: Sequence[ColumnMatch], kind: Kind, catalogue: FieldCatalogue, *, dated: bool = True
) -> tuple[Gap, ...]:
    """Fields that a sheet of this kind lacks and what each would unlock, the most needed first: minimum use, starred
    fields, then by the number of features.

    `dated`: the date is known, from a column or elsewhere. A similar column counts as lacking until it is
    confirmed. Features of other kinds of sheets are left out.
    """
    reported = {match.feeds for match in matches if match.feeds}
    if dated:
        reported.add(AS_OF)
    able = [key for key, field in catalogue.fields.items() if fits(field, kind)]
    least = _least(reported) if kind == "customers" else []
    ordered: list[tuple[tuple[int, bool, int, int], Gap]] = []
    for place, key in enumerate(able):
        if key in reported:
            continue
        field = catalogue[key]
        star = key in least or (field.star and kind == "customers")
        words = _unlocked(key, reported, kind, catalogue) or ([_(field.unlock)] if field.unlock else [])
        if key in least:
            words.insert(0, _("最低使用要求"))
        if not words and not star:
            continue
        order = (least.index(key) if key in least else len(least), not star, -len(words), place)
        ordered.append((order, Gap(key, field.shown(), commas(words), star)))
    return tuple(gap for _order, gap in sorted(ordered, key=lambda one: one[0]))


def _least(reported: Collection[str]) -> list[str]:
    """Fields that minimum use still needs, in its order; of two that would do the first."""
    return [either[0] for either in _shipped()[1] if not set(either) & set(reported)]


def _unlocked(key: str, reported: Collection[str], kind: Kind, catalogue: FieldCatalogue) -> list[str]:
    """Names of the features that a field would unlock, each with the other fields it still needs."""
    words = []
    for needs, ways in _asking().get(key, ()):
        if kind not in needs.kinds or not needs.nearest(reported):
            continue
        besides = min((way.difference(reported, {key}) for way in ways), key=len)
        others = _labels(besides, catalogue)
        name = _(needs.name)
        words.append(
            _("{feature}(还需{columns})").format(feature=name, columns=commas(others)) if others else name
        )
    return words


def _labels(fields: Collection[str], catalogue: FieldCatalogue) -> list[str]:
    """Labels of fields, in catalogue order."""
    return [catalogue[key].shown() for key in sorted(fields, key=list(catalogue.fields).index)]
