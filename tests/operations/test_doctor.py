import pytest

from rapporteur.framework.models import Concept, ConceptScheme
from rapporteur.operations import doctor
from rapporteur.operations.doctor import Finding, Verdict

pytestmark = pytest.mark.django_db


def findings(look):
    return {finding.subject: finding for finding in look()}


def test_an_empty_database_is_told_how_to_fill_it():
    found = findings(doctor.look_at_content)

    assert found["Framework"].mend == "rapporteur framework load"
    assert found["Framework"].verdict is Verdict.WRONG
    assert found["Record"].verdict is Verdict.WITHOUT


def test_a_loaded_framework_is_counted():
    scheme = ConceptScheme.objects.create(code="x", titles={"en": "X"}, source="s")
    Concept.objects.create(scheme=scheme, code="X1", names={"en": "one"})

    assert findings(doctor.look_at_content)["Framework"] == Finding(
        "Framework", Verdict.OK, "1 concepts"
    )


def test_a_folder_that_cannot_be_written_names_the_setting(settings, tmp_path):
    settings.HOME = tmp_path / "file" / "home"
    (tmp_path / "file").write_text("")

    found = findings(doctor.look_at_home)["Data folder"]

    assert found.verdict is Verdict.WRONG
    assert "RAPPORTEUR_HOME" in found.mend


def test_redis_that_does_not_answer_is_told(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    found = findings(doctor.look_at_jobs)["Jobs and cache"]

    assert (found.verdict, found.mend) == (Verdict.WRONG, "Check REDIS_URL and that Redis runs.")


def test_mail_that_goes_nowhere_is_told_outside_the_demonstration(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

    assert findings(doctor.look_at_mail)["Mail"].verdict is Verdict.WITHOUT


def test_a_look_that_fails_is_a_finding(monkeypatch):
    def look_at_the_moon():
        raise RuntimeError("no moon")
        yield

    monkeypatch.setattr(doctor, "LOOKS", (look_at_the_moon,))

    assert list(doctor.examine()) == [
        Finding("the moon", Verdict.WRONG, "RuntimeError: no moon", "See the error.")
    ]
