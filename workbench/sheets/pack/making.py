"""Bind parts into one `Printed`: numbered, dated, with pages that count through; typeset in one go."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.values import Json
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas, language
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint
from workbench.sheets.handed_out import HandedOut
from workbench.sheets.pack.coded import coded
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Part, frame
from workbench.sheets.pack.registry import PARTS
from workbench.sheets.pack.worksheets import workbook
from workbench.sheets.printed import Printed, SheetKind

PACK_PDF = SheetKind("pack_pdf", (), "pack")
PACK_XLSX = SheetKind("pack_xlsx", ())


@dataclass(frozen=True, slots=True)
class Binding:
    """How sheets are bound: who prints, who numbers them, for which week, by which rules (when they are destroyed).
    `purpose`: for what telephones are on them in full, '' for masked ones; `mark` of the book (see `book_mark`)."""

    imprint: Imprint
    handed_out: HandedOut
    week: str
    rules: Rules
    mark: str
    purpose: str = ""

    def pdf(self, kind: SheetKind, name: str, parts: Sequence[Part]) -> Printed:
        """Parts as one PDF, each on pages of its own."""
        numbered = self._numbered(parts, "pdf")
        papers = [
            {**part.paper, "part": part.template, "frame": frame(self.imprint, part.dated, handed, place)}
            for place, (part, handed) in enumerate(numbered)
        ]
        content, pages = coded(
            kind.template, {"lang": language(), "title": name, "parts": papers}, self.mark,
            [handed for _part, handed in numbered],
        )  # fmt: skip
        placed = [
            (part, replace(handed, pages=made)) for (part, handed), made in zip(numbered, pages, strict=True)
        ]
        return self._printed(kind, name, content, placed)

    def xlsx(self, kind: SheetKind, name: str, parts: Sequence[Part]) -> Printed:
        """Parts as one workbook, each on worksheets of its own."""
        numbered = self._numbered(parts, "xlsx")
        return self._printed(kind, name, workbook(numbered, self.imprint, self.mark, self.rules), numbered)

    def _numbered(self, parts: Sequence[Part], form: str) -> list[tuple[Part, HandedSheet]]:
        return [
            (
                part,
                self.handed_out.numbered(
                    f"{part.code}_{form}", self.week, part.rows, days=self._kept(part), date=part.date
                ),
            )
            for part in parts
        ]

    def _kept(self, part: Part) -> int:
        """How many days a sheet may be kept: so many after the last one on which it is worked with."""
        days = self.rules.whole("sheet.destroy_days")
        ahead = (dt.date.fromisoformat(part.until) - today()).days if part.until else 0
        return days + max(ahead, 0)

    def _printed(
        self, kind: SheetKind, name: str, content: bytes, numbered: Sequence[tuple[Part, HandedSheet]]
    ) -> Printed:
        parts = [part for part, _handed in numbered]
        fields = dict.fromkeys(one for part in parts for one in part.fields if one not in kind.fields)
        handed = tuple(handed for _part, handed in numbered if handed.rows)
        notices = dict.fromkeys(sentence for part in parts for sentence in part.unprinted)
        people = max((part.people for part in parts), default=0)
        return Printed(
            kind, content, name, people, tuple(fields), self._facts(numbered), handed, tuple(notices)
        )

    def _facts(self, numbered: Sequence[tuple[Part, HandedSheet]]) -> Mapping[str, Json]:
        """What is registered beside the fields: parts, numbers, the day by which it is destroyed, why telephones are in
        full."""
        record: dict[str, Json] = {
            "parts": list(dict.fromkeys(part.code for part, _handed in numbered)),
            "numbers": [handed.number for _part, handed in numbered],
            "destroy_by": max((handed.destroy_by for _part, handed in numbered), default=""),
        }
        return record | {"full": True, "purpose": self.purpose} if self.purpose else record


def chosen_parts(codes: Sequence[str]) -> tuple[str, ...]:
    """Codes of parts in the order in which they are bound; none given: the usual ones. Raises WorkbenchError no_such_part."""
    known = {kind.code: kind.name for kind in PARTS}
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise WorkbenchError(
            "no_such_part",
            _("材料里没有「{part}」这一份。").format(part=unknown[0]),
            _("可以选:{parts}。").format(parts=commas(f"{code}({name})" for code, name in known.items())),
        )
    return tuple(kind.code for kind in PARTS if (kind.code in codes if codes else kind.usual))


def parts_of(material: WeekMaterial, codes: Sequence[str]) -> tuple[Part, ...]:
    """The sheets of the parts that were chosen. Raises WorkbenchError no_such_part."""
    wanted = chosen_parts(codes)
    return tuple(part for kind in PARTS if kind.code in wanted for part in kind.make(material))
