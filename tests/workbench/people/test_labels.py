"""What fields are called, in the order of the catalogue and in the language in use."""

from workbench.base.fields_file import fields_file
from workbench.base.i18n import use_language
from workbench.people.labels import headings, label, ordered_fields


def test_every_field_has_a_label_and_a_kind_in_catalogue_order() -> None:
    listed = ordered_fields()
    assert [key for key, _label, _kind in listed] == list(fields_file()["fields"])
    assert all(text and kind for _key, text, kind in listed)


def test_a_balance_is_named_with_its_measure() -> None:
    book = fields_file()
    for balance, words in book["balances"].items():
        for measure, suffix in book["measures"].items():
            named = label(f"{balance}_{measure}")
            assert str(words["label"]) in named
            assert str(suffix["label"]) in named


def test_an_unknown_field_keeps_its_name() -> None:
    assert label("家里人") == "家里人"
    assert label("demand_colour") == "demand_colour"


def test_labels_follow_the_language_in_use() -> None:
    chinese = label("occupation")
    use_language("en")
    assert label("occupation") != chinese
    assert {key: text for key, text, _kind in ordered_fields()}["occupation"] == label("occupation")


def test_a_heading_that_two_fields_share_leads_to_neither() -> None:
    told = [word for words in headings().values() for word in words]
    assert len(told) == len(set(told))
    shared = {
        word
        for words in (body.get("synonyms", ()) for body in fields_file()["fields"].values())
        for word in words
    } - set(told)
    for word in shared:
        assert sum(word in body.get("synonyms", ()) for body in fields_file()["fields"].values()) > 1
