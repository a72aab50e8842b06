"""The monthly workbooks as head office would send them: title, note, header, rows, total."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any, TypedDict

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from workbench.sample import cells
from workbench.sample.lives import CustomerMonth
from workbench.sample.material import Row, SampleColumn, columns, material, products
from workbench.sample.months import Month


class Variant(TypedDict, total=False):
    """How one sheet words and writes what it tells: an entry of sheets.toml."""

    title: str
    note: str
    unit_note: str
    #: 'yuan', or 万元 told by the 'note' or by each 'header'
    unit: str
    dates: str
    flags: str
    sexes: str
    blank_date: str
    blank_text: str
    shuffled: bool
    #: fields with separators, under their second heading, beside the usual ones, and left out
    text_money: list[str]
    second_headers: list[str]
    extra: list[str]
    without: list[str]


PLAIN: Variant = {"dates": "dash", "flags": "yes", "sexes": "word", "unit": "yuan"}
UNIT_NOTE_COLUMN = 9


def write_month(
    folder: Path,
    seed: int,
    months: tuple[Month, ...],
    index: int,
    lives: Sequence[Sequence[CustomerMonth | None]],
) -> Path:
    """Write the workbook of the month at `index` and answer its path. Raises OSError."""
    month = months[index]
    variants: list[Variant] = material("sheets")["variant"]
    variant = variants[(len(months) - 1 - index) % len(variants)]
    workbook = Workbook(write_only=True)
    listed = [life[index] for life in lives]
    present = [c for c in listed if c is not None]
    _customer_sheet(workbook, Random(f"{seed}:{month.key}"), month, variant, [c.row for c in present])
    _plain_sheet(workbook, "holdings", month, _holding_rows(present))
    if index == len(months) - 1:
        _plain_sheet(workbook, "products", month, _product_rows(month))
        _plain_sheet(workbook, "maturities", month, _maturity_rows(lives, month))
    path = folder / str(material("sheets")["file_name"]).format(year=month.year, month=month.number)
    workbook.save(path)
    return path


def _customer_sheet(
    workbook: Workbook, rng: Random, month: Month, variant: Variant, rows: Sequence[Row]
) -> None:
    extra, without = variant.get("extra", ()), variant.get("without", ())
    shown = [
        c
        for c in columns("customers")
        if (c.field in extra or not c.only_on_request) and c.field not in without
    ]
    if variant.get("shuffled"):
        rest = shown[2:]
        rng.shuffle(rest)
        shown = shown[:2] + rest
    headers = [_header(column, variant) for column in shown]
    sheet = _begin(workbook, str(material("sheets")["customers"]["sheet"]), variant, month, shown, headers)
    _body(sheet, variant, shown, rows)
    sheet.append(_total_row(variant, shown, rows))


def _plain_sheet(workbook: Workbook, name: str, month: Month, rows: Iterable[Row]) -> None:
    rules = material("sheets")[name]
    shown = columns(name)
    sheet = _begin(workbook, str(rules["sheet"]), rules, month, shown, [c.headers[0] for c in shown])
    _body(sheet, PLAIN, shown, rows)


def _begin(
    workbook: Workbook,
    name: str,
    wording: Variant,
    month: Month,
    shown: Sequence[SampleColumn],
    headers: Sequence[str],
) -> WriteOnlyWorksheet:
    """A new sheet with its title row, note row and header row."""
    sheet = workbook.create_sheet(name)
    sheet.freeze_panes = "C4" if name == material("sheets")["customers"]["sheet"] else "A4"
    for number, column in enumerate(shown, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    places = material("places")
    words = {
        "bank": places["bank"],
        "branch": places["branch"],
        "year": month.year,
        "month": month.number,
        "date": f"{month.year}年{month.number:02d}月{month.last.day:02d}日",
    }
    sheet.append([_bold(sheet, wording["title"].format(**words), 14)])
    note: list[str | None] = [wording["note"].format(**words)]
    if "unit_note" in wording:
        note += [None] * (UNIT_NOTE_COLUMN - 2) + [wording["unit_note"]]
    sheet.append(note)
    sheet.append([_bold(sheet, header, 11) for header in headers])
    return sheet


def _bold(sheet: WriteOnlyWorksheet, text: str, size: int) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True, size=size)
    return cell


def _header(column: SampleColumn, variant: Variant) -> str:
    second = column.field in variant.get("second_headers", ())
    header = column.headers[1 if second else 0]
    return f"{header}(万元)" if column.scaled and variant["unit"] == "header" else header


def _writer(column: SampleColumn, variant: Variant) -> Callable[[Any], cells.Cell]:
    if column.kind == "date":
        return cells.date_cell(variant["dates"], variant.get("blank_date"))
    if column.kind == "flag":
        return cells.flag_cell(variant["flags"])
    if column.kind == "sex":
        return cells.sex_cell(variant["sexes"])
    if column.kind == "yuan":
        in_wan = variant["unit"] == "note" or (variant["unit"] == "header" and column.scaled)
        return cells.money_cell(in_wan, column.field in variant.get("text_money", ()))
    if column.kind == "text":
        return cells.text_cell(variant.get("blank_text"))
    return cells.percent_cell if column.kind == "percent" else cells.same_cell


def _body(
    sheet: WriteOnlyWorksheet, variant: Variant, shown: Sequence[SampleColumn], rows: Iterable[Row]
) -> None:
    writers = [(column.field, _writer(column, variant)) for column in shown]
    for row in rows:
        sheet.append([write(row[field]) for field, write in writers])


def _total_row(variant: Variant, shown: Sequence[SampleColumn], rows: Sequence[Row]) -> list[cells.Cell]:
    """合计, the number of customers, and under every amount its sum."""
    words = material("sheets")
    total: list[cells.Cell] = [words["total_label"], words["total_count"].format(count=len(rows))]
    for column in shown[2:]:
        if column.kind == "yuan":
            total.append(_writer(column, variant)(sum(row[column.field] for row in rows)))
        else:
            total.append(None)
    return total


def _holding_rows(customers: Iterable[CustomerMonth]) -> Iterable[Row]:
    for customer in customers:
        for line in customer.holdings:
            product = line.product
            yield {
                "customer_no": customer.row["customer_no"],
                "product_code": product.code,
                "product_name": product.name,
                "category": product.category,
                "amount": line.amount,
                "cost": line.cost,
                "nav": line.nav,
                "profit": line.amount - line.cost if product.priced else None,
                "product_risk": product.risk,
                "maturity_date": line.matures,
            }


def _product_rows(month: Month) -> Iterable[Row]:
    for product in products():
        start = None if product.starts_in is None else month.last + dt.timedelta(days=product.starts_in)
        yield {
            "product_code": product.code,
            "product_name": product.name,
            "category": product.category,
            "product_risk": product.risk,
            "term_days": product.term_days or None,
            "min_amount": product.min_amount,
            "benchmark": product.benchmark,
            "start_date": start,
            "maturity_date": None if start is None else start + dt.timedelta(days=product.term_days),
        }


def _maturity_rows(lives: Iterable[Sequence[CustomerMonth | None]], month: Month) -> Iterable[Row]:
    """What matured in the last days and what matures in the next, by customer and date."""
    rules = material("sheets")["maturities"]
    since = month.last - dt.timedelta(days=rules["past_days"])
    until = month.last + dt.timedelta(days=rules["next_days"])
    for life in lives:
        final = life[-1]
        if final is None:
            continue
        past = [(m.day, m.product, m.amount) for one in life[-3:] if one is not None for m in one.matured]
        coming = [(h.matures, h.product, h.amount) for h in final.holdings if h.matures is not None]
        for day, product, amount in sorted(past + coming, key=lambda due: (due[0], due[1].code)):
            if since <= day <= until:
                yield {
                    "customer_no": final.row["customer_no"],
                    "product_name": product.name,
                    "amount": amount,
                    "maturity_date": day,
                    "category": product.category,
                }
