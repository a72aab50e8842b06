"""Genes over a book: boards, battle maps, observations, questionnaires (domain 2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.known import observations
from db.tables import customers, snapshots, touches
from tests.books import new_book
from workbench.base.errors import WorkbenchError
from workbench.insight.genes.board import BOSS, MAIN, NOW, SIZE
from workbench.insight.genes.disc import BlockAnswer
from workbench.insight.genes.room import Genes
from workbench.insight.language.check import check
from workbench.insight.language.parse import parse
from workbench.insight.room import Insight
from workbench.rules.parameters import Rules

MONTH, AS_OF = "2026-10", "2026-10-31"


@pytest.fixture
def genes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Genes]:
    """Three customers: a familiar big teacher of 66, an unknown big man of 40, a small woman of 30."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with new_book(tmp_path / "genes.book", "correct horse") as book:
        people = (
            ("1001", "教师", "女", "1960-01-05", 900_000, 1),
            ("1002", "司机", "男", "1986-02-01", 600_000, 0),
            ("1003", "销售人员", "女", "1996-03-01", 20_000, 0),
        )
        with book.write("import", "month") as writer:
            for no, occupation, gender, born, yuan, friend in people:
                found = writer.insert(
                    customers,
                    [
                        {
                            "customer_no": no, "name": "客户" + no, "occupation": occupation, "gender": gender,
                            "birth_date": born, "wecom_friend": friend, "kyc_completeness": 0.9,
                            "assigned_date": "2020-01-01",
                        }
                    ],
                )[0]  # fmt: skip
                row = {
                    "customer_id": found, "month": MONTH, "as_of": AS_OF, "batch_id": 1, "source_row": 4,
                    "aum_daily_average": yuan * 100, "aum_balance": yuan * 100,
                }  # fmt: skip
                writer.insert(snapshots, [row])
        yield Insight(book, Rules.load()).genes


def log(genes: Genes) -> None:
    touch = {"customer_id": 1, "channel": "visit", "result": "met", "initiated_by": "manager"}
    with genes._book.write("touch", "touch") as writer:
        writer.insert(touches, [touch | {"date": "2026-10-20"}, touch | {"date": "2026-10-25"}])


def test_without_a_log_everybody_is_unknown_and_the_big_ones_stand_on_the_list(genes: Genes) -> None:
    found = genes.quadrants()
    assert (found.unknown, found.unknown_big) == (3, 2)
    assert [cell.customers for cell in found.cells] == [0, 0, 0, 0]
    assert [boss.customer_no for boss in found.bosses] == ["1001", "1002"]
    assert "没有联系记录" in found.bosses[0].reason


def test_quadrants_count_add_up_and_drill(genes: Genes) -> None:
    log(genes)
    found = genes.quadrants()
    by_code = {cell.code: cell for cell in found.cells}
    assert by_code["patron"].customers == 1
    assert by_code["patron"].aum_fen == 90_000_000
    assert by_code["patron"].top[0].customer_no == "1001"
    assert by_code["silent_boss"].customers == by_code["new_friend"].customers == 1
    assert (found.unknown, found.bosses_all) == (0, 1)
    assert by_code["patron"].where == "g_quad_now_d0 = patron"


def test_every_figure_leads_to_customers_by_a_condition_that_the_language_knows(genes: Genes) -> None:
    board, rows = genes.quadrants(), genes.segments().rows
    asked = [cell.where for cell in board.cells]
    asked += [f"g_quad_before_q1 = patron and {NOW} = silent_boss", f"{NOW} is missing", BOSS]
    asked += [f"{NOW} is missing and {SIZE} in (big, potential)", f"{MAIN} is missing", f"{MAIN} = none"]
    asked += [text for row in rows for text in (row.where, row.where_primary, row.where_unknown)]
    for row in rows:
        found = genes.canvas(row.code)
        asked += [found.where, *(one.where for one in found.boxes[2].evidence)]
    with genes._book.read() as conn:
        words = genes._engine.layers(conn).vocabulary
    assert all(check(parse(text), words).kind == "flag" for text in asked)


def test_who_moved_since_the_last_quarter_end_is_counted_on_both_sides(genes: Genes) -> None:
    touch = {"customer_id": 1, "channel": "visit", "result": "met", "initiated_by": "manager"}
    month = {"month": "2026-09", "as_of": "2026-09-30", "batch_id": 1, "source_row": 4}
    with genes._book.write("touch", "touch") as writer:
        writer.insert(touches, [touch | {"date": "2026-08-20"}, touch | {"date": "2026-09-25"}])
        writer.insert(snapshots, [month | {"customer_id": 1, "aum_daily_average": 10_000_000}])
    by_code = {cell.code: cell for cell in genes.quadrants().cells}
    assert by_code["patron"].came == (("old_friend", 1),)
    assert by_code["old_friend"].left == (("patron", 1),)
    assert by_code["patron"].left == ()


def test_evidence_that_no_list_tells_has_no_number(genes: Genes) -> None:
    evidence = {one.text: one.number for one in genes.canvas("elder").boxes[2].evidence}
    assert evidence["近 180 天没见过面 — 户(缺字段)"] is None
    log(genes)
    evidence = {one.text: one.number for one in genes.canvas("elder").boxes[2].evidence}
    assert evidence["近 180 天没见过面 0 户"] == 0


def test_segments_tell_hits_apart_from_those_that_cannot_be_told(genes: Genes) -> None:
    found = genes.segments()
    rows = {row.code: row for row in found.rows}
    assert (rows["elder"].customers, rows["elder"].unknown, rows["elder"].primary) == (1, 0, 1)
    assert rows["elder"].share == pytest.approx(1 / 3)
    assert (rows["owner"].customers, rows["owner"].unknown, rows["owner"].share) == (0, 3, None)
    assert rows["owner"].missing == (("经营贷余额", 3),)
    # a woman of 30 is no youth for certain before trade is known; she stands as 女性 meanwhile
    assert (rows["youth"].customers, rows["youth"].unknown) == (0, 1)
    assert (rows["woman"].customers, rows["woman"].primary) == (1, 1)


def test_the_card_of_a_customer_agrees_with_the_board(genes: Genes) -> None:
    log(genes)
    found = genes.card("1001")
    assert found.relation.code == "patron"
    assert found.familiarity.score == sum(part.points for part in found.familiarity.parts) == 85
    assert found.primary == "elder"
    with pytest.raises(WorkbenchError) as error:
        genes.card("9999")
    assert error.value.code == "no_such_customer"


def test_a_battle_map_has_twelve_boxes_filled_from_the_book(genes: Genes) -> None:
    found = genes.canvas("老年")
    assert (found.segment, found.customers, found.aum_fen) == ("elder", 1, 90_000_000)
    assert [box.number for box in found.boxes] == list(range(1, 13))
    assert [box.number for box in found.boxes if box.editable] == [3, 4, 5, 6, 7, 8]
    assert all(box.lines for box in found.boxes)
    assert "1 户" in found.boxes[0].lines[1]
    assert all(one.where.startswith("g_seg_elder_m0 and ") for one in found.boxes[2].evidence)
    with pytest.raises(WorkbenchError) as error:
        genes.canvas("学生")
    assert error.value.code == "no_such_segment"


def test_a_box_in_a_persons_words_keeps_the_programs_beside_and_comes_back(genes: Genes) -> None:
    before = genes.canvas("elder").boxes[3]
    change = genes.write_box("elder", "hooks", "社区体检\n国债排队提醒")
    box = genes.canvas("elder").boxes[3]
    assert (box.lines, box.edited) == (("社区体检", "国债排队提醒"), True)
    assert box.machine == before.lines
    assert change.undo_id is not None
    genes._book.reverse(change.undo_id)
    assert genes.canvas("elder").boxes[3] == before
    genes.write_box("elder", "hooks", "社区体检")
    genes.write_box("elder", "hooks", " \n ")
    assert genes.canvas("elder").boxes[3] == before


def test_what_the_book_fills_cannot_be_written(genes: Genes) -> None:
    words = (
        ("x", "goals", "box_fixed"),
        ("字" * 601, "pains", "box_too_long"),
        ("存款送油", "hooks", "red_line"),
    )
    for text, box, code in words:
        with pytest.raises(WorkbenchError) as error:
            genes.write_box("elder", box, text)
        assert error.value.code == code


def test_the_owner_of_a_battle_map_stands_in_its_goals(genes: Genes) -> None:
    genes.name_owner("elder", "王经理")
    assert "责任人:王经理" in genes.canvas("elder").boxes[9].lines
    genes.write_box("elder", "pains", "到期断档")
    assert genes.canvas("elder").owner == "王经理"


def test_cues_are_ticked_once_per_contact_taken_back_and_forgotten(genes: Genes) -> None:
    assert genes.tick("1001", ["C1", "C2", "C1"], "2026-10-20").count == 2
    assert genes.tick("1001", ["C1"], "2026-10-20").count == 0
    assert genes.tick("1001", ["C4"], "2026-10-30").count == 1
    assert genes.card("1001").style.letter == "C"
    newest = genes.observed("1001")[0]
    assert (newest.cue, newest.letter) == ("C4", "C")
    genes.untick("1001", newest.id)
    assert genes.card("1001").style.letter is None
    assert genes.forget("1001").count == 2
    assert genes.observed("1001") == ()
    with genes._book.read() as conn:
        assert conn.execute(observations.select()).all() == []


def test_wrong_ticks_are_refused_in_words(genes: Genes) -> None:
    for cues, date, code in (
        ([], None, "no_cues"),
        (["Z9"], None, "no_such_cue"),
        (["D1"], "2026-13-01", "bad_date"),
        (["D1"], "2026-11-03", "date_in_future"),
    ):
        with pytest.raises(WorkbenchError) as error:
            genes.tick("1001", cues, date)
        assert error.value.code == code
    with pytest.raises(WorkbenchError) as error:
        genes.tick("1001", ["D1"], None, 77)
    assert error.value.code == "no_such_touch"
    genes.tick("1001", ["D1"])
    with pytest.raises(WorkbenchError) as error:
        genes.untick("1002", genes.observed("1001")[0].id)
    assert error.value.code == "no_such_observation"


def test_questionnaires_are_kept_and_an_early_retest_is_warned_of(
    genes: Genes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert genes.letter is None
    assert genes.retest_warning() == ""
    answers = [BlockAnswer("S", "D", n % 4) for n in range(24)]
    genes.keep_style(7, answers, 100)
    found = genes.styles()[0]
    assert (found.at, found.seed, found.result.primary, genes.letter) == ("2026-11-02", 7, ("S",), "S")
    assert "100 秒" in found.doubts[0]
    assert "上次是今天做的" in genes.retest_warning()
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-01-31")
    assert genes.retest_warning() == ""
