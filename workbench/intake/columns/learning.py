"""What a sheet that was read teaches: the dialect for the next month, and a name for a new one."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.intake.catalogue.fields import heading
from workbench.intake.catalogue.meanings import unit_of
from workbench.intake.columns.dialects import APART, Dialect, HeadingChoice
from workbench.intake.columns.heading_keys import VALUE, header_cells, keys
from workbench.intake.form.layout import Layout
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import ColumnMatch, Kind
from workbench.rules.parameters import Rules

_TITLE_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-/._年]\s*\d{1,2}\s*(?:[-/._月]\s*\d{1,2}\s*日?|月)?|(?:19|20)\d{4}(?:\d\d)?(?:\d{6})?"
    r"|(?:19|20)\d\d\s*年?\s*(?:第?[一二三四1-4]季度|[上下]半年|年?度)?|\d{1,2}月(?:份|末|底)?"
)
_EDGES = " \t-_—·.、,:;()[]【】《》<>/|第期年版"
_NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a review knows of a sheet beside its columns.

    `name` is for a new dialect; `unit` is '' unless the sheet or a person named one; `before` is the dialect that the
    sheet was recognised by; `answered` what a person has just settled: code of
    the question -> its subjects.
    """

    name: str
    unit: str = ""
    date_from: str = ""
    totals: bool = False
    #: whether a person pointed at the header, or chose the kind
    pointed: bool = False
    kind_chosen: bool = False
    before: Dialect | None = None
    answered: Mapping[str, Collection[str]] = field(default_factory=dict)


def noted(
    sheet: RawSheet, layout: Layout, kind: Kind, matches: Sequence[ColumnMatch], facts: SheetFacts
) -> Dialect:
    """The dialect by which a sheet was read, laid over `facts.before`; `layout.names` as given to `match_columns`.

    A column that a question about it left without a field is kept apart from now on.
    A sheet of refused rows, which carries columns of our own, teaches nothing.
    """
    before = facts.before
    remembered = before.columns if before else {}
    by_index = dict(enumerate(keys(layout.names)))
    apart = {key for code in APART for key in facts.answered.get(code, ())}
    choices: dict[str, HeadingChoice] = {}
    headings: set[str] = set(filter(None, by_index.values()))
    for match in matches:
        key = by_index[match.index]
        if match.how == "ignored" and not remembered.get(key, HeadingChoice()).ignored:
            if before is not None:
                return before
            headings.discard(key)
        elif key and (choice := _choice(match)):
            choices[key] = choice
        elif key in apart and match.how != "refused":
            choices[key] = HeadingChoice()
    fed = {target for choice in choices.values() for target in (choice.field, choice.custom) if target}
    kept = {
        key: choice
        for key, choice in remembered.items()
        if key not in headings and not {choice.field, choice.custom} & fed
    }
    names = tuple(sorted(header_cells(sheet, layout.header, layout.depth))) if facts.pointed else ()
    return Dialect(
        before.name if before else facts.name, kind, frozenset(headings), dict(sorted({**kept, **choices}.items())),
        facts.unit or (before.unit if before else ""), sheet.shown_row(layout.header), layout.depth,
        names or (before.header_names if before else ()), facts.date_from, facts.totals,
        facts.kind_chosen or bool(before and before.kind_chosen and before.kind == kind),
        _settled(before.answered if before else {}, facts.answered, fed),
    )  # fmt: skip


def _settled(
    before: Mapping[str, Collection[str]], now: Mapping[str, Collection[str]], fed: Collection[str]
) -> dict[str, frozenset[str]]:
    """What was settled before and now; a field that a column feeds again is open again."""
    codes = sorted({*before, *now})
    settled = {code: frozenset({*before.get(code, ()), *now.get(code, ())}.difference(fed)) for code in codes}
    return {code: subjects for code, subjects in settled.items() if subjects}


def _choice(match: ColumnMatch) -> HeadingChoice | None:
    """What to remember of a column; None where nobody and nothing decided."""
    if match.how == "ignored":
        return HeadingChoice(ignored=True)
    if match.custom is not None:
        return HeadingChoice(custom=match.custom)
    if match.open or match.how in ("unknown", "refused"):
        return None
    # a unit that the heading itself names is named anew each month
    unit = "" if unit_of(match.header) else match.unit
    return HeadingChoice(match.field, unit) if match.field else HeadingChoice()


def name_for(above: Sequence[str], sheet: str, stem: str, taken: Collection[str], rules: Rules) -> str:
    """A name for a new dialect from the sheet's title, else its name, else the file's `stem`; without dates, none of
    `taken`."""
    generic = {heading(word).plain for word in rules.words("intake.generic_names")}
    dated = rules.words("intake.date_words")
    titles = [line.split("  ")[0] for line in above[:3] if not any(word in line for word in dated)]
    for source in (*titles, sheet, stem):
        name = _undated(source)
        if len(name) > 1 and re.sub(r"\d+$", "", heading(name).plain) not in generic:
            break
    else:
        name = _undated(stem) or stem
    number, unique = 1, name
    while unique in taken:
        number += 1
        unique = f"{name}({number})"
    return unique


def _undated(text: str) -> str:
    plain = _TITLE_DATE.sub(" ", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"\(\s*(?:\d*|单位\s*:?.*?)\s*\)|\[\s*\]|单位\s*:.*$", " ", plain)
    return "" if VALUE.search(plain) else " ".join(plain.split()).strip(_EDGES)[:_NAME_LENGTH]
