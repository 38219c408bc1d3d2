"""A mapping reads a source's columns as ours, and says what it does not understand."""

import pytest

from rapporteur.analysis.tables.mapping import (
    MappingFault,
    Value,
    absent_columns,
    as_text,
    compiled,
    read_mapping,
    row_values,
    unread_columns,
)
from rapporteur.analysis.tables.nearest import nearest
from rapporteur.analysis.tables.rows import SourceRow

FIELDS = ("title", "country", "sdg", "year", "kind", "url", "partners", "organization")


def mapped(toml, cells, *, header=None):
    """Return the values of each field of one row."""
    mapping = read_mapping('source = "test"\n' + toml, fields=FIELDS)
    readers = compiled(mapping, header)
    found = row_values(readers, SourceRow(1, cells))
    return {name: [value.value for value in values] for name, values in found.items()}


def test_columns_are_renamed_whatever_their_case():
    toml = '[fields]\ntitle = "Project"\ncountry = "Pays d\'exécution"'
    cells = {"PROJECT ": "One", "pays  d'execution": "France"}

    assert mapped(toml, cells, header=cells) == {"title": ["One"], "country": ["France"]}


def test_values_are_split_replaced_and_dropped():
    toml = """
    unknown = ["No Information", "-"]
    [fields.country]
    from = ["where", "also"]
    split = ",;"
    values = { "INTERNATIONAL" = "global", "Micronesi" = "FSM", "EU countries" = "" }
    """
    cells = {"where": "micronesi, Fiji; international,,EU  Countries", "also": "no information"}

    assert mapped(toml, cells) == {"country": ["FSM", "Fiji", "global"]}


def test_constant_default_and_template():
    toml = """
    [fields.kind]
    constant = "project"
    [fields.year]
    from = "year"
    default = "2015"
    [fields.url]
    template = "https://example.org/{slug}/{year}"
    """

    assert mapped(toml, {"slug": "a", "year": "2001"}) == {
        "kind": ["project"],
        "year": ["2001"],
        "url": ["https://example.org/a/2001"],
    }
    assert mapped(toml, {"slug": "a"}) == {"kind": ["project"], "year": ["2015"]}


def test_paths_walk_through_objects_and_lists():
    toml = """
    [fields.sdg]
    from = "SDGs.number"
    [fields.organization]
    from = "organizations[type=owner].name"
    take = "first"
    [fields.partners]
    from = "organizations.name"
    take = "rest"
    [fields.country]
    from = "locations.a"
    """
    cells = {
        "SDGs": [{"number": 1}, {"number": 8}, {"text": "x"}],
        "organizations": [{"name": "A", "type": "funder"}, {"name": "B", "type": "Owner"}],
        "locations": {"a": ["FRA", None, "MAR"]},
    }

    assert mapped(toml, cells) == {
        "sdg": [1, 8],
        "organization": ["B"],
        "partners": ["B"],
        "country": ["FRA", "MAR"],
    }
    assert mapped(toml, {"SDGs": "no list", "locations": None}) == {}


def test_value_knows_its_column():
    mapping = read_mapping('source = "t"\n[fields]\nsdg = "SDGs.number"', fields=FIELDS)
    readers = compiled(mapping, None)

    found = row_values(readers, SourceRow(1, {"SDGs": [{"number": 1}]}))

    assert found == {"sdg": [Value(1, "SDGs")]}


def test_forms_of_numbers_and_dates():
    toml = """
    [fields.year]
    from = "day"
    dates = ["%d.%m.%Y", "%B %Y"]
    [fields.sdg]
    from = "share"
    number = { decimal = "," }
    """

    assert mapped(toml, {"day": "24.12.2019", "share": "1 234,5"}) == {
        "year": ["2019-12-24"],
        "sdg": ["1234.5"],
    }
    assert mapped(toml, {"day": "soon", "share": "many"}) == {"year": ["soon"], "sdg": ["many"]}


def test_columns_of_a_header_that_are_absent_or_unread():
    mapping = read_mapping(
        'source = "t"\nunread = ["note"]\n[fields]\ntitle = "Project"\nyear = "When"', fields=FIELDS
    )

    assert absent_columns(mapping, ["PROJECT", "Note"]) == ["When"]
    assert unread_columns(mapping, ["project", "NOTE", "Other", ""]) == ["Other"]


@pytest.mark.parametrize(
    ("toml", "code", "place"),
    [
        ("x", "not-toml", ""),
        ("a = 1\na = 2", "not-toml", ""),
        ("[fields]\ntitle = 'a'", "no-source", "source"),
        ("source = 'A B'", "no-source", "source"),
        ("source = 7", "wrong-type", "source"),
        ("source = 't'\nfeilds = 1", "unknown-key", "feilds"),
        ("source = 't'\nfields = 1", "wrong-type", "fields"),
        ("source = 't'\n[fields]\nname = 'a'", "unknown-field", "fields.name"),
        ("source = 't'\n[fields]\ntitle = 7", "wrong-type", "fields.title"),
        ("source = 't'\n[fields.title]\nform = 'a'", "unknown-key", "fields.title.form"),
        ("source = 't'\n[fields.title]\nsplit = ','", "no-rule", "fields.title"),
        ("source = 't'\n[fields.title]\nfrom = 'a'\nconstant = 1", "two-rules", "fields.title"),
        ("source = 't'\n[fields.title]\nfrom = ['']", "not-a-path", "fields.title.from"),
        ("source = 't'\n[fields.title]\nfrom = [1]", "wrong-type", "fields.title.from"),
        ("source = 't'\n[fields.title]\nfrom='a'\ntake='last'", "wrong-type", "fields.title.take"),
        ("source = 't'\nunknown = 3", "wrong-type", "unknown"),
    ],
)
def test_mapping_that_is_not_understood_says_where(toml, code, place):
    with pytest.raises(MappingFault) as refused:
        read_mapping(toml, fields=FIELDS)

    assert (refused.value.code, refused.value.place) == (code, place)


def test_unknown_field_names_the_nearest():
    with pytest.raises(MappingFault) as refused:
        read_mapping("source = 't'\n[fields]\ncountries = 'a'", fields=FIELDS)

    assert refused.value.near[0] == "country"


def test_nearest_values():
    allowed = {"France": "FRA", "Germany": "DEU", "République française": "FRA", "Niger": "NER"}

    assert nearest("Frnace", allowed)[0] == "FRA"
    assert nearest("Rep. francaise", allowed)[0] == "FRA"
    assert nearest("qqqq", allowed) == ()
    assert nearest("", allowed) == ()


@pytest.mark.parametrize(
    ("value", "text"), [(2019.0, "2019"), (1.5, "1.5"), (True, "true"), (None, ""), (7, "7")]
)
def test_typed_cells_as_text(value, text):
    assert as_text(value) == text
