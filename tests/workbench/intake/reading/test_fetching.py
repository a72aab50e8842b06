"""What a file points at is not fetched: links to other workbooks, DDE, embedded objects, pictures, entities of another file."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.workbench.intake.reading.hostile import head, person, sheet, workbook
from workbench.base.errors import WorkbenchError
from workbench.intake.reading import books
from workbench.intake.reading.frames import Sender
from workbench.intake.reading.reader import read_file

SECRET = "秘密内容八六四二"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """Somebody who would hear of any fetching."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def url(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}/a"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET, "utf-8")
    return path


def relation(number: int, kind: str, target: str) -> str:
    """A relation to something outside."""
    return (
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{target}" TargetMode="External"/>'
    )


def linked(path: Path, url: str, secret: Path) -> Path:
    """A workbook with every kind of link that Excel knows."""
    rows = head() + person(2)
    rows += f'<row r="3"><c r="A3" t="str"><f>HYPERLINK("{url}")</f><v>1</v></c><c r="B3"><f>WEBSERVICE("{url}")</f></c>'
    rows += '<c r="C3"><f>cmd|\' /C calc\'!A0</f><v>5</v></c><c r="D3"><f>[1]Sheet1!A1</f><v>7</v></c></row>'
    after = (
        '<hyperlinks><hyperlink ref="A2" r:id="rId1"/><hyperlink ref="B2" r:id="rId2"/></hyperlinks>'
        '<oleObjects><oleObject progId="Word.Document" link="rId3" oleUpdate="OLEUPDATE_ALWAYS" shapeId="1"/></oleObjects>'
    )
    own = (
        relation(1, "hyperlink", url)
        + relation(2, "hyperlink", secret.as_uri())
        + relation(3, "oleObject", url)
    )
    link = f'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_RELATION}">'
    book = f'{link}<externalBook r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
    dde = f'{link}<ddeLink ddeService="cmd" ddeTopic="/C calc"><ddeItems><ddeItem name="A0"/></ddeItems></ddeLink></externalLink>'
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": f"{_OPEN}{own}</Relationships>",
        "xl/externalLinks/externalLink1.xml": book,
        "xl/externalLinks/externalLink2.xml": dde,
        "xl/externalLinks/_rels/externalLink1.xml.rels": f"{_OPEN}{relation(1, 'externalLinkPath', url)}</Relationships>",
    }
    relations = "".join(
        f'<Relationship Id="rId{n + 8}" Type="{_RELATION}/externalLink" Target="externalLinks/externalLink{n}.xml"/>'
        for n in (1, 2)
    )
    inside = '<externalReferences><externalReference r:id="rId9"/><externalReference r:id="rId10"/></externalReferences>'
    return workbook(path, sheet(rows, after=after), parts=parts, relations=relations, inside=inside)


def entity(path: Path, url: str, secret: Path) -> Path:
    """A sheet whose text is an entity of another file."""
    types = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}"><!ENTITY c SYSTEM "{url}">]>'
    return workbook(path, types + sheet(head() + person(2, "&b;") + person(3, "&c;")))


def page(path: Path, url: str, secret: Path) -> Path:
    """A web page that loads pictures, styles and frames."""
    words = (
        f'<html><head><meta charset="utf-8"><base href="{url}"><link rel="stylesheet" href="{url}"></head><body>'
        f'<table><tr><td>客户号</td><td>姓名</td></tr><tr><td>1</td><td><img src="{url}">甲</td></tr>'
        f'<tr><td>2</td><td><iframe src="{secret.as_uri()}"></iframe>乙</td></tr></table></body></html>'
    )
    path.write_text(words, "utf-8")
    return path


def excel_2003(path: Path, url: str, secret: Path) -> Path:
    """An XML spreadsheet with entities of other files."""
    words = (
        f'<?xml version="1.0"?><!DOCTYPE a SYSTEM "{url}" [<!ENTITY b SYSTEM "{secret.as_uri()}">]>'
        '<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row><Cell>'
        '<Data ss:Type="String">客户号</Data></Cell></Row><Row><Cell><Data ss:Type="String">&b;</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    path.write_text(words, "utf-8")
    return path


def flat_ods(path: Path, url: str, secret: Path) -> Path:
    """A flat OpenDocument file with an entity of another file and a linked table."""
    words = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]>'
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype='
        '"application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="a">'
        f'<table:table-source xlink:href="{url}"/><table:table-row><table:table-cell office:value-type="string"><text:p>'
        "客户号</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell "
        'office:value-type="string"><text:p>&b;</text:p></table:table-cell></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )
    path.write_text(words, "utf-8")
    return path


@pytest.mark.parametrize(
    ("write", "name"),
    [(linked, "a.xlsx"), (entity, "a.xlsx"), (page, "a.xls"), (excel_2003, "a.xml"), (flat_ods, "a.fods")],
)
def test_nothing_outside_is_fetched(
    tmp_path: Path,
    write: Callable[[Path, str, Path], Path],
    name: str,
    listening: socket.socket,
    url: str,
    secret: Path,
) -> None:
    path = write(tmp_path / name, url, secret)
    try:
        read = read_file(path)
    except WorkbenchError as refused:
        text = refused.sentence()
    else:
        text = repr([one.columns for one in read.sheets])
        assert "客户号" in text
    assert SECRET not in text
    with pytest.raises(BlockingIOError):
        listening.accept()


def test_nor_by_the_second_reader(tmp_path: Path, listening: socket.socket, url: str, secret: Path) -> None:
    sent: list[object] = []

    class Kept(Sender):
        def __init__(self) -> None:
            """Keeps what would be sent."""

        def send(self, word: str, *rest: object) -> None:
            sent.append((word, *rest))

    path = linked(tmp_path / "a.xlsx", url, secret)
    books.read_workbook(path, "xlsx", Kept(), 1_000_000, None, calamine_allowed=False)
    assert "0000100002" in repr(sent)
    assert SECRET not in repr(sent)
    with pytest.raises(BlockingIOError):
        listening.accept()


def test_a_link_to_another_workbook_gives_the_value_that_the_file_holds(
    tmp_path: Path, url: str, secret: Path
) -> None:
    (one,) = read_file(linked(tmp_path / "a.xlsx", url, secret)).sheets
    assert [*one.row(2)][2:] == [5.0, 7.0]
