"""The quality of the check on seven real months: who was called likely to leave, against who left."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from bench.churn_quality import (
    LEAST_IN_BAND,
    Case,
    cases,
    figures,
    precision,
    read_labels,
    stated_bands,
)
from db import book_key
from db.tables import customers, snapshots
from tests.books import new_book
from workbench.base.dates import month_end
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.room import Insight
from workbench.rules.parameters import Rules

pytestmark = pytest.mark.long
_COLUMNS = (
    "no", "name", "gender", "age", "occupation", "branch", "bank_level", "open_date", "balance", "average", "inflow",
    "outflow", "last_txn_date",
)  # fmt: skip


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _fen(value: Any) -> int | None:
    return None if pd.isna(value) else round(value * 100)


def _read(file: Path) -> pd.DataFrame:
    sheet = pd.read_excel(file, header=2, engine="calamine", dtype=dict.fromkeys((0, 5, 7, 12), str))
    sheet.columns = pd.Index(_COLUMNS)
    return sheet[sheet["no"].astype(str).str.fullmatch(r"\d{10}")]


@pytest.fixture(scope="module")
def ranked(bank_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[CustomerRisk]]:
    """Ranking of the newest month, 2019-12."""
    patch = pytest.MonkeyPatch()
    patch.setattr(book_key, "COST", 16)
    months = {f"{file.stem[-6:-2]}-{file.stem[-2:]}": _read(file) for file in bank_files}
    with new_book(tmp_path_factory.mktemp("bank") / "bank.book", "correct horse") as book:
        with book.write("import", "bank") as writer:
            newest = months["2019-12"]
            opened = [f"{date[:4]}-{date[4:6]}-{date[6:]}" for date in newest["open_date"]]
            people = [
                {"customer_no": no, "name": name, "open_date": date}
                for no, name, date in zip(newest["no"], newest["name"], opened, strict=True)
            ]
            ids = dict(zip(newest["no"], writer.insert(customers, people), strict=True))
            for month, sheet in months.items():
                facts = {
                    "month": month,
                    "as_of": month_end(month).isoformat(),
                    "batch_id": 1,
                    "source_row": 4,
                }
                rows = [
                    {
                        **facts, "customer_id": ids[row.no], "aum_balance": _fen(row.balance),
                        "aum_daily_average": _fen(row.average), "inflow": _fen(row.inflow),
                        "outflow": _fen(row.outflow), "age": int(row.age), "last_txn_date": _text(row.last_txn_date),
                    }
                    for row in sheet.itertuples()
                ]  # fmt: skip
                writer.insert(snapshots, rows)
        yield Insight(book, Rules.load()).ranking()
    patch.undo()


@pytest.fixture(scope="module")
def judged(ranked: list[CustomerRisk], bank_files: list[Path]) -> list[Case]:
    """The verdicts beside what became of the customers."""
    return cases((one.as_json() for one in ranked), read_labels(bank_files[0].parent))


def test_who_left_was_ranked_high_lit_and_called_first(judged: list[Case]) -> None:
    assert len(judged) == 14_183
    assert [figure for figure in figures(judged) if not figure.holds] == []


def test_the_lights_are_honest(judged: list[Case]) -> None:
    red, orange, yellow, none = (
        precision([case for case in judged if case.light == light])
        for light in ("red", "orange", "yellow", None)
    )
    assert red > orange > yellow > 2 * none


def test_the_stated_chances_are_those_observed(judged: list[Case]) -> None:
    """Of each half of the customers too, so that the bands are no accident of their size."""
    assert len(judged) == sum(band.n for band in stated_bands(judged))
    for some in (judged, judged[::2], judged[1::2]):
        measured = stated_bands(some)
        assert [band for band in measured if not band.holds] == []
        assert min(band.n for band in measured) >= LEAST_IN_BAND


def test_the_rules_hold_on_each_half_of_the_customers_within_chance(judged: list[Case]) -> None:
    """The thresholds have a margin: half of the customers miss none by more than two standard errors."""
    for some in (judged[::2], judged[1::2]):
        for figure in figures(some)[:-1]:
            slack = {"top-decile lift": 0.2}.get(figure.name, 0.03)
            assert figure.value >= figure.least - slack, figure


def test_nobody_has_lost_more_than_he_had(ranked: list[CustomerRisk]) -> None:
    """609 of them claim a net outflow above their balance; 404 were told so."""
    sentences = [" ".join((one.hard_rule or "", *one.facts)) for one in ranked]
    shares = [
        int(found[1]) for found in (re.search(r"占月初资产(\d+)%", text) for text in sentences) if found
    ]
    assert len(shares) > 400
    assert max(shares) == 100
