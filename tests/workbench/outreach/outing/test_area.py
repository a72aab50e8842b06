"""The area of an address: what words tell, and nothing that is guessed."""

import pytest

from workbench.outreach.outing.area import Areas
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("浙江省杭州市西湖区文三路 90 号", "西湖区 文三路"),
        ("西湖区北山街道曙光路15号", "西湖区 曙光路"),
        ("朝阳街道12号", "朝阳街道"),
        ("幸福小区3栋", "幸福小区"),
        ("临安区青山湖街道研里新村8-1", "临安区 研里新村"),
        ("长兴县泗安镇塔上村", "长兴县 塔上村"),
        ("长兴县泗安镇", "长兴县 泗安镇"),
        ("中山北路大厦", "中山北路"),
        ("经三路7号", "经三路"),
        ("3栋501", ""),
        ("杭州市", ""),
        ("", ""),
    ],
)
def test_the_area_is_told_by_words(address: str, label: str) -> None:
    assert Areas(Rules.load()).of(address).label == label
