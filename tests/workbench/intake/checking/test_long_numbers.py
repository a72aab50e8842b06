"""Numbers in free text are told and covered on request; where no identity numbers are kept, their hashes enter and what follows
from them is read before."""

from tests.workbench.intake.by_hand import look
from workbench.intake.checking.checks import BookFacts
from workbench.people.id_hashes import hashed

KEY = b"k" * 32
ID, PHONE = "11010519491231002X", "13912345678"
HEAD = ["客户号", "姓名", "证件号码", "手机号", "备注", "推荐人"]
ROWS = [
    ["0000000001", "甲", ID, PHONE, f"家人电话{PHONE}", f"乙 {ID}"],
    ["0000000002", "乙", "", "", "喜欢喝茶", ""],
]


def test_a_number_in_a_remark_is_told_and_stays_until_somebody_has_it_covered() -> None:
    sheet = look(HEAD, ROWS)
    assert sheet.one("number_in_text").row == 2
    assert sheet.checked.columns["note"] == [f"家人电话{PHONE}", "喜欢喝茶"]
    assert "cover_numbers" in [fix.key for fix in sheet.checked.fixes]
    taken = look(HEAD, ROWS, fixes=["cover_numbers"])
    assert taken.checked.columns["note"] == ["家人电话139****5678", "喜欢喝茶"]
    assert taken.checked.columns["phone"] == [PHONE, None]


def test_without_identity_numbers_their_hashes_enter_and_birthday_and_sex_are_read_before() -> None:
    checked = look(HEAD, ROWS, facts=BookFacts(id_key=KEY)).checked
    assert checked.columns["id_no"] == [hashed(KEY, ID), None]
    assert checked.columns["birth_date"] == ["1949-12-31", None]
    assert checked.columns["gender"] == ["女", None]
    assert ID not in str(checked.columns) + str(checked.extra)


def test_a_hash_is_the_same_for_the_same_number_and_not_hashed_again() -> None:
    assert hashed(KEY, ID) == hashed(KEY, ID.lower()) == hashed(KEY, hashed(KEY, ID))
    assert hashed(KEY, ID) != hashed(b"l" * 32, ID)
