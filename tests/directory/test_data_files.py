"""The directory shipped with the package: countries, groups, organizations, facilitation."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

import rapporteur

PACKAGE = Path(rapporteur.__file__).parent
DATA = PACKAGE / "directory" / "data"
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_framework_data.py"
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
KINDS = {
    "un-organ",
    "un-entity",
    "un-regional-commission",
    "intergovernmental",
    "government",
    "civil-society",
    "private-sector",
    "academia",
    "technical-community",
    "coalition",
    "office-holder",
}
COLUMNS = {
    "countries": "iso3,iso2,m49,name_en,name_fr,name_es,name_ar,name_ru,name_zh,aliases",
    "country_groups": "iso3,group,since,until,as_of,source,source_link",
    "organizations": (
        "slug,acronym,name,name_fr,name_es,name_ar,name_ru,name_zh,kind,stakeholder_group,country,"
        "aliases,former_names,ungis,ungis_source,ungis_source_link,partnership,partnership_source,"
        "partnership_source_link,website,source,source_link"
    ),
    "facilitation": "concept,organization,role,since,until,source,source_link",
}
# The contributors of A/80/62-E/2025/3, note 1, as printed, and the organization each is.
CONTRIBUTORS = {
    "Association for Progressive Communications": "apc",
    "Council of Europe": "coe",
    "Economic and Social Commission for Asia and the Pacific": "escap",
    "Economic and Social Commission for Western Asia": "escwa",
    "Economic Commission for Europe": "ece",
    "Economic Commission for Latin America and the Caribbean": "eclac",
    "Global System for Mobile Communications Association": "gsma",
    "International Federation of Library Associations and Institutions": "ifla",
    "International Telecommunication Union": "itu",
    "International Trade Centre": "itc",
    "Internet Corporation for Assigned Names and Numbers": "icann",
    "Internet Governance Forum (IGF) secretariat": "igf",
    "Internet Society": "isoc",
    "Office of the Secretary-General’s Envoy on Technology": "odet",
    "Organisation for Economic Co-operation and Development": "oecd",
    "UNCTAD": "unctad",
    "United Nations Children’s Fund": "unicef",
    "United Nations Department of Economic and Social Affairs": "desa",
    "United Nations Development Programme": "undp",
    "United Nations Educational, Scientific and Cultural Organization": "unesco",
    "United Nations Entity for Gender Equality and the Empowerment of Women": "un-women",
    "United Nations Environment Programme": "unep",
    "United Nations Industrial Development Organization": "unido",
    "United Nations Office on Drugs and Crime": "unodc",
    "United Nations Relief and Works Agency for Palestine Refugees in the Near East": "unrwa",
    "World Economic Forum": "wef",
    "World Food Programme": "wfp",
    "World Health Organization": "who",
    "World Intellectual Property Organization": "wipo",
    "World Meteorological Organization": "wmo",
    "World Trade Organization": "wto",
}
# Other actors that its paragraphs name, as printed.
ACTORS = """
Access Now;African Union;artificial intelligence governance alliance;Best Practice Forum on
Cybersecurity;Broadband Commission;Broadband Commission for Sustainable Development;Coalition for
Digital Environment Sustainability;Commission on Science and Technology for Development;Committee
of Ministers;Conference of the Parties to the United Nations Framework Convention on Climate
Change;Cybercrime Programme Office;Cybersecurity Multi-Donor Trust Fund;Digital Development
Partnership;Digital Development Practice;Digital Health Action Alliance;Digital Public Goods
Alliance;Digital Transformation Collaborative;Diplo Foundation;dynamic coalitions;Economic and
Social Council;Economic Commission for Africa;Economic Commission for Africa Digital Centre for
Excellence;Edison Alliance;Emergency Telecommunications Cluster;Equals Global Partnership;eTrade
for all;eTrade for Women;European Commission;Fairwork Foundation;Food and Agriculture Organization
of the United Nations;General Assembly;Geneva Internet platform;Giga;Global Partnership on
Artificial Intelligence;Government of Egypt;Government of Germany;Government of Italy;Group of
20;Group of 20 working group on the digital economy;Group of 7;High-Level Advisory Body on
Artificial Intelligence;High-Level Political Forum;ICT Development Fund;Intergovernmental Group of
Experts on E-commerce and the Digital Economy;International Chamber of Commerce;International Fund
for Public Interest Media;International Labour Organization;International Monetary Fund;Internet
Engineering Task Force;Internet Governance Forum;ISOC;ITU Academy;Joint Sustainable Development
Goals Fund;Leadership Panel;League of Arab States;Maitland Commission;Multi-stakeholder Advisory
Group;multi-stakeholder forum on science, technology and innovation for the Sustainable Development
Goals;Office of Information and Communications Technology;open-ended working group on security of
and in the use of ICTs 2021–2025;Partner 2 Connect digital coalition;Partnership on Measuring ICT
for Development;Research for Life;Special Rapporteur on the right to privacy;Special Rapporteur on
the rights to freedom of peaceful assembly and of association;steering committee for the
implementation of the Pact for the Future;United Nations;United Nations Centre for Trade
Facilitation and Electronic Business;United Nations Digital Community;United Nations Group on the
Information Society;United Nations High Commissioner for Human Rights;United Nations
Secretary-General;Women Exporters in the Digital Economy Fund;working group on digital
technologies;working group on enhanced cooperation;World Bank;World Benchmarking Alliance;World
Wide Web Consortium
"""
PARTNERSHIP = {
    "desa", "eca", "eclac", "escap", "escwa", "eurostat", "ilo", "itu", "oecd", "scycle",
    "secretariat-of-the-basel-convention", "uis", "unctad", "world-bank",
}  # fmt: skip
LEADS = {
    "C1": "desa",
    "C2": "itu",
    "C3": "unesco",
    "C4": "itu",
    "C5": "itu",
    "C6": "itu",
    "C7.1": "desa",
    "C7.2": "unctad",
    "C7.3": "unesco",
    "C7.4": "who",
    "C7.5": "ilo",
    "C7.6": "unep",
    "C7.7": "fao",
    "C7.8": "unesco",
    "C8": "unesco",
    "C9": "unesco",
    "C10": "unesco",
    "C11": "desa",
}


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def codes(scheme: str) -> set[str]:
    path = PACKAGE / "framework" / "data" / f"{scheme}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["code"] for row in csv.DictReader(stream)}


def key(name: str) -> str:
    """Letters and digits alone, without case and accents."""
    words = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ").strip()
    letters = re.sub(r"^the\s+", "", words)
    return "".join(sign for sign in letters if sign.isalnum())


def spellings(row: dict[str, str]) -> set[str]:
    names = [row["acronym"], row["name"], *row["aliases"].split(";")]
    names += [row[f"name_{language}"] for language in LANGUAGES if language != "en"]
    return {key(name) for name in names if name}


def by_spelling() -> dict[str, str]:
    return {name: row["slug"] for row in read("organizations") for name in spellings(row)}


@pytest.mark.parametrize("name", COLUMNS)
def test_file_is_plain_utf8_with_its_columns_and_no_stray_blanks(name):
    raw = (DATA / f"{name}.csv").read_bytes()
    rows = list(csv.reader(raw.decode("utf-8").splitlines()))

    assert ",".join(rows[0]) == COLUMNS[name]
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert [cell for row in rows for cell in row if cell != " ".join(cell.split())] == []
    assert {len(row) for row in rows} == {len(rows[0])}


def test_countries_have_codes_and_names_in_six_languages():
    rows = read("countries")

    assert len(rows) == 249
    assert [row["iso3"] for row in rows] == sorted({row["iso3"] for row in rows})
    assert len({row["iso2"] for row in rows}) == len({row["m49"] for row in rows}) == 249
    for row in rows:
        assert re.fullmatch(r"[A-Z]{3} [A-Z]{2} \d{3}", f"{row['iso3']} {row['iso2']} {row['m49']}")
        assert all(row[f"name_{language}"] for language in LANGUAGES), row["iso3"]


def test_namibia_keeps_its_code():
    namibia = next(row for row in read("countries") if row["iso3"] == "NAM")

    assert (namibia["iso2"], namibia["m49"], namibia["name_en"]) == ("NA", "516", "Namibia")


def test_countries_bear_their_united_nations_names():
    names = {row["iso3"]: row["name_en"] for row in read("countries")}

    assert names["CIV"] == "Côte d'Ivoire"
    assert names["TUR"] == "Türkiye"
    assert names["KOR"] == "Republic of Korea"
    assert names["TWN"] == "Taiwan Province of China"


def test_country_aliases_name_one_country_each():
    owners = defaultdict(set)
    for row in read("countries"):
        for name in [row["name_en"], *row["aliases"].split(";")]:
            if name:
                owners[key(name)].add(row["iso3"])

    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_groups_name_countries_and_concepts_that_exist():
    countries = {row["iso3"] for row in read("countries")}
    known = codes("regions") | codes("itu-regions") | codes("country-groups")
    rows = read("country_groups")

    assert [row for row in rows if row["iso3"] not in countries] == []
    assert {row["group"] for row in rows} == known
    assert len({(row["iso3"], row["group"], row["since"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["source"]
        assert row["source_link"].startswith("https://")
        assert date.fromisoformat(row["as_of"])


def test_groups_have_their_sizes():
    sizes = Counter(row["group"] for row in read("country_groups") if not row["until"])

    assert sizes == {
        "region:africa": 54,
        "region:asia-pacific": 58,
        "region:europe": 56,
        "region:latin-america": 50,
        "region:western-asia": 22,
        "itu-region:africa": 44,
        "itu-region:americas": 35,
        "itu-region:arab-states": 22,
        "itu-region:asia-pacific": 39,
        "itu-region:cis": 9,
        "itu-region:europe": 46,
        "group:ldc": 44,
        "group:lldc": 32,
        "group:sids": 53,
    }


def test_a_country_stands_in_one_itu_region():
    rows = [row for row in read("country_groups") if row["group"].startswith("itu-region:")]

    assert len({row["iso3"] for row in rows}) == len(rows) == 195


def test_a_country_may_stand_in_several_commissions():
    regions = defaultdict(set)
    for row in read("country_groups"):
        if row["group"].startswith("region:"):
            regions[row["iso3"]].add(row["group"])

    assert regions["EGY"] == {"region:africa", "region:western-asia"}
    assert regions["TUR"] == {"region:asia-pacific", "region:europe"}
    assert regions["NAM"] == {"region:africa"}


def test_countries_that_left_the_least_developed_have_the_day():
    left = {
        row["iso3"]: row["until"]
        for row in read("country_groups")
        if row["group"] == "group:ldc" and row["until"]
    }

    assert left["STP"] == "2024-12-13"
    assert left["BTN"] == "2023-12-13"
    assert len(left) == 8
    assert all(date.fromisoformat(day) for day in left.values())


def test_organizations_refer_to_what_exists():
    countries = {row["iso3"] for row in read("countries")}
    groups = codes("stakeholder-groups")
    rows = read("organizations")

    assert len(rows) >= 360
    assert [row["slug"] for row in rows] == sorted({row["slug"] for row in rows})
    for row in rows:
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["slug"])
        assert row["name"]
        assert row["kind"] in KINDS, row["slug"]
        assert row["stakeholder_group"] in groups | {""}, row["slug"]
        assert row["country"] in countries | {""}, row["slug"]
        assert row["source"], row["slug"]
        assert row["website"].startswith("http") or row["website"] == "", row["slug"]
        assert row["source_link"].startswith("https://"), row["slug"]


def test_a_name_belongs_to_one_organization():
    owners = defaultdict(set)
    for row in read("organizations"):
        for name in spellings(row):
            owners[name].add(row["slug"])

    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_former_names_are_among_the_aliases():
    for row in read("organizations"):
        former = {name for name in row["former_names"].split(";") if name}

        assert former <= set(row["aliases"].split(";")), row["slug"]


def test_translated_names_come_in_five_languages_or_none():
    for row in read("organizations"):
        names = [row[f"name_{language}"] for language in LANGUAGES if language != "en"]

        assert all(names) or not any(names), row["slug"]


@pytest.mark.parametrize(("printed", "slug"), CONTRIBUTORS.items())
def test_contributor_of_the_2024_report_is_known(printed, slug):
    assert by_spelling()[key(printed)] == slug


def test_there_are_31_contributors():
    assert len(set(CONTRIBUTORS.values())) == 31


def test_actors_of_the_2024_report_are_known():
    known = by_spelling()
    printed = [" ".join(name.split()) for name in ACTORS.split(";")]

    assert [name for name in printed if key(name) not in known] == []


def test_actors_are_printed_so_in_the_2024_report(shared_data):
    path = shared_data / "un_documents" / "reports" / "SG_report_A-80-62_WSIS_2024.txt"
    report = key(path.read_text(encoding="utf-8"))
    printed = [" ".join(name.split()) for name in ACTORS.split(";")]

    assert [name for name in [*printed, *CONTRIBUTORS] if key(name) not in report] == []


def test_envoy_on_technology_is_a_former_name_of_the_digital_office():
    row = next(row for row in read("organizations") if row["slug"] == "odet")

    assert row["acronym"] == "ODET"
    assert "Office of the Secretary-General's Envoy on Technology" in row["former_names"]


def test_memberships_are_sourced():
    rows = read("organizations")
    for column in ("ungis", "partnership"):
        for row in rows:
            assert row[column] in {"", "yes"}
            assert bool(row[f"{column}_source"]) == bool(row[column])
            assert row[f"{column}_source_link"].startswith("https://") == bool(row[column])
    members = {row["slug"] for row in rows if row["ungis"]}

    assert {row["slug"] for row in rows if row["partnership"]} == PARTNERSHIP
    assert len(PARTNERSHIP) == 14
    assert len(members) == 32
    assert {"itu", "unesco", "unctad", "undp", "eca"} <= members


def test_facilitation_names_organizations_and_action_lines_that_exist():
    slugs = {row["slug"] for row in read("organizations")}
    rows = read("facilitation")

    assert {row["role"] for row in rows} == {"lead", "co", "partner"}
    assert [row for row in rows if row["organization"] not in slugs] == []
    assert {row["concept"] for row in rows} <= codes("action-lines")
    assert len({(row["concept"], row["organization"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["source"]
        assert row["source_link"].startswith("https://")
        assert row["since"] in {"", "2005-11-18"}


def test_every_action_line_and_application_has_one_lead():
    leads = [row for row in read("facilitation") if row["role"] == "lead"]

    assert {row["concept"]: row["organization"] for row in leads} == LEADS
    assert len(leads) == 18


def test_itu_is_co_facilitator_where_its_report_says_so():
    roles = {
        row["concept"]: row["role"]
        for row in read("facilitation")
        if row["organization"] == "itu" and row["role"] != "lead"
    }

    assert [line for line, role in roles.items() if role == "partner"] == ["C9", "C10"]
    assert {line for line, role in roles.items() if role == "co"} == {
        "C1", "C3", "C7.1", "C7.2", "C7.3", "C7.4", "C7.5", "C7.6", "C7.7", "C7.8", "C8", "C11",
    }  # fmt: skip


def test_made_files_are_what_the_script_makes(shared_data):
    done = subprocess.run(
        [sys.executable, SCRIPT, shared_data, "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "")
