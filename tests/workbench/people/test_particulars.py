"""Birth and sex by an identity number (domain 16.4): a valid one stands in for what no list tells, and for nothing else."""

from sqlalchemy import select

from db.engine import Book
from db.tables import customers
from workbench.intake.cells.idcard import birthday, sex
from workbench.people.particulars import BY_NUMBER, by_number, particular
from workbench.sample.people import check_digit

VALID = "11010519491231002X"


def read(book: Book, *people: dict[str, str | None]) -> list[tuple[str | None, str | None]]:
    """(sex, date of birth) of customers with these facts."""
    with book.write("import", "people") as writer:
        rows = [{"id_no": None, "gender": None, "birth_date": None, **facts} for facts in people]
        ids = writer.insert(customers, [{"customer_no": f"{n}", **row} for n, row in enumerate(rows)])
    with book.read() as conn:
        asked = select(*(particular(field) for field in BY_NUMBER)).order_by(customers.c.id)
        return [(row[0], row[1]) for row in conn.execute(asked.where(customers.c.id.in_(ids)))]


#: number -> (sex, date of birth)
NUMBERS: dict[str | None, tuple[str | None, str | None]] = {
    VALID: ("女", "1949-12-31"),
    VALID.lower(): ("女", "1949-12-31"),
    "110105491231002": ("女", "1949-12-31"),
    "110105491231001": ("男", "1949-12-31"),
    # a wrong check digit: nothing of the number can be believed
    "110105194912310021": (None, None),
    "110105194912310030": (None, None),
    # masked: what is still there
    "110105********002X": ("女", None),
    "110105194912******": (None, None),
    "110105194912310***": (None, "1949-12-31"),
    "1101051949123100**": (None, "1949-12-31"),
    "11010519491231002*": ("女", "1949-12-31"),
    # no such day
    "11010519990229001" + check_digit("11010519990229001"): ("男", None),
    "11010520000229001" + check_digit("11010520000229001"): ("男", "2000-02-29"),
    "11010519901301001" + check_digit("11010519901301001"): ("男", None),
    "110105990631001": ("男", None),
    # other papers
    "E12345678": (None, None),
    "H1234567890123456X": (None, None),
    "91110105MA01ABCD2X": (None, None),
    "": (None, None),
    None: (None, None),
}


def test_a_number_tells_birth_and_sex_or_cannot_tell(book: Book) -> None:
    told = read(book, *({"id_no": number} for number in NUMBERS))
    assert dict(zip(NUMBERS, told, strict=True)) == NUMBERS


def test_a_number_never_stands_over_what_a_list_tells(book: Book) -> None:
    people: tuple[dict[str, str | None], ...] = (
        {"id_no": VALID, "gender": "男", "birth_date": "1960-01-01"},
        {"id_no": VALID, "gender": "男"},
        {"id_no": VALID, "birth_date": "1960-01-01", "gender": ""},
    )
    assert read(book, *people) == [("男", "1960-01-01"), ("男", "1949-12-31"), ("女", "1960-01-01")]
    with book.read() as conn:
        alone = conn.execute(select(*(by_number(field) for field in BY_NUMBER)).order_by(customers.c.id))
        assert [tuple(row) for row in alone] == [(None, None), (None, "1949-12-31"), ("女", None)]


def test_the_book_and_the_import_read_a_number_alike(book: Book) -> None:
    """The check of an import (`id_contradiction`) and the book's own reading are two notations of one rule."""
    numbers = []
    for at in range(400):
        first = f"{110101 + at * 1201 % 540000:06d}{1930 + at % 80}{at % 12 + 1:02d}{at % 28 + 1:02d}{at * 37 % 1000:03d}"
        numbers.append(first + check_digit(first))
        numbers.append(first[:6] + first[8:])
    told = read(book, *({"id_no": number} for number in numbers))
    assert told == [(sex(number), birthday(number)) for number in numbers]
