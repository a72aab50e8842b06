"""Whether a transaction was made away from the city where the customer lives, by the place that the sheet gives."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from workbench.intake.cells.parsed import Read
from workbench.intake.cells.shown import plain
from workbench.rules.parameters import Rules

#: a province, or a city that is no 超市, at the end or before a district
_CITY = re.compile(r"省|自治区|州$|(?<![超门集夜菜])市(?:$|.{1,5}[区县])")


def out_of_town(places: Sequence[Read], homes: Sequence[str | None], rules: Rules) -> NDArray[np.int64]:
    """Row by row 1 or 0: a flag (异地, 是, 1), or a city other than the one of `homes`; -1 for a city where the home is
    not told.

    A row without a place, or with one that names no city, is not counted: the share is rather too low than too high.
    """
    away_words, home_words = rules.words("intake.away_words"), rules.words("intake.home_words")
    flags = {plain(word): 1 for word in (*away_words, *rules.words("intake.yes_words"))}
    flags |= {plain(word): 0 for word in (*home_words, *rules.words("intake.no_words"))}
    stems = {home: _stem(plain(home)) for home in set(homes) if home}
    cities = set(stems.values())

    @cache
    def away(place: str, own: str) -> int:
        text = plain(place)
        if text in flags or not _names_a_city(text, cities):
            return flags.get(text, 0)
        return int(own not in text) if own else -1

    return np.array(
        [
            0 if place is None else away(str(place), stems.get(home or "", ""))
            for place, home in zip(places, homes, strict=True)
        ],
        dtype=np.int64,
    )


def _stem(city: str) -> str:
    """A city without the word for it, so that 杭州 and 浙江省杭州市 are one."""
    return city.rpartition("省")[2].removesuffix("市")


def _names_a_city(place: str, cities: set[str]) -> bool:
    return _CITY.search(place) is not None or _stem(place) in cities
