from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.names import Names
from rapporteur.analysis.organizations import (
    defined_acronyms,
    find_mentions,
    find_organizations,
    organizations_of_statements,
)
from rapporteur.analysis.package_names import package_names
from rapporteur.analysis.statements import split_statements
from tests.analysis.labels import labelled_paragraphs

NAMES = Names.from_rows(
    [
        {"name": "United Nations", "acronym": "UN", "kind": "un-entity"},
        {"name": "General Assembly", "aliases": "UNGA", "kind": "un-organ"},
        {"name": "Economic and Social Council", "acronym": "ECOSOC", "kind": "un-organ"},
        {"name": "Commission on Tides", "acronym": "CT", "kind": "un-organ"},
        {"name": "United Nations Children's Fund", "acronym": "UNICEF", "kind": "un-entity"},
        {"name": "UN-Rivers", "aliases": "United Nations Rivers Entity", "kind": "un-entity"},
        {"name": "World Tide Organization", "acronym": "WHO", "kind": "un-entity"},
        {"name": "Tide Bank", "acronym": "", "kind": "un-entity"},
        {"name": "Tide Society", "acronym": "TISOC"},
        {"name": "IT for Rivers"},
        {"name": "Secretary-General of the United Nations", "aliases": "Secretary-General"},
        {
            "name": "Working Group on Currents",
            "acronym": "WGC",
            "aliases": "working group on currents of the Commission on Tides;"
            "CT Working Group on Currents",
        },
        {"name": "High-level Panel on Rivers", "acronym": "HPR"},
        {
            "name": "Tide Convention secretariat",
            "acronym": "TCS",
            "aliases": "United Nations Convention on Tides",
        },
        {"name": "Tides for all", "aliases": "tTrade for all partnership"},
    ],
    places=["Utopia", "Lilliput", "United Arab Emirates", "Republic of Lilliput", "Brobdingnag"],
)


def found(text, **arguments):
    return find_organizations(text, NAMES, **arguments)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("UNICEF and ECOSOC met.", ["UNICEF", "ECOSOC"]),
        ("The United Nations Children’s Fund (UNICEF) helped.", ["UNICEF"]),
        ("The Economic and Social Council and the Assembly of the UN", ["ECOSOC", "UN"]),
        ("UN-Rivers, UN Rivers and the United Nations Rivers Entity", ["UN-Rivers"]),
        ("the UN Commission on Tides", ["CT"]),
        ("the United Nations Commission on Tides", ["CT"]),
        ("the World Tide Organisation", ["WHO"]),
        ("WHO asked those who came who they were", ["WHO"]),
        ("THOSE WHO CAME AND WENT", []),
        ("UNICEF-led work, UNICEF’s role and the ECOSOC-UNICEF board", ["UNICEF", "ECOSOC"]),
        ("IT for Rivers, and IT for all", ["IT for Rivers"]),
        ("a High-Level Panel on Rivers", ["HPR"]),
        ("tTrade for all partnership", ["Tides for all"]),
        ("MUNICEF, UNICEFs and x@UNICEF.example are others", []),
        ("https://example.org/UNICEF/ECOSOC and E/UNICEF/2024/1", []),
        ("Parties to the United Nations Convention on Tides", []),
        ("the Tide Convention secretariat", ["TCS"]),
        ("", []),
    ],
)
def test_known_names(text, labels):
    assert found(text) == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("The United Nations has adopted principles", ["UN"]),
        ("of the United Nations, and", ["UN"]),
        ("United Nations entities and UN agencies in a UN-wide plan", []),
        ("14 United Nations and international entities", []),
        ("the Charter of the United Nations", []),
        ("works with UN and other partners", ["UN"]),
    ],
)
def test_united_nations_is_a_body_or_an_adjective(text, labels):
    assert found(text) == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "the World Weather Alliance and the Coastal Foundation",
            ["World Weather Alliance", "Coastal Foundation"],
        ),
        ("the Coalition for Clean Harbours", ["Coalition for Clean Harbours"]),
        ("the Committee on Fish, Nets and Boats", ["Committee on Fish, Nets and Boats"]),
        (
            "the Ministry of Ports and Harbours of Utopia",
            ["Ministry of Ports and Harbours of Utopia"],
        ),
        ("the International Fund for Public Boats", ["International Fund for Public Boats"]),
        (
            "Intergovernmental Group of Experts on Nets and the Blue Economy",
            ["Intergovernmental Group of Experts on Nets and the Blue Economy"],
        ),
        (
            "the Sea Engineering Task Force, the World Net Consortium",
            ["Sea Engineering Task Force", "World Net Consortium"],
        ),
        (
            "the Global Commission on Calm and the Sea & River Policy Network",
            ["Global Commission on Calm", "Sea & River Policy Network"],
        ),
        ("Partner 2 Connect digital coalition", ["Partner 2 Connect digital coalition"]),
        ("the University of Utopia", ["University of Utopia"]),
        ("the Conference on Boats, the Harbour Forum and the Net Summit", []),
        ("Boats Day, Nets Week and the Treaty of Utopia", []),
        ("the Executive Board, the Working Group and regional commissions", []),
        ("the World Summit on the Information Society", []),
        ("Mobile Access Network and Local Area Network", []),
        ("Recognizing Member States and Harbour Masters", []),
        ("The Tide Bank Harbour Trust Fund", ["Tide Bank", "Harbour Trust Fund"]),
        (
            "the UNICEF Executive Board and the UNICEF secretariat",
            ["UNICEF Executive Board", "UNICEF"],
        ),
        ("in Committee Report 7 and a Digital Partnership Agreement", []),
        (
            "the Committee on the Rights of Sailors with Disabilities",
            ["Committee on the Rights of Sailors with Disabilities"],
        ),
    ],
)  # fmt: skip
def test_unknown_bodies_by_the_shape_of_their_names(text, labels):
    assert found(text) == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "the Special Rapporteur on the right to fish addressed the use of nets",
            ["Special Rapporteur on the right to fish"],
        ),
        (
            "the Special Rapporteur on nets and boats and the Independent Expert on lamps warned",
            ["Special Rapporteur on nets and boats", "Independent Expert on lamps"],
        ),
        (
            "the Special Envoy for Lamps and the Special Envoy for Digital Oil spoke",
            ["Special Envoy for Lamps", "Special Envoy for Digital Oil"],
        ),
        (
            "the Special Rapporteur on truth, calm and guarantees of rest warned of storms",
            ["Special Rapporteur on truth, calm and guarantees of rest"],
        ),
        (
            "the Special Representative of the Secretary-General on Harbours and Storms said",
            ["Special Representative of the Secretary-General on Harbours and Storms"],
        ),
        (
            "the open-ended working group on safety of nets 2021–2025, established in 2020,",
            ["open-ended working group on safety of nets 2021–2025"],
        ),
        (
            "Open-ended Working Group on safety of nets met",
            ["Open-ended Working Group on safety of nets"],
        ),
        ("the working group on nets of the Sea Board", ["working group on nets", "Sea Board"]),
        ("the Secretary-General convened it", ["Secretary-General of the United Nations"]),
        ("the UNICEF Secretary-General and its Deputy Secretary-General", ["UNICEF"]),
        ("the Secretary-General of the Tide Bank", ["Tide Bank"]),
        ("the Government of Utopia has", ["Government of Utopia"]),
        (
            "the Governments of Lilliput, Utopia and the United Arab Emirates",
            [
                "Government of Lilliput",
                "Government of Utopia",
                "Government of the United Arab Emirates",
            ],
        ),
        ("the Government of the Republic of Lilliput", ["Government of the Republic of Lilliput"]),
        ("Governments of States Members, and the Government", []),
    ],
)  # fmt: skip
def test_office_holders_groups_and_governments(text, labels):
    assert found(text) == labels


def test_a_body_named_within_a_name_counts_too():
    assert found("the working group on currents of the Commission on Tides") == ["WGC", "CT"]
    assert found("the CT Working Group on Currents") == ["WGC", "CT"]


def test_short_forms_stand_for_the_body_named_before():
    text = "The Commission on Tides met. The Commission agreed. The Council did not."
    statements = split_statements(text)

    assert organizations_of_statements(text, statements, NAMES) == (
        ["CT"],
        [["CT"], ["CT"], []],
    )


def test_acronyms_that_the_document_defines():
    text = (
        "The Coastal Harbour Committee (CHC) and the Sea Engineering Forum (SEF) met on the World "
        "Summit on Boats (WSB), on information technology (IT), under the Harbour Goals (HGs)."
    )

    assert defined_acronyms(text) == {
        "CHC": "Coastal Harbour Committee",
        "SEF": "Sea Engineering Forum",
    }
    assert found(text) == ["CHC", "SEF"]
    assert found("CHC and the Coastal Harbour Committee; WSB", defined=defined_acronyms(text)) == [
        "CHC"
    ]


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        ("In 2021, the Tide Society (TS) and", {"TS": "Tide Society"}),
        ("TS (Tide Society) and", {"TS": "Tide Society"}),
        (
            "Food and Boats Organization of the United Nations (FBO)",
            {"FBO": "Food and Boats Organization of the United Nations"},
        ),
        (
            "the Inter-Agency Working Group on Nets (IAWG-N)",
            {"IAWG-N": "Inter-Agency Working Group on Nets"},
        ),
        ("United Nations Children’s Fund (UNICEF)", {"UNICEF": "United Nations Children’s Fund"}),
        ("Computer Incident Response Team (CIRT)", {}),
        ("the report (A/80/62), see (B)", {}),
        ("no brackets", {}),
    ],
)  # fmt: skip
def test_defined_acronyms(text, acronyms):
    assert defined_acronyms(text) == acronyms


def test_the_directory_is_asked_before_the_document():
    assert found("the Tide Bank (TB)") == ["TB"]
    assert found("the Tide Society (TS)") == ["TISOC"]
    assert found("TB lends", defined={"TB": "Tide Bank"}) == ["TB"]


def test_titles_name_no_bodies():
    assert found("UNICEF, in Tide Bank Review, wrote", titles=["Tide Bank Review"]) == ["UNICEF"]
    assert found("a report entitled “Tide Bank and UNICEF at work”") == []


def test_everything_works_without_a_directory():
    text = "The Harbour Commission (HC), ITU and the Special Rapporteur on nets met. HC agreed."

    assert find_organizations(text, Names()) == ["HC", "Special Rapporteur on nets"]


def test_mentions_tell_their_place():
    text = "Then UNICEF and the Commission on Tides met."

    assert [text[m.start : m.end] for m in find_mentions(text, NAMES)] == [
        "UNICEF",
        "Commission on Tides",
    ]


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert all(find_organizations(text, NAMES))


_WORDS = [
    "UNICEF", "Commission", "on", "Tides", "and", "the", "of", "for", "Group", "Special", "&", "-",
    "Rapporteur", "Government", "Utopia", "Working", "working", "group", ",", ".", "(", ")", "'s",
    "United", "Nations", "Office", "to", "Harbour", "Council", "2021-2025", "alliance", "'",
]  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=60))
def test_any_name_is_read(words):
    text = " ".join(words)
    mentions = find_mentions(text, NAMES)

    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
    assert all(mention.label.strip() == mention.label != "" for mention in mentions)


@pytest.mark.parametrize(
    "piece",
    ["Commission ", "Commission on ", "A, ", "Harbour and ", "the Committee on Fish, ", "UNICEF ",
     "United Nations ", "(ABC) ", "Special Rapporteur on a ", "Government of X and ", "joint ",
     "working group on ", "A/", "“", "the Commission on Tides. The Commission. ", "Coalition ",
     "A & ", "X Alliance (XA) ", "alliance ", "http://A/1"],
)  # fmt: skip
def test_find_organizations_is_linear(piece):
    find_organizations(piece * (150_000 // len(piece)), NAMES)


def test_precision_and_recall_on_the_labelled_paragraphs(shared_data):
    names = package_names()

    def label(printed):
        organization = names.by_spelling.get(printed)
        return organization.label if organization else printed

    items = [
        item for item in labelled_paragraphs(shared_data, names) if item.organizations is not None
    ]
    right = surplus = missed = 0
    for item in items:
        wanted = {label(printed) for printed in item.organizations}
        got = set(item.paragraph.organizations)
        right += len(wanted & got)
        surplus += len(got - wanted)
        missed += len(wanted - got)

    assert len(items) >= 40
    assert right / (right + surplus) >= 0.95
    assert right / (right + missed) >= 0.95


def test_statements_name_the_bodies_of_their_paragraph(shared_data):
    for item in labelled_paragraphs(shared_data, package_names()):
        paragraph = item.paragraph
        named = set(chain.from_iterable(each.organizations for each in paragraph.statements))
        assert named == set(paragraph.organizations)
