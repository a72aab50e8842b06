"""No empty box is printed: what the font lacks is spelt, and named before it is printed."""

import numpy as np
import pytest

from db.engine import Book
from tests.workbench.outreach.made import WEEK, lead, put_customers, room
from tests.workbench.sheets.reading import texts
from workbench.sheets.glyphs import lacking, readable, unprintable
from workbench.sheets.room import Sheets
from workbench.trust.register import Register


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("张三 AUM 12.3万;½ ✓ ×「」、。", ()),
        ("㐆䶮龥", ()),
        ("𠮷田一", ("𠮷",)),
        ("𠀀𠮷𠮷", ("𠀀", "𠮷")),
        ("葛\U000e0100城", ()),
        ("line\nbreak\u200b", ()),
    ],
)
def test_what_the_font_lacks_is_known(text: str, signs: tuple[str, ...]) -> None:
    assert lacking(text) == signs


def test_a_lacking_sign_is_spelt_in_brackets() -> None:
    assert unprintable("𠮷") == {"𠮷": "ji"}
    assert readable("𠮷田一") == "(ji)田一"
    assert readable("\U000323af") == "(U+323AF)"
    assert readable("张三") == "张三"


def test_a_rare_surname_is_named_on_the_sheet_and_spelt_in_its_rows(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    put_customers(book, [1], name="𠮷田一")
    outreach = room(book, [lead(1, "red")])
    sheets = Sheets(book, {}, Register(book), lambda: outreach)
    printed = sheets.plan_pdf(outreach.plan(WEEK))
    sentence = "1个字打印不出：客户号尾号0001的姓，按拼音 ji 印"
    assert sentence in printed.notices
    plan, calls = texts(printed)
    for page in (plan, calls):
        assert "".join(sentence.split()) in page
        assert "𠮷" not in page
    assert "(ji)**0001" in calls
    # the brackets take ink: a picture of the page differs from one on which they are blank
    [_first, drawn] = sheets.pages(printed, dpi=40)
    assert np.frombuffer(drawn.rgb, np.uint8).min() < 100
