import json

import pytest
from django.core.management import call_command

from rapporteur.register import demonstration
from rapporteur.register.choices import ActivityState
from rapporteur.register.content import problems_of, read_json
from rapporteur.register.models import Activity
from rapporteur.register.queries.known import known_codes
from tests.factories.register import make_secretariat

SAYS_SO = ("Invented for the demonstration", "Inventé", "Inventado", "مبتكر", "Вымышлено", "为演示")


def entries():
    return json.loads(demonstration.FILE.read_text(encoding="utf-8"))


def test_every_entry_says_that_it_is_invented():
    assert [
        item["title"] for item in entries() if not item["description"].startswith(SAYS_SO)
    ] == []


@pytest.mark.django_db
def test_loading_publishes_every_entry_once():
    call_command("framework", "load", verbosity=0)
    by = make_secretariat()
    known = known_codes()
    for item in entries():
        said = {key: value for key, value in item.items() if key not in ("published", "confirmed")}
        content, problems = read_json(said)
        assert (item["title"], problems, problems_of(content, known)) == (item["title"], [], [])

    first = demonstration.load_demonstration(by=by)
    second = demonstration.load_demonstration(by=by)

    assert (first, second) == (22, 0)
    rows = Activity.objects.filter(source_name="demonstration", state=ActivityState.PUBLISHED)
    assert rows.count() == 22
    assert rows.filter(confirmed_at=None).count() == 4
    assert set(rows.values_list("language", flat=True)) == {"ar", "en", "es", "fr", "ru", "zh"}
