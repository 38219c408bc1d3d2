from rapporteur.analysis.names import Names, Organization


def test_from_rows_reads_names_acronyms_and_aliases():
    names = Names.from_rows(
        [
            {
                "name": "Office of Weather",
                "acronym": "OW",
                "aliases": "Weather Office; OWx;",
                "kind": "un",
            },
            {"name": "  ", "acronym": "NO"},
            {"name": "Plain League"},
        ],
        places=["Utopia"],
    )

    assert names.organizations == (
        Organization("Office of Weather", "OW", ("Weather Office", "OWx"), "un"),
        Organization("Plain League", "", (), ""),
    )
    assert names.places == frozenset({"Utopia"})
    assert names.acronyms == frozenset({"OW"})
    assert names.organizations[0].label == "OW"
    assert names.organizations[1].label == "Plain League"
    assert names.organizations[0].spellings == ("Office of Weather", "OW", "Weather Office", "OWx")


def test_an_own_acronym_goes_before_another_bodys_alias():
    names = Names.from_rows(
        [
            {"name": "First", "acronym": "F", "aliases": "S"},
            {"name": "Second", "acronym": "S"},
        ]
    )

    assert names.by_spelling["S"].name == "Second"
    assert names.by_spelling["First"].name == "First"


def test_names_are_hashable_by_identity():
    assert Names() != Names()
    assert len({Names(), Names()}) == 2
