"""Referral, product and holdings lists are read under the headings that branches give them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from db.engine import Book
from db.tables import metadata
from tests.workbench.intake.conftest import Make
from workbench.intake.room import Intake

CUSTOMERS = [
    ["客户号", "客户姓名", "AUM月日均"],
    ["0010000001", "张伟岚", 1000],
    ["0010000002", "李思远", 1001],
]
REFERRALS = [
    {
        "转介人客户号": "customer_no", "转介人": "name", "被转介人": "referred_name", "被转介人手机": "referred_phone",
        "被转介客户号": "referred_customer_no", "转介日期": "referral_date", "与转介人的关系": "referral_relation",
        "承接经理": "referral_owner", "是否同意被联系": "referral_consent", "当前状态": "referral_status",
    },
    {
        "推荐客户号": "customer_no", "推荐客户": "name", "被推荐客户姓名": "referred_name", "被推荐人联系方式": "referred_phone",
        "被推荐客户号": "referred_customer_no", "推荐时间": "referral_date",
        "关系": "referral_relation", "需求描述": "referral_need",
    },
]  # fmt: skip
PRODUCTS = {
    "产品号": "product_code", "产品简称": "product_name", "产品种类": "category", "产品风险": "product_risk",
    "投资期限": "term_days", "起投金额": "min_amount", "参考年化": "benchmark", "产品起息日": "start_date",
}  # fmt: skip
HOLDINGS = {
    "客户编号": "customer_no", "客户名称": "name", "产品代码": "product_code", "产品简称": "product_name",
    "持仓份额": "units", "最新市值": "amount", "买入成本": "cost", "持仓盈亏": "profit", "到期时间": "maturity_date",
}  # fmt: skip
VALUES: Mapping[str, Sequence[Any]] = {
    "customer_no": ("0010000001", "0010000002"), "name": ("张伟岚", "李思远"), "referred_name": ("陈晓", "林夏"),
    "referred_phone": ("13800001111", "13800001112"), "referred_customer_no": ("", "0010000001"),
    "referral_date": ("2026-10-12", "2026-10-15"), "referral_relation": ("同事", "邻居"), "referral_owner": ("王芳", "王芳"),
    "referral_consent": ("是", "否"), "referral_status": ("待联系", "已联系"), "referral_need": ("理财", "存款"),
    "product_code": ("P001", "P002"), "product_name": ("稳健", "天天"), "category": ("理财", "理财"),
    "product_risk": ("R2", "R1"), "term_days": ("一年", "T+0"), "min_amount": (10000, 1), "benchmark": ("2.5%", "1.9%"),
    "start_date": ("2026-01-01", "2026-02-01"), "units": (100, 200), "amount": (110, 210), "cost": (100, 200),
    "profit": (10, 10), "maturity_date": ("2026-12-01", "2027-01-01"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("referrals", REFERRALS[0]),
        ("referrals", REFERRALS[1]),
        ("products", PRODUCTS),
        ("holdings", HOLDINGS),
    ],
)
def test_natural_headings_feed_their_fields_and_ask_nothing(
    intake: Intake, book: Book, xlsx: Make, kind: str, headings: dict[str, str]
) -> None:
    intake.read(xlsx(CUSTOMERS, "客户_20261031.xlsx")).commit()
    rows = [list(headings), *[[VALUES[field][at] for field in headings.values()] for at in range(2)]]
    session = intake.read(xlsx(rows, "清单_20261031.xlsx", "Sheet1"))
    (sheet,) = session.report().sheets
    assert (sheet.kind, sheet.refused, sheet.questions) == (kind, 0, ())
    assert {match.header: match.field for match in sheet.mapping} == headings
    session.commit()
    if kind == "products":
        with book.read() as conn:
            query = select(metadata.tables["products"].c.term_days)
            assert sorted(conn.execute(query).scalars()) == [0, 365]
