"""One sensitivity for each field says how it is masked everywhere; what has none is closed (issue 10, fault 3; domain 17)."""

from importlib.resources import files

import pytest
import tomli as tomllib

from workbench.base.sensitivity import (
    CLOSED,
    LEGIBLE,
    PLACES,
    Place,
    declared,
    sensitivity_of,
)
from workbench.intake.catalogue.fields import catalogue
from workbench.people.privacy import masking

FIELDS = tuple(catalogue().fields.values())
#: what stands in a field of each kind; every sign of it can be told from a star
SAMPLES = {
    "name": "欧阳修远", "phone": "13912345678", "idcard": "110101199003074514", "id": "6222021234567890123",
    "text": "大连市中山区人民路1号 欧阳修远 13912345678",
}  # fmt: skip
MASKED = (
    "name", "phone", "id_no", "email", "residence_address", "employer", "payroll_employer", "payroll_payer",
    "household_register", "ethnicity", "counterparty", "txn_summary", "referred_name", "referred_phone",
)  # fmt: skip
REMARKS = ("note", "touch_note", "complaint_content", "complaint_outcome", "referral_need")


def _seen(field: str, text: str, place: Place) -> int:
    """How many signs of a value a place shows."""
    shown = masking(field, text, place)
    return len([sign for sign in shown if sign.isalnum()])


def test_every_entry_of_the_catalogue_says_how_sensitive_it_is() -> None:
    body = tomllib.loads((files("resources") / "fields.toml").read_text("utf-8"))
    silent = [
        key
        for part in ("fields", "balances")
        for key, entry in body[part].items()
        if "sensitivity" not in entry
    ]
    assert silent == []


def test_the_catalogue_and_the_masks_read_the_same_entry() -> None:
    assert [one.key for one in FIELDS if one.sensitivity != sensitivity_of(one.key)] == []


@pytest.mark.parametrize("field", [one.key for one in FIELDS])
def test_paper_file_and_document_mask_at_least_as_much_as_the_screen(field: str) -> None:
    text = SAMPLES.get(catalogue()[field].kind, "13912345678")
    places = [place for place in PLACES if not (place == "json" and field.endswith("customer_no"))]
    seen = {place: _seen(field, text, place) for place in places}
    assert max(seen.values()) == seen["screen"]
    if not sensitivity_of(field).legible_at("screen"):
        assert [place for place in places if sensitivity_of(field).legible_at(place)] == []


@pytest.mark.parametrize("field", MASKED)
@pytest.mark.parametrize("place", PLACES)
def test_who_a_person_is_and_who_pays_him_is_masked_everywhere(field: str, place: Place) -> None:
    text = SAMPLES["text"]
    assert masking(field, text, place) != text
    assert _seen(field, text, place) < _seen("gender", text, place)


@pytest.mark.parametrize("field", REMARKS)
def test_a_remark_is_read_on_the_screen_and_not_handed_on(field: str) -> None:
    assert "欧阳修远" in masking(field, SAMPLES["text"], "screen")
    assert masking(field, SAMPLES["text"], "file") == masking(field, SAMPLES["text"], "json") == "大**"


def test_figures_and_levels_stay_legible() -> None:
    for field in FIELDS:
        if field.kind in ("money", "level", "count", "percent", "flag"):
            assert all(field.sensitivity.at(place) in LEGIBLE for place in PLACES), field.key


def test_a_customer_number_is_never_masked_in_a_document() -> None:
    assert masking("customer_no", "13912345678", "json") == "13912345678"
    assert masking("customer_no", "13912345678", "file") == "**5678"


@pytest.mark.parametrize("place", PLACES)
def test_a_new_an_unknown_and_an_own_field_is_closed_until_somebody_says_otherwise(place: Place) -> None:
    assert declared({"label": "新的一列"}) == CLOSED
    assert sensitivity_of("备用1") == sensitivity_of("custom.家属") == sensitivity_of(None) == CLOSED
    assert masking("custom.家属", "林秀英", place) == "***"
    assert masking("custom.家属", "林秀英 13912345678", place, {"custom.家属"}) == "林秀英 139****5678"


@pytest.mark.parametrize(
    "raw", ["C2", {"class": "C4"}, {"class": "C2", "mask": "half"}, {"class": "C2", "wall": "all"}]
)
def test_a_misspelt_sensitivity_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        declared({"sensitivity": raw})


def test_a_place_that_an_entry_leaves_out_is_closed() -> None:
    found = declared({"sensitivity": {"class": "C2", "screen": "text"}})
    assert (found.screen, found.paper, found.file, found.json) == ("text", "all", "all", "all")


def test_columns_of_the_book_are_known_by_their_field() -> None:
    assert sensitivity_of("content") == sensitivity_of("complaint_content")
    assert sensitivity_of("counterparties") == sensitivity_of("flow_counterparties")
    assert sensitivity_of("employer").file == "first"
