"""Files named in one command are imported in their own order, whatever the order of their names."""

from pathlib import Path

import pytest

from tests.books import new_workbench
from tests.workbench.intake.conftest import write_xlsx
from workbench.commands.import_order import in_order

HEADER = ["客户号", "姓名", "AUM月日均"]


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Holdings, October, what cannot be read, September."""
    rows = [HEADER, *[[f"{n:010d}", f"客户{n}", 1000 + n] for n in range(5)]]
    bad = tmp_path / "b.xlsx"
    bad.write_bytes(b"PK\x03\x04 not really")
    held = [["客户号", "产品代码", "持有份额", "持有金额"], ["0000000001", "P1", 1, 2]]
    return [
        write_xlsx(tmp_path / "a持仓_202610.xlsx", [("持仓", held)]), bad,
        write_xlsx(tmp_path / "c_202610.xlsx", [("客户", rows)]), write_xlsx(tmp_path / "d_202609.xlsx", [("客户", rows)]),
    ]  # fmt: skip


@pytest.mark.parametrize(("cells", "held"), [(1_000_000, 3), (26, 2), (0, 0)])
def test_customers_go_first_and_months_in_order(
    paths: list[Path], tmp_path: Path, cells: int, held: int
) -> None:
    with new_workbench(tmp_path / "账本.book", "春风化雨 2026") as workbench:
        ordered = list(in_order(paths, workbench.intake.read, cells))
    assert [path.name[0] for path, _session in ordered] == ["d", "c", "a", "b"]
    assert sum(session is not None for _path, session in ordered) == held
    assert all(session is None or session.path.name == path.name for path, session in ordered)


def test_a_single_file_is_read_once(paths: list[Path]) -> None:
    def read(_path: Path) -> None:
        raise AssertionError

    assert list(in_order(paths[:1], read, 10)) == [(paths[0], None)]  # type: ignore[arg-type]
