"""Write the package's data files that come from published tables, not from a person's hand.

    python scripts/make_framework_data.py SOURCE [--check]

``SOURCE`` is a folder with ``sdg_framework/sdg_goals.csv`` and ``sdg_targets.csv`` (goals and
targets in six languages) and ``geography/countries.csv``, ``country_codes_full.csv`` and
``un_regional_commissions.csv``. Written, under ``src/rapporteur``:

- ``framework/data/sdg.csv``: 17 goals, each followed by its targets, 169 in all;
- ``directory/data/countries.csv``: one row a country or area;
- ``directory/data/country_groups.csv``: their regions and groups, with the time these hold for.

Run again, it writes the same bytes. ``--check`` writes nothing and ends with 1 when a file would
change. The other files of these two folders are kept by hand and are not touched.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
PACKAGE = Path(__file__).resolve().parents[1] / "src" / "rapporteur"

Row = dict[str, str]

CONCEPT_COLUMNS = (
    "code",
    "broader",
    "order",
    *(f"name_{language}" for language in LANGUAGES),
    *(f"short_{language}" for language in LANGUAGES),
    "source",
    "source_link",
    "definition_en",
)
COUNTRY_COLUMNS = (
    "iso3",
    "iso2",
    "m49",
    *(f"name_{language}" for language in LANGUAGES),
    "aliases",
)
GROUP_COLUMNS = ("iso3", "group", "since", "until", "as_of", "source", "source_link")

AGENDA_LINK = "https://undocs.org/A/RES/70/1"

# Where the source table leaves the United Nations form of a name.
COUNTRY_NAMES: dict[str, Row] = {
    "CIV": {"name_en": "Côte d'Ivoire"},
    "FLK": {"name_en": "Falkland Islands (Malvinas)"},
    "TWN": {
        "name_en": "Taiwan Province of China",
        "name_fr": "Province chinoise de Taïwan",
        "name_es": "Provincia china de Taiwán",
        "name_ar": "مقاطعة تايوان الصينية",
        "name_ru": "Тайвань, провинция Китая",
        "name_zh": "中国台湾省",
    },
}
# Names met in reports that neither the formal nor the display name gives.
MORE_ALIASES: dict[str, tuple[str, ...]] = {
    "CIV": ("Ivory Coast", "Cote d'Ivoire"),
    "CZE": ("Czech Republic",),
    "FLK": ("Falkland Islands", "Malvinas"),
    "GBR": ("United Kingdom", "Great Britain"),
    "TUR": ("Turkey", "Turkiye"),
    "SWZ": ("Swaziland",),
    "TLS": ("East Timor",),
    "TWN": ("Taiwan",),
    "USA": ("United States",),
}
# Display names that are another place's name, or nobody's spelling.
NOT_ALIASES = frozenset({"Micronesia", "Congo - Brazzaville", "Congo - Kinshasa", "Bosnia"})

COMMISSIONS = {
    "ECA_All countries": ("region:africa", "Economic Commission for Africa"),
    "ESCAP_All countries": (
        "region:asia-pacific",
        "Economic and Social Commission for Asia and the Pacific",
    ),
    "ECE_All countries": ("region:europe", "Economic Commission for Europe"),
    "ECLAC_All countries": (
        "region:latin-america",
        "Economic Commission for Latin America and the Caribbean",
    ),
    "ESCWA_Arab countries": (
        "region:western-asia",
        "Economic and Social Commission for Western Asia",
    ),
}
COMMISSIONS_LINK = "https://github.com/unicef-drp/Country-and-Region-Metadata"
COMMISSIONS_AS_OF = "2026-04-21"

# Source: ITU, Member States by region (the six regions of the Telecommunication Development
# Bureau). The State of Palestine takes part under Resolution 99 of the Plenipotentiary Conference.
ITU_LINK = "https://www.itu.int/hub/membership/our-members/directory/?myitu-members-states=true"
ITU_AS_OF = "2024-12-31"
ITU_REGIONS = {
    "itu-region:africa": """
        AGO BEN BWA BFA BDI CPV CMR CAF TCD COG CIV COD GNQ ERI SWZ ETH GAB GMB GHA GIN GNB KEN
        LSO LBR MDG MWI MLI MUS MOZ NAM NER NGA RWA STP SEN SYC SLE ZAF SSD TZA TGO UGA ZMB ZWE
    """,
    "itu-region:americas": """
        ATG ARG BHS BRB BLZ BOL BRA CAN CHL COL CRI CUB DMA DOM ECU SLV GRD GTM GUY HTI HND JAM
        MEX NIC PAN PRY PER KNA LCA VCT SUR TTO USA URY VEN
    """,
    "itu-region:arab-states": """
        DZA BHR COM DJI EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SOM SDN SYR TUN ARE YEM
    """,
    "itu-region:asia-pacific": """
        AFG AUS BGD BTN BRN KHM CHN FJI IND IDN IRN JPN KIR PRK KOR LAO MYS MDV MHL FSM MNG MMR
        NRU NPL NZL PAK PLW PNG PHL WSM SGP SLB LKA THA TLS TON TUV VUT VNM
    """,
    "itu-region:cis": "ARM AZE BLR KAZ KGZ RUS TJK TKM UZB",
    "itu-region:europe": """
        ALB AND AUT BEL BIH BGR HRV CYP CZE DNK EST FIN FRA GEO DEU GRC HUN ISL IRL ISR ITA LVA
        LIE LTU LUX MLT MDA MCO MNE NLD MKD NOR POL PRT ROU SMR SRB SVK SVN ESP SWE CHE TUR UKR
        GBR VAT
    """,
}

# Source: Committee for Development Policy, countries that left the category of least developed
# countries, with the day on which they did.
LDC_LINK = "https://policy.desa.un.org/least-developed-countries"
LDC_SOURCE = "United Nations Committee for Development Policy, list of least developed countries"
LDC_UNTIL = {
    "BWA": "1994-12-19",
    "CPV": "2007-12-20",
    "MDV": "2011-01-01",
    "WSM": "2014-01-01",
    "GNQ": "2017-06-04",
    "VUT": "2020-12-04",
    "BTN": "2023-12-13",
    "STP": "2024-12-13",
}
GROUPS_AS_OF = "2024-12-31"
M49_LINK = "https://unstats.un.org/unsd/methodology/m49/"
M49_SOURCE = "United Nations Statistics Division, Standard country or area codes (M49)"


def read(path: Path) -> list[Row]:
    """Return the rows of a CSV file; ``NA`` is Namibia, never a missing value."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def text(value: str) -> str:
    """Return ``value`` on one line, without blanks at its ends or doubled within."""
    return " ".join(value.split())


def sdg_rows(source: Path) -> Iterator[Row]:
    """Yield each goal and, after it, its targets, in the framework's order."""
    targets = read(source / "sdg_framework" / "sdg_targets.csv")
    order = 0
    for goal in read(source / "sdg_framework" / "sdg_goals.csv"):
        order += 1
        number = goal["goal"]
        yield {
            "code": f"SDG{number}",
            "order": str(order),
            **{f"name_{language}": text(goal[f"title_{language}"]) for language in LANGUAGES},
            **{f"short_{language}": text(goal[f"short_{language}"]) for language in LANGUAGES},
            "source": f"A/RES/70/1, Goal {number}",
            "source_link": AGENDA_LINK,
        }
        for target in targets:
            if target["goal"] != number:
                continue
            order += 1
            yield {
                "code": f"SDG{target['code']}",
                "broader": f"SDG{number}",
                "order": str(order),
                **{f"name_{language}": text(target[f"title_{language}"]) for language in LANGUAGES},
                "source": f"A/RES/70/1, target {target['code']}",
                "source_link": AGENDA_LINK,
            }


def country_rows(source: Path) -> Iterator[Row]:
    """Yield one row a country or area, by ISO 3166-1 alpha-3 code."""
    geography = source / "geography"
    other_names = {
        row["ISO3166-1-Alpha-3"]: (
            row["UNTERM English Short"],
            row["UNTERM English Formal"],
            row["CLDR display name"],
        )
        for row in read(geography / "country_codes_full.csv")
    }
    for row in sorted(read(geography / "countries.csv"), key=lambda row: row["iso3"]):
        iso3 = row["iso3"]
        named = {f"name_{language}": text(row[f"name_{language}"]) for language in LANGUAGES}
        named |= COUNTRY_NAMES.get(iso3, {})
        aliases = [plain_name(name) for name in other_names.get(iso3, ())]
        aliases += MORE_ALIASES.get(iso3, ())
        kept = [
            name
            for name in dict.fromkeys(aliases)
            if name and name != named["name_en"] and name not in NOT_ALIASES
        ]
        yield {
            "iso3": iso3,
            "iso2": row["iso2"],
            "m49": row["m49"].zfill(3),
            **named,
            "aliases": ";".join(kept),
        }


def plain_name(name: str) -> str:
    """Return a name of UNTERM without its article and asterisks: ``the Kingdom of Spain``."""
    return text(name.replace("*", "").replace("(the)", "")).removeprefix("the ")


def group_rows(source: Path) -> Iterator[Row]:
    """Yield each country's regions and groups. A country may stand in several regions."""
    geography = source / "geography"
    countries = read(geography / "countries.csv")
    known = {row["iso3"] for row in countries}
    for row in read(geography / "un_regional_commissions.csv"):
        if row["Region"] in COMMISSIONS and row["ISO3Code"] in known:
            code, commission = COMMISSIONS[row["Region"]]
            yield {
                "iso3": row["ISO3Code"],
                "group": code,
                "as_of": COMMISSIONS_AS_OF,
                "source": f"{commission}, countries of the region (UNICEF country metadata)",
                "source_link": COMMISSIONS_LINK,
            }
    for code, members in ITU_REGIONS.items():
        for iso3 in members.split():
            yield {
                "iso3": iso3,
                "group": code,
                "as_of": ITU_AS_OF,
                "source": "International Telecommunication Union, Member States by region",
                "source_link": ITU_LINK,
            }
    listed = {row["iso3"] for row in countries if row["ldc"] == "1"}
    for iso3 in listed | LDC_UNTIL.keys():
        yield {
            "iso3": iso3,
            "group": "group:ldc",
            "until": LDC_UNTIL.get(iso3, ""),
            "as_of": GROUPS_AS_OF,
            "source": LDC_SOURCE,
            "source_link": LDC_LINK,
        }
    for column in ("lldc", "sids"):
        for row in countries:
            if row[column] == "1":
                yield {
                    "iso3": row["iso3"],
                    "group": f"group:{column}",
                    "as_of": GROUPS_AS_OF,
                    "source": M49_SOURCE,
                    "source_link": M49_LINK,
                }


def csv_text(columns: tuple[str, ...], rows: list[Row]) -> str:
    """Return the rows as CSV with a header and LF line ends."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def files(source: Path) -> dict[Path, str]:
    """Return what each file should hold."""
    groups = sorted(group_rows(source), key=lambda row: (row["group"], row["iso3"]))
    return {
        PACKAGE / "framework/data/sdg.csv": csv_text(CONCEPT_COLUMNS, list(sdg_rows(source))),
        PACKAGE / "directory/data/countries.csv": csv_text(
            COUNTRY_COLUMNS, list(country_rows(source))
        ),
        PACKAGE / "directory/data/country_groups.csv": csv_text(GROUP_COLUMNS, groups),
    }


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or with ``--check`` say which would change."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("source", type=Path, help="folder of the published tables")
    parser.add_argument("--check", action="store_true", help="write nothing, report differences")
    options = parser.parse_args(arguments)
    changed = 0
    for path, wanted in files(options.source).items():
        have = path.read_text(encoding="utf-8") if path.exists() else None
        if have == wanted:
            continue
        changed += 1
        print(f"{'differs' if options.check else 'written'}: {path.relative_to(PACKAGE)}")
        if not options.check:
            path.write_text(wanted, encoding="utf-8", newline="\n")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
