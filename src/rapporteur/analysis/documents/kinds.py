"""What kind of document a file is, and whether it is one at all."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice

from rapporteur.analysis.documents.blocks import Block
from rapporteur.analysis.documents.front import enacting_place
from rapporteur.analysis.documents.headings import decimal_number
from rapporteur.analysis.documents.inline import bare
from rapporteur.analysis.documents.labels import read_labels
from rapporteur.analysis.documents.model import Kind, NotADocument
from rapporteur.analysis.documents.reading.text import ends
from rapporteur.analysis.documents.verbs import (
    DECISION,
    OPERATIVE,
    OPERATIVE_LINE,
    PREAMBULAR_LINE,
)

_SIGNS = re.compile(
    r"United Nations|General Assembly|Economic and Social Council|Security Council"
    r"|Secretary-General"
    r"|Human Rights Council|World Summit|\bWSIS\b|\bITU\b|International Telecommunication Union"
    r"|\bUNESCO\b|\bUNCTAD\b|\bUNDP\b|\bUNEP\b|\bUNICEF\b|\bECOSOC\b|\bCSTD\b|Member[- ]States"
    r"|plenary meeting|Sustainable Development Goals|Distr\.|Plenipotentiary|High Commissioner"
    r"|Conference of the Parties|General Conference|resolution \d+/\d+"
    r"|Nations Unies|Assemblée générale|Conseil économique et social|Secrétaire général"
    r"|Naciones Unidas|Asamblea General|Consejo Económico y Social|Secretario General"
    r"|Организаци\w+ Объединенных Наций|Генеральн\w+ Ассамбле\w+|Генеральн\w+ секретар\w+"
    r"|联合国|大会|经济及社会理事会|秘书长|الأمم المتحدة|الجمعية العامة|الأمين العام"
)
_SYMBOL = re.compile(r"\b(?:A|E|S|TD|CRC|UNEP|WSIS|CEB|E/CN\.\d+|A/HRC)/[A-Z0-9][\w./-]*\d")
_ADOPTED = re.compile(
    r"(?:Resolution|Decision)s? (?:adopted|\d)|Draft (?:resolution|decision)\b", re.I
)
_UNION_TITLE = re.compile(
    r"(?:RESOLUTION|DECISION|Resolution|Decision)\s+[A-Z0-9/.-]{1,12}(?:\s*\((?:Rev|REV)?[^()]{3,40}\))?"
    r"(?:[.:].{0,200})?$"
)
_NUMBERED_TITLE = re.compile(r"(?:Decision )?\d{1,4}/\d{1,4}(?: ?[A-Z])?\.?(?:\s|$)")
_RES_SYMBOL = re.compile(r"\S*/(?:RES|DEC|Res|Dec)[/.]\S*\d\S*$")
_REPORT = re.compile(
    r"(?:Annual |Progress |Final |Interim )?Report (?:of|by|prepared by|on the)\b|Rapport d"
    r"|Informe del",
    re.I,
)
_NOTE = re.compile(
    r"(?:Informal |Background )?Note\b|Contribution|Report|Review|Summary|Overview", re.I
)
_WE = re.compile(r"We(?:,? [a-z]+,?)? (?:also |further )?[a-z]+\b")
_COLUMN = re.compile(r"\"?[\w .()/%-]{1,40}\"?")
_SAMPLE = 100_000
_WORDS_PER_SIGN = 500  # at least one organ, body or symbol is named in so many words
_CODE_LINE = re.compile(
    r"^\s*(?:import |from \S+ import |def |class |#include|#define|function\b|const |let "
    r"|var |return\b"
    r"|if \(|for \(|while \(|public |private |package |using |@\w+|</?\w+|[\w.]+\s*=\s*\S"
    r"|[{}\])]+[;,]?\s*$"
    r"|.*[{;]\s*$|\"[^\"]+\":)"
)


def detect_kind(blocks: list[Block]) -> tuple[Kind, bool]:
    """Return a document's kind, and whether that is a guess.

    Resolutions and decisions are known by their opening formula, their masthead or their verbs;
    reports by "Report of" above numbered paragraphs; the rest is narrative. Another document of the
    United Nations system (a letter, a note, rules of procedure) takes the nearest kind, as a guess.
    """
    if _is_resolution(blocks):
        return "resolution", False
    numbered = [
        block
        for block in blocks
        if decimal_number(block) is not None and (len(block.text) > 80 or ends(block.text))
    ]
    front = [bare(block.text) for block in blocks[:40] if len(block.text) < 250]
    reported = any(_REPORT.match(text) for text in front)
    length = sum(len(block.text) for block in blocks if block.role == "text") or 1
    share = sum(len(block.text) for block in numbered) / length
    if numbered and (share > 0.5 or (reported and share > 0.3)):
        return "report", not reported
    if reported and len(numbered) >= 3 and share > 0.1:
        return "report", False
    known = reported or any(_NOTE.search(text) for text in front[:25])
    return "narrative", not known


def _is_resolution(blocks: list[Block]) -> bool:
    if enacting_place(blocks) is not None:
        return True
    numbered = False
    for block in blocks[:25]:
        if block.role == "footnote":
            continue
        text = bare(block.text)
        if numbered and DECISION.match(text):
            return True
        numbered = numbered or _NUMBERED_TITLE.match(text) is not None
        adopted = _ADOPTED.match(text) or _RES_SYMBOL.match(text)
        if len(text) < 300 and adopted and not _REPORT.match(text):
            return True
        if len(text) < 120 and _UNION_TITLE.match(text):
            return True
    verb_lines = sum(
        1
        for block in blocks
        if len(block.text) < 200
        and (PREAMBULAR_LINE.match(block.text) or OPERATIVE_LINE.match(block.text))
    )
    if verb_lines >= 3 and verb_lines * 25 >= len(blocks):
        return True
    operative = we = total = 0
    for block in blocks:
        if decimal_number(block) is None or block.role != "text":
            continue
        rest = block.text[read_labels(block.text)[0].end :]
        total += 1
        operative += bool(OPERATIVE.match(rest))
        we += bool(_WE.match(rest))
    return total >= 3 and (operative >= total * 0.6 or we >= total * 0.6)


def require_prose(text: str) -> None:
    """Refuse plain text that is a table, a program or data.

    Raises:
        NotADocument: it is one of these.
    """
    sample = text[:200_000]
    if _is_table(sample):
        raise NotADocument("The file is a table, not a document.")
    if _is_program(sample):
        raise NotADocument("The file is program code or data, not a document.")


def require_document(text: str) -> None:
    """Refuse writing that names no organ, body or symbol of the United Nations system.

    Raises:
        NotADocument: it names too few of them for its length.
    """
    sample = text[:_SAMPLE]
    wanted = max(1, len(sample) // 6) / _WORDS_PER_SIGN
    signs: set[str] = set()
    count = 0
    for pattern, weight in ((_SYMBOL, 2), (_SIGNS, 1)):
        for match in pattern.finditer(sample):
            signs.add(match.group() if weight == 1 else "symbol")
            count += weight
            if len(signs) >= 2 and count >= wanted:
                return
    if len(signs) < 2 or count < wanted:
        raise NotADocument(
            "The file is no document of the United Nations system: it names no organ, no body and "
            "no document symbol."
        )


def _is_table(text: str) -> bool:
    """Tell whether a text is comma-, semicolon- or tab-separated values."""
    lines = [line for line in text.split("\n")[:200] if line.strip()][:100]
    if len(lines) < 2:
        return False
    for delimiter in (",", ";", "\t"):
        counts = [line.count(delimiter) for line in lines]
        first = counts[0]
        if (
            len(lines) >= 4
            and first >= 2
            and sum(count == first for count in counts) >= len(lines) * 0.9
        ):
            return True
        head = lines[0].split(delimiter)
        if len(head) >= 3 and all(_COLUMN.fullmatch(cell.strip()) for cell in head):
            rows = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), 60))[:-1]
            even = sum(len(row) == len(head) for row in rows)
            if len(rows) >= 2 and even >= len(rows) * 0.9:
                return True
    return False


def _is_program(text: str) -> bool:
    start = text.lstrip()[:1]
    if (
        start
        and start in "{["
        and re.match(r"\s*[\[{]\s*(?:\"[^\"\n]*\"\s*[:,\]]|\{|\[\s*[\[{\"]|\}|\])", text)
    ):
        return True
    lines = [line for line in text.split("\n")[:400] if line.strip()]
    if len(lines) < 4:
        return False
    coded = sum(1 for line in lines if _CODE_LINE.match(line) and len(line) < 200)
    ended = sum(1 for line in lines if line.rstrip().endswith((";", "{", "}")) and len(line) > 200)
    return coded - ended > len(lines) * 0.35 and not re.search(r"^\s*\d{1,3}\.\s+\S", text, re.M)
