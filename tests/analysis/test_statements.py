import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.statements import split_statements


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("", []),
        ("One sentence without an end", ["One sentence without an end"]),
        ("The Fund grew. It lent more.", ["The Fund grew.", "It lent more."]),
        (
            "The Union measures access; the Agency trains teachers; and the Bank lends.",
            ["The Union measures access;", "the Agency trains teachers;", "and the Bank lends."],
        ),
        (
            "See para. 12 and No. 5 of the list, e.g. Annex II. Dr. Okafor agreed.",
            ["See para. 12 and No. 5 of the list, e.g. Annex II.", "Dr. Okafor agreed."],
        ),
        (
            "The share rose to 3.5 per cent in U.S. Territories. It fell later.",
            ["The share rose to 3.5 per cent in U.S. Territories.", "It fell later."],
        ),
        (
            "He called it “a start; no more. Not yet”. Others agreed.",
            ["He called it “a start; no more. Not yet”.", "Others agreed."],
        ),
        (
            "It said “access is a right.” Members agreed.",
            ["It said “access is a right.”", "Members agreed."],
        ),
        (
            "The plan (adopted in 2003; revised in 2015. See above) holds. It ends soon.",
            ["The plan (adopted in 2003; revised in 2015. See above) holds.", "It ends soon."],
        ),
        (
            "It was agreed.¹² Work began.[3] It ended.",
            ["It was agreed.¹²", "Work began.[3]", "It ended."],
        ),
        ("Is it open? Yes! It is.", ["Is it open?", "Yes!", "It is."]),
        (
            "Members: 1. First item. 2. Second item.",
            ["Members: 1.", "First item.", "2. Second item."],
        ),
        (
            "Chaired by J. Smith and A. N. Other. The rest stood.",
            ["Chaired by J. Smith and A. N. Other.", "The rest stood."],
        ),
        (
            "The aims are:\n• access for all\n• skills",
            ["The aims are:", "• access for all", "• skills"],
        ),
        (
            "会议通过了决议。委员会表示欢迎；工作继续。",
            ["会议通过了决议。", "委员会表示欢迎；", "工作继续。"],
        ),
        ("Adopted in Vol. 2, art. 5. The end.", ["Adopted in Vol. 2, art. 5.", "The end."]),
    ],
)
def test_split_statements(text, statements):
    assert split_statements(text) == statements


@given(st.text(max_size=400))
def test_statements_cover_the_text(text):
    def letters(value):
        return "".join(value.split())

    statements = split_statements(text)

    assert letters("".join(statements)) == letters(text)
    assert all(statement == statement.strip() and statement for statement in statements)


@given(st.text(alphabet='aB.;“”"()[] \n1', max_size=300))
def test_statements_are_verbatim_pieces_in_order(text):
    position = 0
    for statement in split_statements(text):
        position = text.index(statement, position) + len(statement)


@pytest.mark.parametrize(
    "piece", ["(", "“a", '"', "a. ", "1. ", "A.", ";", " ", "\n", "[1] ", ".)"]
)
def test_split_statements_is_linear(piece):
    split_statements(piece * 100_000)
