"""The battle map on paper: always one landscape page, whatever is written in it (domain 2.3)."""

import dataclasses

import pypdfium2
import pytest

from workbench.insight.genes.canvas import BOXES, EDITABLE, BattleMap, Box, BoxEvidence
from workbench.sheets.canvas import Paper, canvas_pdf, content


def made(line: str = "到期没人提醒", lines: int = 3, name: str = "老年") -> BattleMap:
    evidence = (
        BoxEvidence("30 天内有到期 8 户", 8, "a"),
        BoxEvidence("近 180 天没见过面 — 户(缺字段)", None, "b"),
    )
    boxes = tuple(
        Box(
            key, number, "痛点与未满足需求", (line,) * lines, (line,), False, key in EDITABLE,
            evidence if key == "pains" else (),
        )
        for number, key in enumerate(BOXES, 1)
    )  # fmt: skip
    return BattleMap(
        "elder",
        name,
        "低风险、刚性支付",
        "2026-10-31",
        326,
        8_474_200_000_00,
        "g_seg_elder_m0",
        "",
        None,
        boxes,
    )


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(round(page.get_width()), round(page.get_height())) for page in document]
    finally:
        document.close()


def text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


@pytest.mark.parametrize(("paper", "size"), [("a4", (842, 595)), ("a3", (1191, 842))])
@pytest.mark.parametrize("lines", [0, 3, 9, 60])
def test_the_page_is_one_and_landscape_however_much_is_written(
    paper: Paper, size: tuple[int, int], lines: int
) -> None:
    assert sizes(canvas_pdf(made("到期没人提醒,利息断档", lines), paper=paper).content) == [size]


@pytest.mark.parametrize("line", ["长" * 600, "W" * 600, "一" * 100 + " " + "x" * 300])
def test_one_endless_line_is_cut_with_a_mark_and_stays_on_the_page(line: str) -> None:
    pdf = canvas_pdf(made(line, 1)).content
    assert len(sizes(pdf)) == 1
    assert "全文见屏幕" in text(pdf)
    assert "…" not in text(pdf)


def test_lines_that_do_not_fit_are_counted_out_with_a_mark() -> None:
    said = text(canvas_pdf(made("到期没人提醒,利息断档", 40)).content)
    assert "全文见屏幕" in said
    assert "全文见屏幕" not in text(canvas_pdf(made()).content)


def test_the_page_names_segment_size_date_and_evidence() -> None:
    said = text(canvas_pdf(made(), printed_by="王经理", branch="样本支行").content)
    for words in (
        "作战画布",
        "老年",
        "326 户",
        "2026-10-31",
        "30 天内有到期 8 户",
        "王经理",
        "样本支行",
        "本系统口径",
    ):
        assert words.replace(" ", "") in said.replace(" ", "")


def test_a_phone_typed_into_a_box_is_masked_on_paper() -> None:
    canvas = made("找李姐 13812341234")
    said = content(canvas, paper="a4", printed_by="", branch="")["boxes"][0]["lines"][0]
    assert "13812341234" not in said
    assert "138****1234" in said


def test_a_box_in_a_persons_words_says_so() -> None:
    canvas = made()
    mine = dataclasses.replace(canvas.boxes[3], edited=True)
    canvas = dataclasses.replace(canvas, boxes=(*canvas.boxes[:3], mine, *canvas.boxes[4:]))
    assert "手写" in text(canvas_pdf(canvas).content)
