import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.symbols import canonical_symbol, find_symbols


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("See A/RES/79/1.", ["A/RES/79/1"]),
        ("contained in document A/80/62–E/2025/3, and", ["A/80/62-E/2025/3"]),
        ("A/72/711-S/2018/25; A/C.2/59/3, annex", ["A/72/711-S/2018/25", "A/C.2/59/3"]),
        ("WSIS-03/GENEVA/DOC/4-E and TD/B/C.II/30", ["WSIS-03/GENEVA/DOC/4-E", "TD/B/C.II/30"]),
        ("A/S-10/2, E/CN.16/2024/2/Add.1.", ["A/S-10/2", "E/CN.16/2024/2/Add.1"]),
        ("UNEP/EA.5/Res.14 and CRC/C/GC/25", ["UNEP/EA.5/Res.14", "CRC/C/GC/25"]),
        ("S/RES/1325 (2000) was adopted", ["S/RES/1325 (2000)"]),
        ("report A/79/62 (2024)", ["A/79/62"]),
        ("its resolution 70/125 of 16 December 2015", ["70/125"]),
        ("General Assembly resolutions 70/1 and 70/125.", ["70/1", "70/125"]),
        (
            "resolutions 77/150 of 14 December 2022, on technology, and 77/160 of the same day",
            ["77/150", "77/160"],
        ),
        ("Council resolution 2006/46 of 28 July 2006", ["2006/46"]),
        ("decision 2017/210", ["2017/210"]),
        ("resolution 217 A (III) and resolution 57/270 B,", ["217 A (III)", "57/270 B"]),
        ("resolutions 1960 (2010) and 2106 (2013)", ["1960 (2010)", "2106 (2013)"]),
        ("la résolution 70/125 et la resolución 70/1", ["70/125", "70/1"]),
        ("resolution S-17/2", ["S-17/2"]),
        ("HIV/AIDS, TCP/IP, ICT/telecommunications and and/or", []),
        ("open 24/7 under the resolution of 2015", []),
        ("Resolution 73 (Minneapolis, 1998) and Resolutions 140 (Rev. Bucharest, 2022)", []),
        ("in 70/125 cases", []),
        ("https://undocs.org/A/RES/70/1", []),
        ("resolution 70/125 and again resolution 70/125", ["70/125"]),
        ("The resolution was adopted. Some 3/4 of 70/125 members voted.", []),
    ],
)
def test_find_symbols(text, symbols):
    assert find_symbols(text) == symbols


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("70/125", "A/RES/70/125"),
        ("2006/46", "E/RES/2006/46"),
        ("217 A (III)", "A/RES/217(III)A"),
        ("1325 (2000)", "S/RES/1325(2000)"),
        ("S/RES/1325 (2000)", "S/RES/1325(2000)"),
        ("5/1", "A/HRC/RES/5/1"),
        ("a/res/70/125", "A/RES/70/125"),
        ("A/80/62–E/2025/3", "A/80/62-E/2025/3"),
        ("A/79/62/ADD.1", "A/79/62/Add.1"),
        (" A/79/62. ", "A/79/62"),
        ("A//70", None),
        ("resolution", None),
        ("", None),
        ("HIV/AIDS", None),
    ],
)
def test_canonical_symbol(printed, canonical):
    assert canonical_symbol(printed) == canonical


def test_canonical_symbol_is_told_the_body():
    assert canonical_symbol("32/13", body="HRC") == "A/HRC/RES/32/13"
    assert canonical_symbol("32/13") == "A/RES/32/13"


@given(st.text(alphabet="AES/RES0123456789 ().-–Cresolution,;", max_size=200))
def test_symbols_of_any_text_have_a_canonical_form_that_stays(text):
    for symbol in find_symbols(text):
        canonical = canonical_symbol(symbol)
        assert canonical is not None
        assert canonical_symbol(canonical) == canonical


@pytest.mark.parametrize("piece", ["A/", "A/1-", "resolution ", "70/125 ", "A/1.", "(III) "])
def test_find_symbols_is_linear(piece):
    find_symbols(piece * 40_000)
