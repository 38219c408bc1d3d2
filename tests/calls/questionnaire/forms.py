"""Questionnaires to test with: one with every kind of question, and any that has no problem."""

from __future__ import annotations

import dataclasses
import string

from hypothesis import strategies as st

from rapporteur.calls.questionnaire.answers import Known
from rapporteur.calls.questionnaire.checking import FILE_TYPES
from rapporteur.calls.questionnaire.model import (
    CELL_KINDS,
    LANGUAGES,
    Choice,
    Kind,
    Question,
    Questionnaire,
    Section,
)
from rapporteur.calls.questionnaire.storing import tidy

KNOWN = Known(
    countries=frozenset({"KEN", "NAM"}),
    concepts={"action-lines": frozenset({"C4", "C7", "C7.4"})},
    organizations=frozenset({"wells-union"}),
)


def en_ar(english: str, arabic: str) -> dict[str, str]:
    return {"en": english, "ar": arabic}


YES, NO = Choice("yes", en_ar("Yes", "نعم")), Choice("no", en_ar("No", "لا"))
RADIO, WELLS = Choice("radio", en_ar("Radio", "راديو")), Choice("wells", en_ar("Wells", "آبار"))
MATRIX = Question(
    "lines",
    Kind.MATRIX,
    label=en_ar("By action line", "حسب خط العمل"),
    rows=(Choice("C4", en_ar("C4. Skills", "ج4")), Choice("C7.4", en_ar("C7.4. Health", "ج7"))),
    columns=(
        Question(
            "done", Kind.LONG_TEXT, label=en_ar("Done", "ما أنجز"), required=True, words_at_most=5
        ),
        Question("people", Kind.NUMBER, label=en_ar("People", "الناس"), whole=True, minimum=0),
        Question("going", Kind.SINGLE_CHOICE, label=en_ar("Going on", "مستمر"), choices=(YES, NO)),
    ),
)
FULL = Questionnaire(
    name="wells",
    version="2026-1",
    languages=("ar", "en"),
    default_language="en",
    title=en_ar("Wells and networks", "آبار وشبكات"),
    sections=(
        Section(
            "about",
            label=en_ar("About you", "من أنتم"),
            hint=en_ar("Who answers.", "من يجيب."),
            questions=(
                Question("intro", Kind.NOTE, label=en_ar("Welcome.", "أهلا.")),
                Question(
                    "who",
                    Kind.ORGANIZATION,
                    label=en_ar("Your organization", "منظمتكم"),
                    required=True,
                ),
                Question("where", Kind.COUNTRY, label=en_ar("Countries", "البلدان"), many=True),
                Question(
                    "since",
                    Kind.DATE,
                    label=en_ar("Since", "منذ"),
                    earliest="2000-01-01",
                    latest="2026-12-31",
                ),
                Question(
                    "digs", Kind.SINGLE_CHOICE, label=en_ar("Do you dig?", "هل؟"), choices=(YES, NO)
                ),
            ),
        ),
        Section(
            "work",
            label=en_ar("Your work", "عملكم"),
            relevant="${digs} = 'yes'",
            questions=(
                Question(
                    "ways",
                    Kind.MULTIPLE_CHOICE,
                    label=en_ar("By what means?", "كيف؟"),
                    hint=en_ar("One or both.", "واحد أو اثنان."),
                    choices=(RADIO, WELLS),
                    at_most=2,
                ),
                Question(
                    "deep",
                    Kind.NUMBER,
                    label=en_ar("How deep?", "العمق؟"),
                    relevant="selected(${ways}, 'wells') and ${since} >= date('2001-01-01')",
                    minimum=0.5,
                    maximum=900,
                    unit=en_ar("metres", "متر"),
                ),
                Question(
                    "story",
                    Kind.LONG_TEXT,
                    label=en_ar("Tell of it", "احكوا"),
                    required=True,
                    words_at_most=10,
                ),
                Question(
                    "codes",
                    Kind.CONCEPTS,
                    label=en_ar("Action lines", "خطوط العمل"),
                    scheme="action-lines",
                    many=True,
                    at_most=2,
                ),
                MATRIX,
                Question(
                    "papers",
                    Kind.FILE,
                    label=en_ar("Papers", "أوراق"),
                    types=("pdf", "docx"),
                    megabytes_at_most=2,
                    many=True,
                    at_most=3,
                ),
                Question("name", Kind.SHORT_TEXT, label=en_ar("Your name", "اسمكم")),
            ),
        ),
    ),
)
GOOD_ANSWERS = {
    "who": {"name": "Wells Union", "slug": "wells-union"},
    "where": ["KEN", "NAM"],
    "since": "2019-05-31",
    "digs": "yes",
    "ways": ["wells"],
    "deep": 12.5,
    "story": "Water came at last.",
    "codes": ["C4"],
    "lines": {"C7.4": {"done": "Two wards", "people": 40, "going": "no"}, "C4": {}},
    "papers": [{"name": "wells.PDF", "size": 1000}],
    "name": "Amina",
}


def with_question(question: Question) -> Questionnaire:
    """Return a small questionnaire in English and Arabic that asks one thing."""
    section = Section("only", label=en_ar("Only", "فقط"), questions=(question,))
    return dataclasses.replace(FULL, sections=(section,))


# What XLSX keeps as it is: no control characters, no characters that are none.
SIGNS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf"))
PLAIN = st.text(st.sampled_from("abc دقيقة 文字 =+-@'\"_x0041_{}$%&<>;|\n") | SIGNS, max_size=20)
TEXT = PLAIN.map(tidy).filter(lambda text: text and "${" not in text)
NAME = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,12}", fullmatch=True).filter(
    lambda name: name.lower() not in ("meta", "data") and not name.lower().startswith("xml")
)
CHOICE_NAME = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.:-]{0,12}", fullmatch=True)
LIMIT = st.none() | st.integers(1, 50)
NUMBERS = st.integers(-1000, 1000) | st.floats(-1e6, 1e6).map(lambda value: round(value, 4))


@st.composite
def texts(draw: st.DrawFn, languages: tuple[str, ...]) -> dict[str, str]:
    return {language: draw(TEXT) for language in languages}


@st.composite
def choices(draw: st.DrawFn, languages: tuple[str, ...], names: st.SearchStrategy[str], most: int):
    named = draw(st.lists(names, min_size=1, max_size=most, unique_by=str.lower))
    return tuple(
        Choice(name, {language: f"{place} {draw(TEXT)}" for language in languages})
        for place, name in enumerate(named)
    )


@st.composite
def questions(draw: st.DrawFn, languages: tuple[str, ...], kinds, fresh, earlier=()) -> Question:
    kind = draw(st.sampled_from(kinds))
    values: dict[str, object] = {
        "name": fresh(draw),
        "kind": kind,
        "label": draw(texts(languages)),
        "hint": draw(texts(languages)) if draw(st.booleans()) else {},
        "required": kind is not Kind.NOTE and draw(st.booleans()),
    }
    if earlier and draw(st.booleans()):
        values["relevant"] = draw(conditions(earlier))
    if kind in (Kind.SHORT_TEXT, Kind.LONG_TEXT):
        values["words_at_most"] = draw(LIMIT)
    elif kind in (Kind.SINGLE_CHOICE, Kind.MULTIPLE_CHOICE):
        made = draw(choices(languages, CHOICE_NAME, 4))
        values["choices"] = made
        if kind is Kind.MULTIPLE_CHOICE and draw(st.booleans()):
            values["at_most"] = draw(st.integers(1, len(made)))
    elif kind is Kind.NUMBER:
        values["whole"] = draw(st.booleans())
        limits = st.integers(-1000, 1000) if values["whole"] else NUMBERS
        low, high = sorted((draw(limits), draw(limits)))
        values["minimum"] = draw(st.sampled_from((None, low)))
        values["maximum"] = draw(st.sampled_from((None, high)))
        values["unit"] = draw(texts(languages)) if draw(st.booleans()) else {}
    elif kind is Kind.DATE:
        first, last = sorted((draw(st.dates()).isoformat(), draw(st.dates()).isoformat()))
        values["earliest"] = draw(st.sampled_from(("", first)))
        values["latest"] = draw(st.sampled_from(("", last)))
    elif kind in (Kind.ORGANIZATION, Kind.COUNTRY, Kind.CONCEPTS, Kind.FILE):
        values["many"] = draw(st.booleans())
        values["at_most"] = draw(LIMIT) if values["many"] else None
        if kind is Kind.CONCEPTS:
            values["scheme"] = draw(st.sampled_from(("action-lines", "sdg")))
        if kind is Kind.FILE:
            types = st.lists(st.sampled_from(FILE_TYPES), min_size=1, unique=True)
            values["types"] = tuple(draw(types))
            values["megabytes_at_most"] = draw(LIMIT)
    elif kind is Kind.MATRIX:
        values["rows"] = draw(choices(languages, st.builds(lambda _: fresh(draw), st.just(0)), 3))
        values["columns"] = tuple(
            draw(questions(languages, CELL_KINDS, fresh)) for _ in range(draw(st.integers(1, 3)))
        )
    return Question(**values)  # type: ignore[arg-type]


@st.composite
def conditions(draw: st.DrawFn, earlier) -> str:
    question = draw(st.sampled_from(earlier))
    name = f"${{{question.name}}}"
    if question.choices:
        choice = draw(st.sampled_from(question.choices)).name
        return draw(
            st.sampled_from((f"selected({name}, '{choice}')", f'not(selected({name}, "{choice}"))'))
        )
    return draw(
        st.sampled_from((f"{name} != ''", f"{name} > 5 or {name} = 'a'", f"({name}) and true()"))
    )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw a questionnaire without a problem."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True)))
    met: set[str] = set()

    def fresh(draw: st.DrawFn) -> str:
        name = draw(NAME.filter(lambda name: name.lower() not in met))
        met.add(name.lower())
        return name

    sections = []
    earlier: list[Question] = []
    for _ in range(draw(st.integers(1, 2))):
        asked = []
        name = fresh(draw)
        relevant = draw(conditions(earlier)) if earlier and draw(st.booleans()) else ""
        for _number in range(draw(st.integers(1, 3))):
            question = draw(questions(languages, tuple(Kind), fresh, earlier))
            asked.append(question)
            if question.kind not in (Kind.MATRIX, Kind.FILE, Kind.NOTE):
                earlier.append(question)
        hint = draw(texts(languages)) if draw(st.booleans()) else {}
        sections.append(Section(name, draw(texts(languages)), hint, relevant, tuple(asked)))
    return Questionnaire(
        name=draw(NAME),
        version=draw(st.text(string.digits + ".-", max_size=6)),
        languages=languages,
        default_language=draw(st.sampled_from(languages)),
        title=draw(texts(languages)),
        sections=tuple(sections),
    )
