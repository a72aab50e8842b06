"""Bind parts into one `Printed`: numbered, dated, with pages that count through; typeset in one go."""

from collections.abc import Mapping, Sequence

from db.values import Json
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas, language
from workbench.sheets.handed_out import HandedOut, HandedSheet
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Part, frame
from workbench.sheets.pack.registry import PARTS
from workbench.sheets.pdf import compiled
from workbench.sheets.printed import Printed, SheetKind

PACK_PDF = SheetKind("pack_pdf", (), "pack")


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


def bound(
    material: WeekMaterial,
    parts: Sequence[Part],
    handed_out: HandedOut,
    kind: SheetKind,
    name: str,
    *,
    purpose: str = "",
) -> Printed:
    """Parts as one PDF. `purpose`: for what telephones are on it in full, '' for masked ones."""
    numbered = [(part, _numbered(part, material, handed_out, "pdf")) for part in parts]
    papers = [
        {**part.paper, "part": part.template, "frame": frame(material.imprint, part.dated, handed)}
        for part, handed in numbered
    ]
    content = compiled(kind.template, {"lang": language(), "title": name, "parts": papers})
    handed = tuple(handed for _part, handed in numbered if handed.rows)
    return Printed(
        kind, content, name, max((part.people for part in parts), default=0), told_fields(kind, parts),
        facts(numbered, purpose), handed, notices(parts),
    )  # fmt: skip


def _numbered(part: Part, material: WeekMaterial, handed_out: HandedOut, form: str) -> HandedSheet:
    days = material.rules.whole("sheet.destroy_days")
    return handed_out.numbered(f"{part.code}_{form}", material.week, part.rows, days=days, date=part.date)


def told_fields(kind: SheetKind, parts: Sequence[Part]) -> tuple[str, ...]:
    """What the parts tell of customers beyond what their kind says."""
    return tuple(dict.fromkeys(one for part in parts for one in part.fields if one not in kind.fields))


def notices(parts: Sequence[Part]) -> tuple[str, ...]:
    """What the paper cannot show, each sentence once."""
    return tuple(dict.fromkeys(sentence for part in parts for sentence in part.unprinted))


def facts(numbered: Sequence[tuple[Part, HandedSheet]], purpose: str) -> Mapping[str, Json]:
    """What is registered of a pack: its parts, numbers, the day by which it is destroyed, why telephones are in full."""
    told: dict[str, Json] = {
        "parts": list(dict.fromkeys(part.code for part, _handed in numbered)),
        "numbers": [handed.number for _part, handed in numbered],
        "destroy_by": max((handed.destroy_by for _part, handed in numbered), default=""),
    }
    return told | {"full": True, "purpose": purpose} if purpose else told
