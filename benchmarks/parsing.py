"""How long the parser takes, beside a bare pass of regular expressions over the same text.

The bare pass finds the same things in the plainest way: one pattern for each thing that the parser
delivers (paragraphs, headings, footnotes, statements, citations, addresses, figures, names, asks),
run over the whole text, nothing joined, checked or built. The limits are those of the parser's
reference page: at most 10 times the bare pass, and twice the text in at most 2.2 times the time.

Run ``python -m benchmarks.parsing``; the real documents are used where they are at hand
(``RAPPORTEUR_SHARED_DATA``), a made-up report of the same size otherwise.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapporteur.analysis.documents.parse import parse_document
from rapporteur.analysis.names import Names
from rapporteur.analysis.package_names import package_names

MAX_RATIO = 10.0
MAX_GROWTH = 2.2
ROUNDS = 5

DOCUMENTS = (
    "un_documents/reports/SG_report_A-80-62_WSIS_2024.txt",
    "un_documents/reports/ECOSOC_res_2024-13.txt",
    "un_documents/reports/ITU_WSIS+20_report.txt",
    "un_documents/resolutions/A_RES_79_1.md",
)

BARE = tuple(
    re.compile(pattern, re.M)
    for pattern in (
        r"^\d{1,3}\.\s.*(?:\n(?!\n).*)*",  # paragraphs
        r"^(?:[IVX]+|[A-Z]|\([a-z]\)|#+)[.)]?\s+.{3,160}$",  # headings and items
        r"^[¹²³⁰⁴-⁹]+\s.*",  # footnotes
        r"[¹²³⁰⁴-⁹]+",  # their marks
        r"[.;!?](?=\s)",  # where statements end
        r"\b[A-Z]{1,4}/[\w./()-]+\d\b|\b\d{1,4}/\d{1,4}\b",  # citations
        r"https?://[^\s<>]+",  # addresses
        r"\b\d[\d,. ]*(?:\s(?:per cent|million|billion|[a-z]{3,}))?",  # figures
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter)\b",
        r"\b[A-Z][\w’-]*(?:\s(?:(?:of|for|on|the|and|in|to)\s)*[A-Z][\w’-]*)*",  # names
        r"[“\"][^”\"\n]{3,200}[”\"]|\*[^*\n]+\*",  # titles
        r"\b(?:requests?|calls? (?:up)?on|urges?|encourages?|invites?|recommends?|decides?"
        r"|welcomes?|notes?|reaffirms?|recalls?|recognizes?|emphasizes?)\b",  # openings and asks
    )
)


def bare_pass(text: str) -> int:
    """Run every bare pattern over the text; return how many matches there were."""
    return sum(1 for pattern in BARE for _ in pattern.finditer(text))


def made_up_report(paragraphs: int) -> str:
    """Return a report of the usual form with so many paragraphs, about 600 characters each."""
    pieces = [
        "General Assembly\n\nDistr.: General\n\n14 February 2036\n\nAgenda item 9\n",
        "Progress made in the upkeep of lighthouses\n\nReport of the Secretary-General\n",
        "I. Key trends\n",
    ]
    for number in range(1, paragraphs + 1):
        pieces.append(
            f"{number}. ITU and UNESCO issued *State of the Lamps {2000 + number % 40}*, in which"
            f" {number % 90 + 5} per cent of lamps in {number % 50 + 3} countries were counted;"
            " and the Commission on Science and Technology for Development noted that keepers had"
            " been trained in General Assembly resolution 70/125 and the Geneva Plan of Action."
            f"{chr(0xB9)} The World Bank invested 2.5 million dollars in oil. Digital divides"
            " persist between rich and poor, urban and rural areas, women and men, and between"
            " regions, and call for attention from Governments, the private sector and others.\n"
        )
    pieces.append("¹ See A/RES/70/125 and <https://example.org/lamps>.\n")
    return "\n".join(pieces)


def quickest(work: Callable[[], object]) -> float:
    """Return the shortest processor time of several rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def measure(text: str, names: Names) -> tuple[float, float]:
    """Return the seconds of the parser and of the bare pass over one text."""
    data = text.encode()
    parse_document(data, names=names)  # what is built once per process is not counted
    return quickest(lambda: parse_document(data, names=names)), quickest(lambda: bare_pass(text))


def texts() -> dict[str, str]:
    folder = Path(os.environ.get("RAPPORTEUR_SHARED_DATA") or "../shared/data")
    found = {}
    for name in DOCUMENTS:
        path = folder / name
        if path.is_file():
            found[path.name] = path.read_text(encoding="utf-8")
    return found or {"made-up report": made_up_report(380)}


def main() -> int:
    names = package_names()
    failed = False
    print(f"{'document':<40}{'kB':>6}{'parser ms':>11}{'bare ms':>9}{'ratio':>7}")
    for name, text in texts().items():
        parser, bare = measure(text, names)
        ratio = parser / bare
        failed |= ratio > MAX_RATIO
        print(
            f"{name:<40}{len(text) / 1000:>6.0f}{parser * 1000:>11.1f}"
            f"{bare * 1000:>9.1f}{ratio:>7.1f}"
        )
    previous = 0.0
    print(f"\n{'made-up report, paragraphs':<40}{'kB':>6}{'parser ms':>11}{'growth':>16}")
    for paragraphs in (250, 500, 1000, 2000):
        text = made_up_report(paragraphs)
        parser, _ = measure(text, names)
        growth = parser / previous if previous else 0.0
        failed |= growth > MAX_GROWTH
        print(
            f"{paragraphs:<40}{len(text) / 1000:>6.0f}{parser * 1000:>11.1f}"
            f"{f'{growth:.2f}' if growth else '-':>16}"
        )
        previous = parser
    verdict = "Exceeded." if failed else "Kept."
    print(f"\nLimits: ratio {MAX_RATIO:.0f}, growth {MAX_GROWTH}. {verdict}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
