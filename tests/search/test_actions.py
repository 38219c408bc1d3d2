"""The change log and the index: nothing published is missed, nothing withdrawn stays."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from rapporteur.search import actions, following, index, log, queries, registry
from rapporteur.search.models import Change
from rapporteur.search.queries import Question

pytestmark = pytest.mark.django_db(transaction=True)


def keys(text: str = "") -> set[str]:
    return {hit.held["key"] for hit in queries.find(Question(text), size=100).hits}


def test_change_is_found_after_its_commit_and_not_before(shelf):
    actions.rebuild()
    with transaction.atomic():
        shelf.put("a", text="health")
        actions.note_change("paper", "a")
        before = keys()

    assert (before, keys()) == (set(), {"a"})


def test_change_that_is_rolled_back_is_not_noted(shelf):
    actions.rebuild()
    with transaction.atomic():
        actions.note_change("paper", "a")
        transaction.set_rollback(True)

    assert Change.objects.count() == 0


def test_many_changes_of_one_transaction_are_applied_in_one_pass(shelf, monkeypatch):
    actions.rebuild()
    passes = []
    follow = actions.follow
    monkeypatch.setattr(actions, "follow", lambda **values: passes.append(follow(**values)))
    with transaction.atomic():
        for key in "abc":
            shelf.put(key)
            actions.note_change("paper", key)
        actions.note_changes("paper", ["a", "b"])

    assert [(one.entries, one.keys) for one in passes] == [(3, 3)]


def test_changed_record_is_found_by_its_new_words_alone(shelf):
    shelf.put("a", text="health")
    actions.rebuild()
    shelf.put("a", text="farming")
    actions.note_change("paper", "a")

    assert (keys("health"), keys("farming")) == (set(), {"a"})


def test_withdrawn_and_deleted_records_leave_the_index(shelf):
    shelf.put("a", text="health")
    shelf.put("b", text="health")
    actions.rebuild()
    shelf.put("a", text="health", public=False)
    del shelf.entries["b"]
    actions.note_changes("paper", ["a", "b"])

    assert keys() == set()
    assert queries.find(Question()).counts["kind"] == {}


def test_key_with_several_entries_is_replaced_as_a_whole(shelf, monkeypatch):
    parts = {"a": ["one", "two", "three"]}

    def load(wanted):
        for key in wanted:
            for part in parts.get(key, []):
                yield registry.Entry("part", key, {"en": part}, f"/parts/{key}#{part}")

    registry.add_searchable("part", label="Parts", load=load, all_keys=lambda: sorted(parts))
    actions.rebuild()
    before = queries.find(Question()).count
    parts["a"] = ["four"]
    actions.note_change("part", "a")

    assert (before, queries.find(Question()).count) == (3, 1)


def test_applying_twice_changes_nothing(shelf):
    shelf.put("a", text="health")
    actions.rebuild()
    actions.note_change("paper", "a")
    folder = index.current_folder()
    index.write_position(folder, 1)
    actions.follow()

    assert queries.find(Question()).count == 1


def test_two_hosts_follow_the_same_log(shelf, settings, tmp_path):
    settings.SEARCH_INDEX = tmp_path / "first"
    actions.rebuild()
    settings.SEARCH_INDEX = tmp_path / "second"
    actions.rebuild()
    shelf.put("a", text="health")
    actions.note_change("paper", "a")  # applied on the second host only
    second = keys()
    settings.SEARCH_INDEX = tmp_path / "first"
    before = keys()
    actions.follow()

    assert (second, before, keys()) == ({"a"}, set(), {"a"})


def test_follow_builds_where_there_is_no_index(shelf):
    shelf.put("a", text="health")

    done = actions.follow()

    assert (done.rebuilt, done.entries, keys()) == (True, 1, {"a"})


def test_change_noted_without_an_index_waits_for_one(shelf):
    shelf.put("a", text="health")
    actions.note_change("paper", "a")

    assert index.current_folder() is None


def test_rebuild_swaps_in_one_step_and_keeps_one_generation_before(shelf):
    shelf.put("a", text="health")
    for _time in range(4):
        actions.rebuild()
        assert keys() == {"a"}

    folders = [path for path in index.home().iterdir() if path.is_dir()]
    assert len(folders) == 2


def test_rebuild_that_fails_leaves_the_index_as_it_was(shelf, monkeypatch):
    shelf.put("a", text="health")
    actions.rebuild()

    def fail(keys):
        raise RuntimeError

    registry.add_searchable("bad", label="Bad", load=fail, all_keys=lambda: ["x"], order=9)
    with pytest.raises(RuntimeError):
        actions.rebuild()

    assert keys() == {"a"}
    assert len([path for path in index.home().iterdir() if path.is_dir()]) == 1


def test_pass_that_fails_is_made_again(shelf, monkeypatch):
    actions.rebuild()
    shelf.put("a", text="health")
    Change.objects.create(kind="paper", key="a")
    with monkeypatch.context() as patch:
        patch.setattr(following.Writing, "document_of", lambda self, entry: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.follow()
    actions.follow()

    assert keys() == {"a"}


def test_change_that_comes_while_the_index_is_built_is_not_missed(shelf):
    shelf.put("a", text="health")
    load = shelf.load

    def load_and_change(wanted):
        found = list(load(wanted))
        shelf.put("b", text="health")
        Change.objects.create(kind="paper", key="b")
        return found

    registry.add_searchable("paper", label="Papers", load=load_and_change, all_keys=lambda: ["a"])
    actions.rebuild()
    registry.add_searchable(
        "paper", label="Papers", load=load, all_keys=lambda: sorted(shelf.entries)
    )
    before = keys()
    actions.follow()

    assert (before, keys()) == ({"a"}, {"a", "b"})


def test_new_form_of_the_index_is_built_beside_the_old_one(shelf):
    shelf.put("a", text="health")
    actions.rebuild()
    old = index.current_folder()
    registry.add_facet("language", label="Language")

    assert index.current_folder() is None
    actions.follow()
    assert index.current_folder() != old
    assert keys() == {"a"}
    assert old.is_dir()


def test_database_that_counts_from_less_makes_the_index_anew(shelf):
    shelf.put("a", text="health")
    actions.rebuild()
    index.write_position(index.current_folder(), 10**15)
    shelf.put("b", text="health")

    done = actions.follow()

    assert (done.rebuilt, keys()) == (True, {"a", "b"})


def test_damaged_index_is_told_and_never_an_error_of_its_own(shelf):
    actions.rebuild()
    (index.current_folder() / "meta.json").write_text("{}")

    with pytest.raises(index.NoIndex):
        queries.find(Question("health"))


def test_writer_waits_for_another_and_then_gives_up(shelf):
    actions.rebuild()
    with index.writing(), pytest.raises(index.Busy):
        actions.follow(patience=0.05)


def test_readers_see_whole_indexes_while_others_write(shelf):
    for number in range(30):
        shelf.put(f"{number:02}", text="health")
    actions.rebuild()
    counts, stop = set(), threading.Event()

    def read():
        while not stop.is_set():
            counts.add(queries.find(Question("health")).count)

    reader = threading.Thread(target=read)
    reader.start()
    for _time in range(5):
        actions.rebuild()
    stop.set()
    reader.join()

    assert counts == {30}


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite commits in the order of keys"
)
def test_change_whose_transaction_ends_late_is_not_missed(shelf):
    actions.rebuild()
    noted, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            Change.objects.create(kind="paper", key="slow")
            noted.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    noted.wait(10)
    shelf.put("slow", text="health")
    shelf.put("quick", text="health")
    actions.note_change("paper", "quick")  # a larger key, committed first
    go_on.set()
    thread.join()
    actions.follow()

    assert keys() == {"slow", "quick"}


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no second database on a server"
)
def test_open_transaction_of_another_database_holds_nothing_back(shelf):
    import psycopg

    actions.rebuild()
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    for name in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters) as other:
        other.execute("SELECT pg_current_xact_id()")
        shelf.put("a", text="health")
        actions.note_change("paper", "a")

        assert keys() == {"a"}


def test_log_says_what_waits(shelf):
    actions.rebuild()
    Change.objects.create(kind="paper", key="a")
    state = queries.index_state()

    assert state.waiting == 1
    assert timezone.now() - state.waiting_since < timedelta(minutes=1)
    assert log.horizon() > 0


def test_commands(shelf, capsys):
    shelf.put("a", text="health")
    with pytest.raises(SystemExit) as none:
        call_command("search", "status")
    call_command("search", "rebuild")
    shelf.put("b", text="health")
    Change.objects.create(kind="paper", key="b")
    call_command("search", "follow")
    call_command("search", "status")

    told = capsys.readouterr().out.splitlines()
    assert none.value.code == 1
    assert told[0] == "No index on this host. Build it: rapporteur search rebuild"
    assert told[1] == "Built anew: 1 entries of 1 records."
    assert told[2] == "Brought up to date: 1 entries of 1 records."
    assert told[4:6] == ["Entries: 2", "Waiting changes: 0"]


def test_span_of_numbers_is_one_row_of_the_log(shelf):
    actions.rebuild()
    for number in range(1, 8):
        shelf.put(str(number), text="health")
    actions.note_span("paper", 1, 9)
    with transaction.atomic():
        actions.note_span("paper", 5, 4)

    assert keys("health") == {str(number) for number in range(1, 8)}
    assert list(Change.objects.values_list("kind", "key")) == [("paper", "1..9")]


def test_keys_come_in_small_numbers_and_spans_number_by_number(shelf):
    for key in ("a", "b", "c", "8..12", "13.."):
        Change.objects.create(kind="paper", key=key)
    Change.objects.create(kind="note", key="a")
    start = log.changes_between(0, 10**15).first()
    start = start.transaction if connection.vendor == "postgresql" else start.pk

    batches = list(log.keys_by_kind(start, log.horizon(), most=2))

    assert {(kind, tuple(found)) for kind, found in batches} == {
        ("note", ("a",)),
        ("paper", ("8", "9")),
        ("paper", ("10", "11")),
        ("paper", ("12",)),
        ("paper", ("13..", "a")),
        ("paper", ("b", "c")),
    }
    assert log.count_between(start, log.horizon()) >= 10


def test_follower_far_behind_makes_the_index_anew(shelf, monkeypatch):
    monkeypatch.setattr(following, "MANY_CHANGES", 10)
    for number in range(1, 31):
        shelf.put(str(number), text="health")
    actions.rebuild()
    folder = index.current_folder()
    Change.objects.bulk_create(Change(kind="paper", key=str(number)) for number in range(1, 10))
    few = actions.follow()
    Change.objects.create(kind="paper", key="1..20")
    many = actions.follow()

    assert (few.rebuilt, few.keys) == (False, 9)
    assert (many.rebuilt, many.entries) == (True, 30)
    assert index.current_folder() != folder


def test_follower_far_behind_of_a_large_index_applies_what_changed(shelf, monkeypatch):
    monkeypatch.setattr(following, "MANY_CHANGES", 2)
    for number in range(1, 31):
        shelf.put(str(number), text="health")
    actions.rebuild()
    Change.objects.create(kind="paper", key="1..9")

    assert actions.follow() == following.Brought(9, 9)


def test_kind_with_very_many_records_is_indexed_as_it_iterates(shelf):
    def load(wanted):
        raise AssertionError

    entries = [registry.Entry("part", str(n), {"en": "Part"}, f"/parts/{n}") for n in range(50)]
    registry.add_searchable(
        "part", label="Parts", load=load, all_keys=load, iterate=lambda: iter(entries)
    )

    assert actions.rebuild() == following.Brought(50, 50, rebuilt=True)
    assert queries.find(Question()).count == 50
