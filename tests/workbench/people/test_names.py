"""Search keys: pinyin with the readings of surnames, initials, tails."""

import pytest

from workbench.people.names import backwards, pinyin


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("王芳", "wangfang", "wf"), ("单小玲", "shanxiaoling", "sxl"), ("仇英", "qiuying", "qy"), ("解珍", "xiezhen", "xz"),
        ("曾国藩", "zengguofan", "zgf"), ("查良镛", "zhaliangyong", "zly"), ("任盈盈", "renyingying", "ryy"),
        ("盖聂", "genie", "gn"), ("区伟", "ouwei", "ow"), ("朴正", "piaozheng", "pz"), ("尉迟恭", "yuchigong", "ycg"),
        ("万俟卨", "moqixie", "mqx"), ("欧阳修", "ouyangxiu", "oyx"), ("吕芳", "lvfang", "lf"),
        ("张*", "zhang", "z"), ("John Smith", "johnsmith", "johnsmith"),
    ],
)  # fmt: skip
def test_names_are_read_as_people_say_them(name: str, full: str, initials: str) -> None:
    assert pinyin([name]) == ([full], [initials])


def test_no_name_has_no_keys_and_keeps_its_place() -> None:
    assert pinyin(["王芳", None, "李\n四", "张三"]) == (
        ["wangfang", None, "lisi", "zhangsan"],
        ["wf", None, "ls", "zs"],
    )


def test_numbers_from_their_tail() -> None:
    assert backwards(["0012", None]) == ["2100", None]
