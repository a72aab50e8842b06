"""A dialect and a book that knows it: what the tests of dialects share."""

from hypothesis import HealthCheck

from db.engine import Book
from tests.laws import law
from workbench.intake.columns import custom
from workbench.intake.columns.custom import CustomField
from workbench.intake.columns.dialects import Dialect, HeadingChoice, keys, learn, read_all

HEADINGS = ["客户号", "姓名", "口径资产", "日均口径", "手机", "性别", "开户日期", "网点备注", "级次", "序号"]
MONTHLY = Dialect(
    "个人客户资产月报", "customers", frozenset(keys(HEADINGS)),
    {
        "客户号": HeadingChoice("customer_no"), "口径资产": HeadingChoice("aum_balance", "万元"),
        "序号": HeadingChoice(ignored=True),
        "网点备注": HeadingChoice(custom="custom.网点备注"), "级次": HeadingChoice(),
    },
    "元", 3, 1, (), "title", True,
)  # fmt: skip
LAW = law(examples=100, few=10, suppress_health_check=list(HealthCheck))
OWN = CustomField("custom.网点备注", "网点备注", "text", ("网点备注",))


def knowing(book: Book) -> Book:
    """The book, now with the dialect and its custom field."""
    with book.write("dialect", "x") as writer:
        learn(writer, MONTHLY)
        custom.store(writer, OWN)
    return book


def the(book: Book) -> tuple[Dialect, ...]:
    """The dialects of a book."""
    with book.read() as conn:
        return read_all(conn)
