"""Recording services by hand: what is refused, undoing it, and the coverage picture of one customer."""

from typing import Any

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.towers.coverage import WAYS, coverage
from workbench.insight.towers.services import kinds, record_service, services_of
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


def given(small: SmallBook, no: str) -> list[tuple[str, str, str | None, str | None]]:
    with small.book.read() as conn:
        return [(s.kind, s.date, s.until, s.detail) for s in services_of(conn, no)]


def test_a_service_is_written_with_its_dates_and_can_be_undone(small: SmallBook) -> None:
    small.customer("a")
    record_service(small.book, "a", "plan", date="2026-11-01", until="2027-10-31", detail=" 子女教育 ")
    change = record_service(small.book, " a ", "expert")
    assert given(small, "a") == [
        ("expert", "2026-11-16", None, None), ("plan", "2026-11-01", "2027-10-31", "子女教育"),
    ]  # fmt: skip
    assert change.tables == frozenset({"services"})
    assert change.undo_id is not None
    small.book.reverse(change.undo_id)
    assert [one[0] for one in given(small, "a")] == ["plan"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "dance"}, "no_such_service"),
        ({"date": "昨天"}, "bad_date"),
        ({"date": "2026-11-17"}, "date_in_future"),
        ({"date": "2026-11-10", "until": "2026-11-09"}, "until_before_date"),
        ({"customer_no": "007"}, "no_such_customer"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    small: SmallBook, facts: dict[str, Any], code: str
) -> None:
    small.customer("a")
    asked = {"customer_no": "a", "kind": "plan"} | facts
    with pytest.raises(WorkbenchError) as refused:
        record_service(small.book, asked.pop("customer_no"), asked.pop("kind"), **asked)
    assert refused.value.code == code
    assert refused.value.hint
    assert given(small, "a") == []


def test_every_kind_counts_for_a_part_of_its_tower() -> None:
    for kind in kinds():
        parts = WAYS[kind.tower][2]
        assert kind.part in parts, kind.code
        assert RULES.text(f"cover.{kind.part}")
    assert {kind.tower for kind in kinds("waist")} == {"waist"}


def test_the_picture_names_the_weakest_part_and_what_to_do_next() -> None:
    found = coverage(
        Values(
            {"tower": "waist", "five_g": 3, "weakest": "gift", "cover_gift": 0, "cover_guide": 1, "cover_growth": 2}
        ),
        RULES,
    )  # fmt: skip
    assert found is not None
    assert found.reason == "5G得3分(满分10,5项中3项有据可查),得分最低是权益"
    assert [(p.code, p.points) for p in found.parts] == [
        ("gift", 0), ("group", None), ("guide", 1), ("growth", 2), ("game", None),
    ]  # fmt: skip
    steps = {part.code: part.next for part in found.parts}
    assert steps["gift"].startswith("提醒或发放")
    assert (steps["growth"], steps["game"]) == ("", "还没有记录,做过就记一笔")
    assert found.as_json()["parts"][0]["points"] == 0


def test_without_any_record_nothing_is_judged() -> None:
    found = coverage(Values({"tower": "top"}), RULES)
    assert found is not None
    assert (found.score, found.known, found.reason) == (None, 0, "3专还没有任何记录,无法判断")
    assert coverage(Values({}), RULES) is None


def test_all_that_can_be_told_done_says_so() -> None:
    found = coverage(Values({"tower": "base", "fast": 1, "cover_retain": 1, "weakest": "full"}), RULES)
    assert found is not None
    assert found.reason == "快准稳有据可查的1项都做到了"
