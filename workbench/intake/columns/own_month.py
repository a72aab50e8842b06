"""Settles which headings name the sheet's own month once its date is known, or another one."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.columns.mapping import Memory, match_columns
from workbench.intake.report import ColumnMatch, Kind
from workbench.rules.parameters import Rules


def of_date(
    matches: Sequence[ColumnMatch], as_of: str, kind: Kind, catalogue: FieldCatalogue, rules: Rules
) -> list[ColumnMatch]:
    """The matches of a sheet whose date (ISO) has just become known or changed.

    Only columns whose heading names a month, and that no person has decided on, are read again; a field that another
    column feeds stays with it.
    """
    dated = [
        match
        for match in matches
        if match.how in ("exact", "normalised", "asked", "unknown")
        and match.why in ("", "reason")
        and catalogue.months_in(match.header, kind)
    ]
    if not dated:
        return list(matches)
    places = {match.index for match in dated}
    fed = {match.feeds for match in matches if match.index not in places} - {None}
    again = match_columns(
        [match.header for match in dated], kind, catalogue, rules, memory=Memory(as_of=as_of)
    )
    fresh = {
        match.index: one if one.field not in fed else replace(one, field=None, how="unknown", score=0.0)
        for match, one in zip(dated, again, strict=True)
    }
    feeds = {one.feeds for one in fresh.values()} - {None}
    settled: list[ColumnMatch] = []
    for match in matches:
        if (one := fresh.get(match.index)) is not None:
            match = replace(
                match, field=one.field, how=one.how, score=one.score, why=one.why, reason=one.reason
            )
        elif match.open and match.field in feeds:
            match = replace(match, field=None, how="unknown", score=0.0, why="", reason="")
        settled.append(match)
    return settled
