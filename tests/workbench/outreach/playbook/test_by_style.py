"""The eight scenes of the book of styles: the customer's own style where it is known, else neutral words (domain 2.2 b)."""

from workbench.outreach.playbook.by_style import DISC, by_style, scenes_of
from workbench.outreach.playbook.choosing import ChosenScript, ScriptChoice
from workbench.outreach.playbook.gate import Withheld
from workbench.outreach.playbook.library import library

ALL = [one for one in library().scripts.values() if one.library == DISC]


def chosen(style: str, *, without: str = "") -> ScriptChoice:
    """What may be said to a customer of a style ('' for unknown), nothing in the scene `without`."""
    fitting = [one for one in ALL if not one.style or style in one.style]
    return ScriptChoice(
        tuple(ChosenScript(one, one.text, 1.0, "") for one in fitting if one.scene != without),
        tuple(Withheld(one.id, "refused", "他拒绝营销") for one in fitting if one.scene == without),
    )


def test_there_are_the_eight_scenes_of_the_outline() -> None:
    names = [one.name for one in scenes_of(chosen("D"))]
    assert sorted(names) == sorted(["邀约", "开场", "异议", "成交", "亏损", "投诉", "转介", "节日"])
    assert by_style().scenes == tuple(one.scene for one in scenes_of(chosen("D")))


def test_a_known_style_has_its_own_words_and_what_not_to_do() -> None:
    for letter in "DISC":
        own = {one.text for one in ALL if letter in one.style}
        for scene in scenes_of(chosen(letter)):
            assert scene.texts
            assert set(scene.texts) <= own
            assert scene.never
            assert scene.withheld == ""


def test_an_unknown_style_has_neutral_words() -> None:
    neutral = {one.text for one in ALL if not one.style}
    for scene in scenes_of(chosen("")):
        assert scene.texts
        assert set(scene.texts) <= neutral


def test_where_nothing_may_be_said_the_reason_stands_in_its_place() -> None:
    (invite,) = [one for one in scenes_of(chosen("D", without="invite")) if one.scene == "invite"]
    assert (invite.texts, invite.withheld) == ((), "他拒绝营销")
