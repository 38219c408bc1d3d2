"""Made-up activities of the size and shape of a real register, for benchmarks and demonstrations.

``python -m benchmarks.activities 20000 out.csv`` (or ``.jsonl``; ``--seed 7``) writes rows with the
headers that an import understands by itself.

How it is made. Nothing is copied from a real register. Each of six languages has a vocabulary of
12,000 words: some hundred words of our own choosing on digital development and everyday function
words, then words built from that language's syllables and endings, so that they look real and are
none. Words are drawn by Zipf's law (the word of rank r with weight 1 / (r + 2.7)), the weight that
texts show; titles have 4 to 14 words, descriptions a log-normal number (median 60, at most 400),
names of technologies and places stand in a tenth of the titles. Languages: English 70 %, French 11,
Spanish 9, Arabic 4, Russian 4, Chinese 2. Classes are heavy-tailed: action lines and goals by fixed
unequal weights with 1 to 4 and 1 to 5 of them a row, countries by Zipf over 190 codes (a tenth of
the rows name several, one in twelve none), organizations by a Pareto law whose tail grows with the
register (half of the rows belong to a hundredth of the organizations; each keeps its group and
country), years rising from 2004 to 2026, two thirds projects. One row in twelve has no description,
another one in twelve no address, as in real registers.

Rows are made in blocks of 1,000, each seeded with the seed and its number: the same seed gives the
same rows, and a longer file begins with a shorter one.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

BLOCK = 1000
VOCABULARY = 12_000
HEADER = (
    "id",
    "title",
    "entity",
    "entity_type",
    "country",
    "action_line",
    "sdg",
    "year",
    "description",
    "url",
    "kind",
    "status",
    "language",
)
LANGUAGES = {"en": 0.70, "fr": 0.11, "es": 0.09, "ar": 0.04, "ru": 0.04, "zh": 0.02}
ACTION_LINES = {
    "C3": 16,
    "C7.3": 13,
    "C4": 12,
    "C7.1": 11,
    "C2": 9,
    "C7.4": 7,
    "C5": 6,
    "C1": 5,
    "C7.7": 4,
    "C11": 4,
    "C6": 3,
    "C8": 3,
    "C7.2": 2.5,
    "C7.6": 2.5,
    "C9": 2,
    "C7.5": 2,
    "C7.8": 1.5,
    "C10": 1,
}
GOALS = (10, 6, 14, 30, 9, 4, 4, 16, 34, 12, 15, 6, 8, 2, 4, 18, 20)
KINDS = {
    "project": 66,
    "programme": 9,
    "training": 7,
    "conference": 5,
    "website": 4,
    "policy": 3,
    "guideline": 2,
    "toolkit": 2,
    "other": 2,
}
STATUSES = {"completed": 55, "running": 38, "planned": 7}
GROUPS = {
    "Government": 38,
    "Private Sector": 17,
    "Civil Society": 21,
    "International Organization": 13,
    "Academia": 8,
    "Technical Community": 3,
}
COUNTRIES = (  # noqa: SIM905 a table of codes reads best as lines
    "SAU BGD IND CHN ARE IRN MEX THA ITA KWT COL SDN USA LVA RWA POL DZA KAZ OMN EGY ETH CHE BGR "
    "IDN KEN PRT QAT URY CAN NLD BFA MYS MAR NPL CUB GEO PHL RUS JPN ROU DEU KOR SRB TTO UGA TZA "
    "CMR FJI ZAF TUR NGA ZMB SGP MNG PAK LBN YEM ARG PER FRA LKA HRV GBR BRA ESP CHL GHA SEN MLI "
    "CIV TUN JOR IRQ SYR PSE LBY MRT NER TCD BEN TGO GAB COG COD AGO MOZ MWI ZWE BWA NAM LSO SWZ "
    "MDG MUS SYC COM DJI SOM ERI SSD BDI CAF GNQ STP CPV GMB GIN GNB SLE LBR AFG UZB TJK TKM KGZ "
    "AZE ARM BLR UKR MDA MKD ALB MNE BIH SVN HUN CZE SVK AUT BEL LUX IRL ISL NOR SWE FIN DNK EST "
    "LTU GRC CYP MLT AND MCO SMR LIE VNM KHM LAO MMR BRN TLS PNG SLB VUT WSM TON TUV KIR NRU MHL "
    "FSM PLW AUS NZL BTN MDV BHR ISR CRI PAN NIC HND SLV GTM BLZ JAM HTI DOM BHS BRB LCA VCT GRD "
    "DMA ATG KNA GUY SUR VEN ECU BOL PRY"
).split()
# Function words first: they are the commonest of every text.
COMMON = {
    "en": "the of and to in for on with a by as from is at through that this are all its",
    "fr": "de la et les des le en pour du à dans une un par sur avec au aux est que",
    "es": "de la y en el los para las del con por una un a al su que se como más",
    "ar": "في من على إلى و عن مع هذا هذه التي الذي بين كل خلال أو أن كما بعد حول ضمن",
    "ru": "и в на для с по к от из о при за через до что это как под между или",
    "zh": "的 和 在 为 与 对 从 以 及 其 中 上 通过 关于 并 将 该 等 由 向",
}
THEMES = {
    "en": "digital network access school health rural women youth training broadband data internet "
    "mobile service government community skills platform farmers library open learning teachers "
    "connectivity inclusion innovation security children national information centre satellite "
    "market weather disaster early warning translation heritage radio media privacy hospital "
    "telemedicine agriculture e-government entrepreneurs disabilities accessibility literacy "
    "software cloud spectrum policy regional cooperation capacity building sustainable development "
    "environment climate water energy employment business trade payment identity registry",
    "fr": "numérique réseau accès école santé rural femmes jeunes formation données internet "
    "mobile "
    "service gouvernement communauté compétences plateforme agriculteurs bibliothèque ouvert "
    "apprentissage enseignants connectivité inclusion innovation sécurité enfants national "
    "information centre satellite marché météo catastrophe alerte traduction patrimoine radio "
    "média",
    "es": "digital red acceso escuela salud rural mujeres jóvenes formación datos internet móvil "
    "servicio gobierno comunidad competencias plataforma agricultores biblioteca abierto "
    "aprendizaje docentes conectividad inclusión innovación seguridad niños nacional información "
    "centro satélite mercado clima desastre alerta traducción patrimonio radio medios",
    "ar": "رقمي شبكة نفاذ مدرسة صحة ريفي نساء شباب تدريب بيانات إنترنت محمول خدمة حكومة مجتمع "
    "مهارات "
    "منصة مزارعين مكتبة مفتوح تعليم معلمين توصيل شمول ابتكار أمن أطفال وطني معلومات مركز",
    "ru": "цифровой сеть доступ школа здоровье сельский женщины молодежь обучение данные интернет "
    "мобильный услуга правительство сообщество навыки платформа фермеры библиотека открытый "
    "учителя связь инновации безопасность дети национальный информация центр спутник рынок",
    "zh": "数字 网络 接入 学校 卫生 农村 妇女 青年 培训 数据 互联网 移动 服务 政府 社区 技能 "
    "平台 农民 图书馆 开放 学习 教师 连通 "
    "包容 创新 安全 儿童 国家 信息 中心 卫星 市场 天气 灾害 预警 翻译",
}
SYLLABLES = {
    "en": "ba con der el for gra hin il ja ken lo mar nel or pro qui ran sto tel un ver win "
    "yor zen",
    "fr": "ba con der é fon gra han il jou ker lo mar nou or pré qui ran sou tel un ver vin yon zé",
    "es": "ba con der el for gra han in jo ker lo mar nu or pre qui ran so tel un ver vin yo za",
    "ar": "با تا ثم جو حر خل در ذه را زم سو شر صف طل عر غن فا قو كر لا مع نو هد وس يم",
    "ru": "ба вел гор дро жен за ил ко лен мо на ор пре ра со тел ун ве хо ци чер ше ю яр",
    "zh": "安 宝 昌 达 恩 方 光 海 吉 康 乐 明 宁 平 清 荣 胜 泰 文 兴 永 源 泽 正",
}
ENDINGS = {
    "en": "ing tion s ment al er ity ed ive ance",
    "fr": "tion ment eur ité aire elle age ible eux ance",
    "es": "ción miento dor idad ario ela aje ible oso ancia",
    "ar": "ات ون ية ين ان ة ي ها نا كم",
    "ru": "ция ение тель ость ный ая ство ка ов ами",
    "zh": "区 员 化 性 站 网 院 业 会 局",
}
TECHNOLOGIES = ("5G", "AI", "GIS", "IoT", "Wi-Fi", "IPv6", "blockchain", "SMS", "Linux", "OpenMRS")
ORGANIZATION_FORMS = (
    "Ministry of {}",
    "{} Foundation",
    "University of {}",
    "{} Telecom",
    "National {} Agency",
    "{} Association",
    "{} Institute",
    "{} Ltd",
    "Centre for {}",
    "{} Network",
)


@cache
def vocabulary(language: str) -> np.ndarray:
    """Return the language's words, commonest first."""
    rng = np.random.default_rng([11, list(LANGUAGES).index(language)])
    words = dict.fromkeys(COMMON[language].split())
    themes = THEMES[language].split()
    rng.shuffle(themes)
    words.update(dict.fromkeys(themes))
    syllables, endings = SYLLABLES[language].split(), ENDINGS[language].split()
    while len(words) < VOCABULARY:
        stem = "".join(rng.choice(syllables, size=int(rng.integers(1, 4))))
        words[stem + str(rng.choice(endings))] = None
    return np.array(list(words)[:VOCABULARY], dtype=object)


@cache
def word_weights() -> np.ndarray:
    weights = 1.0 / (np.arange(VOCABULARY) + 2.7)
    return np.cumsum(weights / weights.sum())


@cache
def country_weights() -> np.ndarray:
    weights = 1.0 / (np.arange(len(COUNTRIES)) + 3)
    return np.cumsum(weights / weights.sum())


def cumulated(weights: Sequence[float]) -> np.ndarray:
    total = np.cumsum(np.array(weights, dtype=float))
    return total / total[-1]


KEYS = {
    "language": (tuple(LANGUAGES), cumulated(list(LANGUAGES.values()))),
    "action_line": (tuple(ACTION_LINES), cumulated(list(ACTION_LINES.values()))),
    "goal": (tuple(range(1, 18)), cumulated(GOALS)),
    "kind": (tuple(KINDS), cumulated(list(KINDS.values()))),
    "status": (tuple(STATUSES), cumulated(list(STATUSES.values()))),
    "group": (tuple(GROUPS), cumulated(list(GROUPS.values()))),
    "year": (tuple(range(2004, 2027)), cumulated([4 + year for year in range(23)])),
}


def drawn(rng: np.random.Generator, name: str, size: int) -> list[str]:
    """Return values of one class list by its weights."""
    values, weights = KEYS[name]
    return [str(values[place]) for place in np.searchsorted(weights, rng.random(size))]


@cache
def organization(rank: int) -> tuple[str, str, str]:
    """Return the name, group and country of the organization of a rank."""
    rng = np.random.default_rng([13, rank])
    words = vocabulary("en")
    named = " ".join(str(words[20 + int(rng.integers(0, 9000))]).title() for _ in range(2))
    form = ORGANIZATION_FORMS[int(rng.integers(0, len(ORGANIZATION_FORMS)))]
    group = drawn(rng, "group", 1)[0]
    place = int(np.searchsorted(country_weights(), rng.random()))
    return (
        f"{form.format(named)} {rank}" if rank > 5000 else form.format(named),
        group,
        COUNTRIES[place],
    )


def several(rng: np.random.Generator, name: str, most: int) -> str:
    """Return one or more values of a class list, parted by semicolons, none twice."""
    count = 1 + min(int(rng.geometric(0.55)) - 1, most - 1)
    return ";".join(dict.fromkeys(drawn(rng, name, count)))


def block(seed: int, number: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one block."""
    rng = np.random.default_rng([seed, number])
    languages = drawn(rng, "language", BLOCK)
    title_sizes = rng.integers(4, 15, BLOCK)
    text_sizes = np.clip(rng.lognormal(np.log(60), 0.7, BLOCK), 8, 400).astype(int)
    ranks = np.minimum((rng.pareto(0.62, BLOCK) * 12).astype(np.int64), 3_000_000)
    years, kinds = drawn(rng, "year", BLOCK), drawn(rng, "kind", BLOCK)
    statuses = drawn(rng, "status", BLOCK)
    weights = word_weights()
    for place in range(BLOCK):
        words = vocabulary(languages[place])
        size = int(title_sizes[place] + text_sizes[place])
        picked = words[np.searchsorted(weights, rng.random(size))]
        joint = "" if languages[place] == "zh" else " "
        title = joint.join(picked[: title_sizes[place]])
        if place % 10 == 3:
            title += f" {TECHNOLOGIES[int(rng.integers(0, len(TECHNOLOGIES)))]}"
        text = joint.join(picked[title_sizes[place] :])
        name, group, home = organization(int(ranks[place]))
        chance = float(rng.random())
        if chance < 0.08:
            country = ""
        elif chance < 0.18:
            found = np.searchsorted(country_weights(), rng.random(int(rng.integers(2, 7))))
            country = ";".join(dict.fromkeys([home, *(COUNTRIES[each] for each in found)]))
        else:
            country = home
        key = f"{number * BLOCK + place + 1:08d}"
        yield (
            key,
            title[:1].upper() + title[1:],
            name,
            group,
            country,
            several(rng, "action_line", 4),
            several(rng, "goal", 5),
            years[place],
            "" if place % 12 == 5 else f"{text[:1].upper()}{text[1:]}.",
            "" if place % 12 == 7 else f"https://example.org/activities/{key}",
            kinds[place],
            statuses[place],
            languages[place],
        )


def activities(count: int, *, seed: int = 2026) -> Iterator[tuple[str, ...]]:
    """Yield the cells of ``count`` rows, in the order of ``HEADER``."""
    made = 0
    number = 0
    while made < count:
        for row in block(seed, number):
            if made == count:
                return
            made += 1
            yield row
        number += 1


def write(count: int, path: Path, *, seed: int = 2026) -> None:
    """Write the rows as CSV, or as JSON lines where the file is named so."""
    with path.open("w", encoding="utf-8", newline="") as out:
        if path.suffix == ".jsonl":
            for row in activities(count, seed=seed):
                record = {name: cell for name, cell in zip(HEADER, row, strict=True) if cell}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
            return
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(activities(count, seed=seed))


def main() -> int:
    """Say that there is nothing to measure here; the other benchmarks take their rows from it."""
    print("Makes the rows of other benchmarks: python -m benchmarks.activities 20000 out.csv")
    return 0


def run() -> int:
    """Write a file, as the command line asks."""
    parser = argparse.ArgumentParser(description="Write made-up activities.")
    parser.add_argument("count", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    write(given.count, given.path, seed=given.seed)
    return 0


if __name__ == "__main__":
    sys.exit(run())
