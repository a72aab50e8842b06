"""The measured table of chances: by band, rising, in words (domain 22-17)."""

import pytest

from workbench.insight.churn.chances import bands, chance_of


def test_the_bands_rise_are_large_and_begin_at_nothing() -> None:
    table = bands()
    assert table[0].least == 0
    assert [one.least for one in table] == sorted({one.least for one in table})
    shares = [one.share for one in table]
    assert shares == sorted(shares)
    assert min(one.n for one in table) >= 500
    assert sum(one.n for one in table) == 14_183


@pytest.mark.parametrize("risk", [0, 9.99, 10, 44.9, 45, 69.9, 70, 100])
def test_a_risk_takes_the_band_it_stands_in(risk: float) -> None:
    band = [one for one in bands() if one.least <= risk][-1]
    found = chance_of(risk)
    assert (found.share, found.n) == (band.share, band.n)
    assert found.as_json() == {"share": round(band.share, 3), "n": band.n, "text": found.text}


def test_the_sentence_says_the_share_in_customers_and_where_it_was_measured() -> None:
    assert chance_of(75).text == "约每10户流失8户(按公开的七个月银行数据实测,非本行)"
    assert chance_of(0).text.startswith("约每20户流失1户")
    for one in bands():
        among, lost = map(int, chance_of(one.least).text.split("(")[0][2:-1].split("户流失"))
        assert lost / among == pytest.approx(one.share, abs=0.021)
