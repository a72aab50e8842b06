"""七类临界客户周清单 (domain 4.8): masked, dated, the earliest clock first."""

from collections.abc import Callable

from workbench.base.i18n import _, semicolons
from workbench.outreach.critical.entry import CriticalEntry, CriticalQueue
from workbench.outreach.results.handed_sheet import SheetRow
from workbench.people.privacy import Cover, print_name, tail
from workbench.sheets.content import typeset, weekday
from workbench.sheets.pack.calls import result_digits
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, heading, noticed
from workbench.sheets.papers import CriticalLine, CriticalPaper
from workbench.sheets.printed import SheetKind

FIELDS = ("name_masked", "customer_no_tail", "tier", "aum", "reason")
CRITICAL_PDF = SheetKind("critical_pdf", FIELDS, "pack")
CRITICAL_XLSX = SheetKind("critical_xlsx", FIELDS)


def critical(material: WeekMaterial) -> tuple[Part, ...]:
    """The list as a part of the pack."""
    return (critical_part(material.critical),)


def critical_part(queue: CriticalQueue) -> Part:
    """The list of a week, for paper and worksheet alike."""
    content = critical_content(queue)
    unprinted = noticed([(one.name, one.customer_no) for one in queue.paper])
    paper = {**content, "warnings": [*content["warnings"], *unprinted]}
    rows = tuple(SheetRow(number, one.customer_no) for number, one in enumerate(queue.paper, 1))
    return Part(
        "critical", "critical", content["title"], paper, FIELDS, len(rows), queue.as_of, rows,
        grids=(_grid(content),), unprinted=unprinted,
    )  # fmt: skip


def critical_name(queue: CriticalQueue) -> str:
    """The proposed file name, without an ending."""
    return _("七类临界客户 {week}").format(week=queue.week)


def critical_content(queue: CriticalQueue) -> CriticalPaper:
    """The list as plain values."""
    cover = Cover((entry.name, entry.customer_no) for entry in queue.paper)

    def clean(text: str) -> str:
        """A text masked and typeset."""
        return typeset(cover(" ".join(text.split())))

    digits = result_digits()
    left = len(queue.entries) - len(queue.paper)
    notes = [*queue.remarks, *queue.blind]
    if left:
        words = _("另有 {n} 户没有印出(每类只印期限最早的几户),请在「临界」页看。")
        notes.insert(0, words.format(n=f"{left:,}"))
    return {
        **heading(_("七类临界客户周清单"), queue.week),
        "about": [
            clean(_("网点:{name}").format(name=queue.branch or "—")),
            clean(_("客户经理:{name}").format(name=queue.manager or "—")),
        ],
        "counts": _counts(queue),
        "warnings": list(filter(None, [clean(queue.fresh.sentence)])),
        "heads": [_("号"), _("期限"), _("客户"), _("临界"), _("为什么"), _("怎么做"), _("结果")],
        "codes": [digit for digit, _name in digits],
        "legend": ["  ".join(f"{digit} {name}" for digit, name in digits)] if queue.paper else [],
        "rows": [_line(number, one, queue.week[:4], clean) for number, one in enumerate(queue.paper, 1)],
        "nobody": typeset(_("本周没有临界客户。")),
        "notes": [clean(note) for note in notes],
    }


def _counts(queue: CriticalQueue) -> str:
    """How many there are, how many of them the paper has, and how many are in each class."""
    if not queue.entries:
        return ""
    classes = " · ".join(f"{queue.words[code]} {n:,}" for code, n in queue.counts.items() if n)
    words = _("共 {n} 户,本表印 {m} 户:{classes}")
    return typeset(words.format(n=f"{len(queue.entries):,}", m=len(queue.paper), classes=classes))


def _line(number: int, entry: CriticalEntry, year: str, clean: Callable[[str], str]) -> CriticalLine:
    first = entry.first
    others = [one.aside for one in entry.reasons[1:]]
    return {
        "number": str(number),
        "due": first.clock.removeprefix(f"{year}-"),
        "weekday": weekday(first.clock) if first.clock else "",
        "customer": f"{print_name(entry.name)} {tail(entry.customer_no)}".strip(),
        "tier": entry.tier_word,
        "word": first.word,
        "amount": typeset(first.amount),
        "sentence": clean(first.sentence),
        "others": [clean(_("另:{what}").format(what=text)) for text in others],
        "action": clean(first.action),
        "dont": clean(_("注意:{what}").format(what=semicolons(entry.dont))) if entry.dont else "",
    }


def _grid(content: CriticalPaper) -> Grid:
    """The same rows as a worksheet, landscape."""
    number, due, customer, word, why, action, result = content["heads"]
    rows = [
        [
            row["number"], f"{row['due']} {row['weekday']}".strip(), row["customer"], row["tier"], row["word"],
            row["amount"], "\n".join([row["sentence"], *row["others"]]), row["action"], row["dont"], "",
        ]
        for row in content["rows"]
    ]  # fmt: skip
    return Grid(
        _("临界"), f"{content['title']}  {content['week']}  {content['span']}",
        [*content["about"], content["counts"], *content["warnings"]],
        [number, due, customer, _("层级"), word, _("金额"), why, action, _("不能做"), result],
        (5, 11, 14, 9, 14, 16, 52, 36, 30, 16), rows or [[content["nobody"]]], result=10 if rows else 0,
        notes=content["notes"], landscape=True,
    )  # fmt: skip
