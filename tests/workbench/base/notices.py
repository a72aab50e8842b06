"""A year's notice as tests import it."""

import json
from pathlib import Path
from typing import Any

OFF_2027 = {
    "元旦": ["01-01", "01-02", "01-03"],
    "春节": [f"02-{n:02d}" for n in range(5, 13)],
    "清明节": ["04-03", "04-04", "04-05"],
    "劳动节": [f"05-{n:02d}" for n in range(1, 6)],
    "端午节": ["06-09"],
    "中秋节": ["09-15"],
    "国庆节": [f"10-{n:02d}" for n in range(1, 8)],
}
WORKED_2027 = ["02-14", "10-09"]


def notice(year: int = 2027) -> dict[str, Any]:
    """A made-up notice of 2027, whole enough to be taken."""
    days = [
        {"name": name, "date": f"{year}-{day}", "isOffDay": True}
        for name, all_of in OFF_2027.items()
        for day in all_of
    ]
    days += [{"name": "调休", "date": f"{year}-{day}", "isOffDay": False} for day in WORKED_2027]
    return {"year": year, "papers": ["made up"], "days": days}


def written(folder: Path, body: object) -> Path:
    file = folder / "2027.json"
    file.write_text(body if isinstance(body, str) else json.dumps(body, ensure_ascii=False), "utf-8")
    return file
