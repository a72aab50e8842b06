"""A known heading is recognised under whatever stands around it, or asked; never taken for another field."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SHARED_DATA
from tests.laws import law
from workbench.intake.catalogue.field import Field
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.mapping import Memory, match_columns
from workbench.intake.report import Kind
from workbench.rules.parameters import Rules

#: (kind of sheet, heading, field, '?' for asked or kept apart, 'month' for another month than the sheet's)
OWN_LIST = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("heading_list.tsv").read_text("utf-8").splitlines()[1:]
]
_KINDS = {kind: catalogue().of_kind(kind) for kind in catalogue().kinds}
_BEFORE = (
    "*", "★", "1.", "12、", "①", "(一)", "（3）", "A.", "一、", "必填-",
    "01 ", "【必填】", "求和项:", "Sum of ", "\u200b", "#", "T1.",
)  # fmt: skip
_AFTER = (
    "*", "▼", "(必填)", "①", "：", "(10位)", "（选填）", " ↓", "\n", "【可空】", "(文本格式)",
    "(系统导出)", "(yyyy-mm-dd)", "(是/否)", "情况",
    "(单位:元)", "(元)",
)  # fmt: skip
_CODES = ("", "", "FLD_A-", "CUST_FLD/", "ABC_DEF\n")
_OWN_TIME = ("", "", "本月", "当月", "本期", "截至本月末", "10月", "2026年10月末")


def _match(heading: str, kind: Kind, rules: Rules) -> tuple[str | None, bool]:
    """The field that the heading feeds or proposes on a sheet of October 2026, and whether it feeds it."""
    (match,) = match_columns([heading], kind, catalogue(), rules, memory=Memory(as_of="2026-10-31"))
    return match.field, match.feeds is not None


def test_of_the_list_of_headings_none_is_wrong_and_nearly_all_are_recognised(rules: Rules) -> None:
    assert len(OWN_LIST) >= 350
    wrong, open_, right = [], [], 0
    for kind, heading, field in OWN_LIST:
        target, sure = _match(heading, kind, rules)  # type: ignore[arg-type]
        if sure and target != field:
            wrong.append((kind, heading, field, target))
        elif field not in ("?", "month"):
            right += sure
            if not sure:
                open_.append((kind, heading, field, target))
    told = sum(field not in ("?", "month") for _kind, _heading, field in OWN_LIST)
    assert wrong == []
    assert [one for one in open_ if one[3] != one[2]] == []
    assert right / told >= 0.97, open_


def test_the_headings_of_the_cases_are_recognised_and_none_is_wrong(rules: Rules) -> None:
    path = SHARED_DATA / "cases" / "headings.tsv"
    if not path.exists():
        pytest.skip("shared/data/cases is not here")
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    results = {heading: (field, *_match(heading, "customers", rules)) for heading, field in lines}
    sure = {heading: (field, target) for heading, (field, target, feeds) in results.items() if feeds}
    assert {heading: pair for heading, pair in sure.items() if pair[0] != pair[1]} == {}
    assert len(sure) >= 30


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("9月末AUM余额", "9 月"), ("AUM(不含保险)", "不含保险"), ("计数项:存款余额", "计数项"), ("存款余额 USD", "USD"),
        ("手机号2", "序号"), ("较上月", "没有写明"), ("上月AUM月日均", "上月"),
        ("存款余额(上年末)", "上年末"), ("AUM余额(%)", "比例"),
    ],
)  # fmt: skip
def test_what_stays_open_carries_its_reason(rules: Rules, heading: str, reason: str) -> None:
    (match,) = match_columns([heading], "customers", catalogue(), rules, memory=Memory(as_of="2026-10-31"))
    assert match.feeds is None
    assert match.why == "reason"
    assert reason in match.reason


def test_the_own_month_feeds_and_the_month_beside_it_is_kept_apart(rules: Rules) -> None:
    names = ["9月AUM月日均", "10月AUM月日均", "上月存款余额", "本月存款余额"]
    for as_of, fed in (("2026-10-31", "10月AUM月日均"), ("2026-09-30", "9月AUM月日均")):
        matches = match_columns(names, "customers", catalogue(), rules, memory=Memory(as_of=as_of))
        assert {match.header: match.feeds for match in matches if match.feeds} == {
            fed: "aum_daily_average", "本月存款余额": "deposit_balance",
        }  # fmt: skip
    unknown = match_columns(names[:2], "customers", catalogue(), rules)
    assert [match.feeds for match in unknown] == [None, None]
    assert unknown[0].open


@st.composite
def _decorated(draw: st.DrawFn) -> tuple[str, Kind, Field]:
    kind = draw(st.sampled_from(sorted(_KINDS)))
    field = draw(st.sampled_from(_KINDS[kind]))
    word = draw(st.sampled_from([field.label, *field.synonyms]))
    before = "".join(draw(st.lists(st.sampled_from(_BEFORE), max_size=2, unique=True)))
    after = "".join(draw(st.lists(st.sampled_from(_AFTER), max_size=2, unique=True)))
    code = "" if word.isascii() else draw(st.sampled_from(_CODES))
    time = draw(st.sampled_from(_OWN_TIME)) if field.parts and not word.isascii() else ""
    return f"{code}{before}{time}{word}{after}", kind, field


@law(examples=3000, few=60)
@given(example=_decorated())
def test_any_decorations_on_any_heading_leave_it_recognised_or_asked(
    example: tuple[str, Kind, Field],
) -> None:
    heading, kind, field = example
    target, _sure = _match(heading, kind, Rules.load())
    assert target == field.key


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("AUM月日均 万元 必填", "万元"), ("AUM月日均万元(必填)", "万元"), ("AUM_AVG_M-AUM月日均(万元)", "万元"),
        ("(必填)存款余额(万元,月末)", "万元"),
        ("存款余额,元", "元"), ("存款余额(亿)▼", "亿元"), ("存款余额①", None), ("客户号(10位)", None),
    ],
)  # fmt: skip
def test_the_unit_of_a_heading_is_never_lost_under_its_remarks(
    rules: Rules, heading: str, unit: str | None
) -> None:
    (match,) = match_columns([heading], "customers", catalogue(), rules)
    assert match.feeds is not None
    assert match.unit == (unit or "")
