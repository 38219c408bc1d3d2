import pytest

from rapporteur.directory.names import fold_name, split_names
from rapporteur.directory.queries import find_organization, holders_of_names, parser_names
from tests.factories.directory import make_country, make_organization


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("UN-Women", "unwomen"),
        ("UN Women", "unwomen"),
        ("UNWomen", "unwomen"),
        ("  the World   Bank ", "worldbank"),
        ("Theatre Union", "theatreunion"),
        ("The", "the"),
        ("Children’s Fund", "childrensfund"),
        ("Children's Fund", "childrensfund"),
        ("Télécommunications & Médias", "telecommunicationsandmedias"),
        ("الاتحاد الدولي للاتصالات", "الاتحادالدوليللاتصالات"),
        ("国际电信联盟", "国际电信联盟"),
        ("Ｉ Ｔ Ｕ", "itu"),
        ("GROẞE Straße", "grossestrasse"),
        (" – (…) ", ""),
        ("", ""),
    ],
)
def test_fold_name_leaves_letters_and_digits(printed, key):
    assert fold_name(printed) == key


def test_split_names_keeps_each_name_once():
    assert split_names(" ITU office ; ; ITU  office;T-Union") == ("ITU office", "T-Union")


@pytest.mark.django_db
def test_find_organization_by_name_acronym_alias_and_former_name():
    bank = make_organization(
        "World Bank", "WB", aliases=["World Bank Group"], former_names=["Reconstruction Bank"]
    )
    for printed in ("the World Bank", "wb", "WORLD BANK GROUP", "reconstruction-bank"):
        assert find_organization(printed) == bank
    assert find_organization("Bank") is None
    assert find_organization("–") is None


@pytest.mark.django_db
def test_holders_of_names_leaves_one_organization_out():
    bank = make_organization("World Bank", "WB")
    other = make_organization("World Fund", "WF")

    assert holders_of_names(["wb", "worldfund", "none"]) == {"wb": bank, "worldfund": other}
    assert holders_of_names(["wb", "worldfund"], but=bank) == {"worldfund": other}


@pytest.mark.django_db
def test_parser_names_are_the_live_organizations_and_places(django_assert_num_queries):
    make_country("KEN", aliases=["Republic of Kenya"])
    bank = make_organization("World Bank", "WB", aliases=["Bank Group"], former_names=["Old Bank"])
    make_organization("Gone Body", retired_at="2026-01-01T00:00Z")
    make_organization("Merged Body", merged_into=bank)

    with django_assert_num_queries(3):
        names = parser_names()

    assert [item.spellings for item in names.organizations] == [
        ("World Bank", "WB", "Bank Group", "Old Bank")
    ]
    assert names.organizations[0].kind == "un-entity"
    assert names.places == {"Kenya", "Republic of Kenya"}
