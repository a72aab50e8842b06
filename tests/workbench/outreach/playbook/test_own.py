"""A branch's own scripts and head office's set: checked, kept apart, undone, and the library in force (domain 8.5, 10.1)."""

from typing import Any

import pytest

from db.playbook import own_scripts
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.outreach.playbook.library import ScriptLibrary, library
from workbench.outreach.playbook.own import OwnScripts, entry_of
from workbench.outreach.playbook.own_rows import own_rows, with_own
from workbench.outreach.playbook.room import Playbook
from workbench.outreach.playbook.touches import touch_script
from workbench.rules.parameters import Rules

OURS = "{hello},我是{manager}。您上次问的那件事我问清楚了,这周哪天方便,我当面跟您说?"
SHIPPED = "G-101"


@pytest.fixture
def own(small: SmallBook) -> OwnScripts:
    return OwnScripts(small.book, Rules.load())


def held(small: SmallBook) -> ScriptLibrary:
    """The library in force, read anew."""
    with small.book.read() as conn:
        return with_own(library(), own_rows(conn))


def refused(own: OwnScripts, **entry: Any) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as caught:
        own.put({"scene": "open", **entry})
    assert caught.value.code == "bad_script"
    return caught.value


def test_own_script_is_written_rewritten_left_out_and_undone(small: SmallBook, own: OwnScripts) -> None:
    made = own.put({"scene": "open", "text": "您好,这一条写了又收回,不作数。"})
    assert made.undo_id is not None
    small.book.reverse(made.undo_id, forward=False)
    assert held(small) is library()
    own.put({"scene": "open", "text": OURS, "segment": ["owner"]})
    one = held(small).scripts["MY-001"]
    assert (one.text, one.whose, one.library, one.version) == (OURS, "own", "own", 1)
    change = own.put({"scene": "open", "text": OURS + "不急。"}, "MY-001")
    assert held(small).scripts["MY-001"].version == 2
    assert change.undo_id is not None
    small.book.reverse(change.undo_id, forward=False)
    assert held(small).scripts["MY-001"].text == OURS
    own.leave_out("MY-001")
    assert "MY-001" not in held(small).scripts
    assert [left.id for left in own.left_out()] == ["MY-001"]
    own.restore("MY-001")
    assert held(small).scripts["MY-001"].text == OURS


def test_shipped_script_is_left_out_rewritten_in_its_place_and_given_back(
    small: SmallBook, own: OwnScripts
) -> None:
    own.leave_out(SHIPPED)
    assert SHIPPED not in held(small).scripts
    own.restore(SHIPPED)
    assert held(small).scripts[SHIPPED] is library().scripts[SHIPPED]
    before = library().scripts[SHIPPED]
    text = "您好,今天天冷,出门多穿一件。"
    own.put({**entry_of(before), "text": text}, SHIPPED)
    after = held(small).scripts[SHIPPED]
    assert (after.text, after.library, after.touches) == (text, before.library, before.touches)
    assert (after.version, after.whose) == (before.version + 1, "own")
    own.leave_out(SHIPPED)
    own.restore(SHIPPED)
    assert held(small).scripts[SHIPPED].text == text
    own.restore(SHIPPED)
    assert held(small).scripts[SHIPPED] == before
    with pytest.raises(WorkbenchError, match="没有改过"):
        own.restore(SHIPPED)
    with pytest.raises(WorkbenchError) as unknown:
        own.leave_out("X-1")
    assert unknown.value.code == "no_such_script"


@pytest.mark.parametrize("code", sorted(library().scripts)[:40])
def test_entry_of_a_shipped_script_is_that_script(code: str) -> None:
    from workbench.outreach.playbook.library import read_entry

    one = library().scripts[code]
    (again,) = read_entry(
        {**entry_of(one), "id": code, "mark": one.mark}, one.library, library().scenes, library().axes
    )
    assert (again.text, again.kind, again.touches, again.segment) == (
        one.text, one.kind, one.touches, one.segment,
    )  # fmt: skip
    assert (again.regime, again.risk, again.quiet, again.old) == (one.regime, one.risk, one.quiet, one.old)


def test_greeting_of_the_year_is_rewritten_with_its_own_gaps(small: SmallBook, own: OwnScripts) -> None:
    entry = entry_of(library().scripts[SHIPPED])
    with pytest.raises(WorkbenchError, match="manager"):
        own.put({**entry, "text": "{hello},我是{manager},今天是{name},问候您一声。"}, SHIPPED)
    own.put({**entry, "text": "{hello},今天是{name},记得早点回家。"}, SHIPPED)
    mine = held(small)
    reason = "festival.tree"
    one = touch_script(reason, held=mine)
    assert one is not None
    assert "早点回家" in one.text
    shipped = touch_script(reason)
    assert shipped is not None
    assert shipped.whose == "shipped"
    own.leave_out(SHIPPED)
    left = touch_script(reason, held=held(small))
    assert left is None or left.id != SHIPPED


def test_red_line_is_refused_with_the_word_why_and_what_may_be_said(own: OwnScripts) -> None:
    error = refused(own, text="这款产品保本保息,您放心买,下午来就行。")
    assert "保本" in error.message
    assert "可以说" in error.message
    assert [one.word for one in own.crossed("今天是最后一天,赶紧来")][:1] == ["最后一天"]
    assert own.crossed("您看完材料、和家里人商量好再决定") == ()


def test_text_is_held_against_its_length_its_gaps_and_its_scene(own: OwnScripts) -> None:
    assert "至少 8 个" in refused(own, text="您好。").message
    assert "最多 120 个" in refused(own, text="好" * 121).message
    assert "最多 360 个" in refused(own, text="good " * 73).message
    assert "{nickname}" in refused(own, text="{nickname},您好,这周方便见一面吗?").message
    for text in ("{hello.name},这周方便见一面吗?", "{},这周方便见一面吗?", "您好{,这周方便见一面吗?"):
        refused(own, text=text)
    assert refused(own, text=OURS, scene="nowhere")


def test_text_that_sells_states_its_kind_and_risk(small: SmallBook, own: OwnScripts) -> None:
    text = "这款理财的期限和风险写在一页纸上,您看完再定,不合适就不买。"
    assert "产品类别" in refused(own, scene="product", text=text).message
    assert "R1" in refused(own, scene="product", text=text, regime="wealth").message
    own.put({"scene": "product", "text": text, "regime": "wealth", "risk": 2})
    assert held(small).scripts["MY-001"].of_product
    # in a scene of care it is marketing all the same, so that consent is asked for it
    own.put({"scene": "invite", "text": text, "regime": "wealth", "risk": 2})
    assert held(small).scripts["MY-002"].kind == "marketing"


def test_set_of_head_office_replaces_the_former_one_and_leaves_ours_alone(
    small: SmallBook, own: OwnScripts
) -> None:
    own.put({"scene": "open", "text": OURS})
    first = own.replace_office(
        [
            ("1", {"scene": "open", "text": "您好,我是您的客户经理,今天打电话是想听听您的想法。"}),
            ("2", {"scene": "invite", "text": "您好,这周三下午网点有人讲防诈骗,您有空来坐坐吗?"}),
            ("3", {"scene": "open", "text": "您好,这款产品稳赚,您今天就定下来吧。"}),
            ("2", {"scene": "open", "text": "您好,这一行的编号已经有过一次了,不该进来。"}),
        ]
    )
    assert first.stored == 2
    assert {at: error.code for at, error in first.faults.items()} == {2: "bad_script", 3: "script_twice"}
    scripts = held(small).scripts
    assert (scripts["HQ-1"].whose, scripts["HQ-2"].library) == ("office", "office")
    own.leave_out("HQ-2")
    second = own.replace_office(
        [
            ("HQ-1", {"scene": "open", "text": "您好,我是您的客户经理,上次说的事有了眉目。"}),
            ("2", {"scene": "invite", "text": "您好,这周三下午网点有人讲防诈骗,您有空来坐坐吗?"}),
        ]
    )
    scripts = held(small).scripts
    assert scripts["HQ-1"].version == 2
    assert "HQ-2" not in scripts
    assert scripts["MY-001"].text == OURS
    # a set of which nothing may enter leaves the former one standing
    third = own.replace_office([("9", {"scene": "open", "text": "您好,这款产品稳赚,您今天就定下来吧。"})])
    assert third.stored == 0
    assert held(small).scripts["HQ-1"] == scripts["HQ-1"]
    assert second.change.undo_id is not None
    small.book.reverse(second.change.undo_id, forward=False)
    assert held(small).scripts["HQ-1"].version == 1


def test_rewriting_head_offices_script_makes_ones_own(small: SmallBook, own: OwnScripts) -> None:
    own.replace_office([("1", {"scene": "open", "text": "您好,我是您的客户经理,今天想听听您的想法。"})])
    own.put({"scene": "open", "text": OURS}, "HQ-1")
    scripts = held(small).scripts
    assert scripts["HQ-1"].whose == "office"
    assert scripts["MY-001"].text == OURS


def test_playbook_offers_what_is_in_force(small: SmallBook) -> None:
    insight = small.insight
    playbook = Playbook(small.book, Rules.load(), {}, insight.engine, insight.matrix)
    assert playbook.everything() is library()
    playbook.own.put({"scene": "open", "text": OURS})
    assert playbook.everything().scripts["MY-001"].text == OURS
    assert playbook.everything() is playbook.everything()
    with small.book.read() as conn:
        assert conn.execute(own_scripts.select()).one().made


@pytest.mark.parametrize(
    "entry",
    [
        {"text": None}, {"text": 5}, {"text": [OURS]}, {"text": OURS, "segment": ["nobody"]},
        {"text": OURS, "segment": "elder"}, {"text": OURS, "style": ["Z"]}, {"text": OURS, "stage": ["J9"]},
        {"text": OURS, "channel": ["pigeon"]}, {"text": OURS, "regime": "art"}, {"text": OURS, "kind": "gossip"},
        {"text": OURS, "regime": "wealth", "risk": 9}, {"text": OURS, "regime": "wealth", "risk": "2"},
        {"text": OURS, "at_least": {"age": "x"}}, {"text": OURS, "never": "abc"}, {"scene": ["open"], "text": OURS},
    ],
    ids=str,
)  # fmt: skip
def test_what_would_fit_nobody_or_break_the_choice_of_all_is_refused(
    own: OwnScripts, entry: dict[str, Any]
) -> None:
    refused(own, **entry)


def test_a_text_is_kept_as_one_line_that_reads_as_it_stands(small: SmallBook, own: OwnScripts) -> None:
    own.put({"scene": "open", "text": " 您好,\u202e这周我\x07都在\n\n网点,您先\u200b来个电话。"})
    assert held(small).scripts["MY-001"].text == "您好,这周我都在 网点,您先来个电话。"
    # a word that nobody sees is broken up is the same word
    assert "验证码发我" in refused(own, text="您好,验\u200b证码发\u2060我一下,我来帮您办。").sentence()


def test_the_same_text_is_not_written_twice(small: SmallBook, own: OwnScripts) -> None:
    own.put({"scene": "open", "text": OURS})
    with pytest.raises(WorkbenchError) as caught:
        own.put({"scene": "open", "text": OURS + " "})
    assert caught.value.code == "script_there"
    assert list(held(small).scripts)[-1] == "MY-001"


def test_head_offices_rows_need_a_number_that_a_person_can_type(small: SmallBook, own: OwnScripts) -> None:
    rows = [
        (number, {"scene": "open", "text": OURS + number[:2]}) for number in ("1", " ", "x" * 500, "a\nb")
    ]
    taken = own.replace_office(rows)
    assert taken.stored == 1
    assert {at: one.code for at, one in taken.faults.items()} == dict.fromkeys((1, 2, 3), "bad_number")
    # and no text twice
    again = own.replace_office([(number, {"scene": "open", "text": OURS}) for number in "123"])
    assert (again.stored, [one.code for one in again.faults.values()]) == (1, ["script_there"] * 2)
