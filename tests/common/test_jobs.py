"""Jobs: done once, taken up again when their worker is gone, never half stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rapporteur.common.jobs import actions, progress, registry
from rapporteur.common.jobs.models import Job, JobState
from rapporteur.common.refusals import Refusal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def kind(monkeypatch):
    """Return a kind of job that doubles a number; what it was told and did is in ``done``."""
    done = []

    def work(job, tell):
        tell(1)
        done.append(job.pk)
        if job.arguments["number"] == 0:
            raise Refusal("Nothing to double.")
        if job.arguments["number"] < 0:
            raise RuntimeError("broken")
        return {"doubled": 2 * job.arguments["number"]}

    monkeypatch.setattr(registry, "_kinds", {"test.double": work})
    work.done = done
    return work


def start(number, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.start_job("test.double", arguments={"number": number}, owner=None, at=AT)
        assert job.state == JobState.WAITING
    job.refresh_from_db()
    return job


def test_job_is_done_after_the_commit(kind, django_capture_on_commit_callbacks):
    job = start(4, django_capture_on_commit_callbacks)

    assert (job.state, job.result, job.attempts) == (JobState.DONE, {"doubled": 8}, 1)
    assert progress.read(job.pk) == (0, 0.0)


@pytest.mark.parametrize(("number", "words"), [(0, "Nothing to double."), (-1, "fault")])
def test_job_that_fails_says_why(kind, django_capture_on_commit_callbacks, number, words):
    job = start(number, django_capture_on_commit_callbacks)

    assert job.state == JobState.FAILED
    assert words in job.message


def test_job_is_run_by_one_worker_only(kind, django_capture_on_commit_callbacks):
    job = start(4, django_capture_on_commit_callbacks)

    actions.run(job.pk)

    assert kind.done == [job.pk]


def make_left(**values):
    defaults = {"state": JobState.RUNNING, "taken_at": AT, "attempts": 1}
    return Job.objects.create(
        kind="test.double", arguments={"number": 3}, made_at=AT, **{**defaults, **values}
    )


def test_job_of_a_killed_worker_is_run_once_more(kind):
    job = make_left()

    assert actions.take_up_left(at=AT + timedelta(minutes=6)) == [job.pk]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == (JobState.DONE, 2, {"doubled": 6})


def test_job_that_was_left_twice_has_failed(kind):
    job = make_left(attempts=2)

    assert actions.take_up_left(at=AT + timedelta(minutes=6)) == []
    job.refresh_from_db()
    assert (job.state, kind.done) == (JobState.FAILED, [])


def test_job_whose_worker_lives_is_left_alone(kind):
    job = make_left()
    progress.note(job.pk, 7)

    assert actions.take_up_left(at=AT + timedelta(minutes=6)) == []
    assert progress.read(job.pk)[0] == 7
    progress.forget(job.pk)


def test_job_that_was_never_taken_is_queued_again(kind):
    job = make_left(state=JobState.WAITING, taken_at=None, attempts=0)

    assert actions.take_up_left(at=AT + timedelta(minutes=6)) == [job.pk]
    assert actions.take_up_left(at=AT + timedelta(minutes=6)) == []
