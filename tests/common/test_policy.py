import pytest

from rapporteur.common.policy import (
    EVERYONE,
    STAFF,
    Access,
    Relation,
    Role,
    act,
    make_table,
    page,
)


def test_status_sends_anonymous_visitors_to_sign_in_and_refuses_others():
    access = Access(STAFF)

    assert {role: access.status(role) for role in Role} == {
        Role.ANONYMOUS: 302,
        Role.CONTRIBUTOR: 403,
        Role.FOCAL_POINT: 403,
        Role.FACILITATOR: 403,
        Role.JUROR: 403,
        Role.SECRETARIAT: 200,
        Role.ADMINISTRATOR: 200,
        Role.SUSPENDED: 403,
    }


def test_what_may_not_be_known_of_is_not_found_by_anybody():
    access = Access(STAFF, denied=404)

    assert access.status(Role.ANONYMOUS) == 404
    assert access.status(Role.CONTRIBUTOR) == 404


def test_a_row_gates_by_the_roles_of_all_its_relations():
    row = page(
        "x",
        relations={Relation.PUBLISHED: Access(EVERYONE), Relation.DRAFT: Access(STAFF, denied=404)},
    )

    assert row.roles == EVERYONE


def test_two_rows_for_one_address_and_method_are_refused():
    with pytest.raises(ValueError, match="Two policy rows for POST 'x'"):
        make_table([act("x", STAFF), act("x", STAFF)])


def test_head_is_read_as_get():
    table = make_table([page("x")])

    assert table.find("x", "HEAD") is table.find("x", "GET")
    assert table.find("x", "POST") is None
