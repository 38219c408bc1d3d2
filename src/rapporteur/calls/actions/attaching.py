"""Files of answers: kept with the draft, named in the answer, taken away again."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from rapporteur.calls.actions.responding import held_response
from rapporteur.calls.models import Attachment, Response
from rapporteur.calls.questionnaire import AnswerFault, Kind, Known, Question
from rapporteur.calls.questionnaire.answers import faults_of_answer
from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Refusal
from rapporteur.common.texts import as_stored
from rapporteur.directory.models import Account

# Where a question names no limit of its own.
MEGABYTES_AT_MOST = 20
FILES_AT_MOST = 20
MEGABYTE = 1024 * 1024


def files_of(answers: Any, question: Question) -> list[dict[str, Any]]:
    """Return the files that an answer names, whether it may have one or several."""
    value = answers.get(question.name)
    return list(value) if isinstance(value, list) else [value] if value else []


@transaction.atomic
def attach_file(
    *, response: Response, question: str, upload: UploadedFile, by: Account, at: datetime
) -> list[AnswerFault]:
    """Add a file to an answer; return what is wrong with it (then nothing was kept).

    The same file again changes nothing; where one file is asked for, a new one takes its place.

    Raises:
        Refusal: the question takes no files, the file is too large or empty, or there are too many.
        NotRespondent, ResponseMoved, CallNotOpen: see ``responding.held_response``.
    """
    call, held = held_response(response, by=by, at=at, late=True)
    asked = call.asks.question(question)
    if asked is None or asked.kind is not Kind.FILE:
        raise Refusal(_("This question takes no file."))
    most = asked.megabytes_at_most or MEGABYTES_AT_MOST
    size = upload.size or 0
    name = as_stored(PurePosixPath((upload.name or "").replace("\\", "/")).name)[:300]
    if not 0 < size <= most * MEGABYTE:
        raise Refusal(
            _("The file “%(name)s” is empty, or larger than %(limit)s MB. Give another one.")
            % {"name": name, "limit": most}
        )
    data = upload.read()
    entry: dict[str, Any] = {"name": name, "size": size, "sha256": hashlib.sha256(data).hexdigest()}
    files = files_of(held.answers, asked) if asked.takes_several else []
    if any(each.get("sha256") == entry["sha256"] for each in files):
        return []
    files.append(entry)
    if len(files) > FILES_AT_MOST:
        raise Refusal(_("At most %(count)s files are taken.") % {"count": FILES_AT_MOST})
    value: Any = files if asked.takes_several else entry
    faults = list(faults_of_answer(asked, value, known=Known()))
    if faults:
        return faults
    stored = Attachment.objects.filter(
        response=held, question=question, digest=entry["sha256"]
    ).first()
    if stored is None:
        stored = Attachment(
            response=held,
            question=question,
            name=name,
            bytes=size,
            digest=entry["sha256"],
            added_at=at,
        )
        # Under a name of our own: what people call their files is no path of ours.
        stored.file.save(f"{held.slug}-{entry['sha256'][:16]}.bin", ContentFile(data), save=True)
    write_answer(held, question, value, at=at)
    record_event("calls.response.attached", by=by, at=at, target=held, details={"bytes": size})
    return []


@transaction.atomic
def remove_file(
    *, response: Response, question: str, digest: str, by: Account, at: datetime
) -> None:
    """Take a file out of an answer; its bytes go too unless they were sent with a submission."""
    call, held = held_response(response, by=by, at=at, late=True)
    asked = call.asks.question(question)
    if asked is None or asked.kind is not Kind.FILE:
        raise Refusal(_("This question takes no file."))
    left = [each for each in files_of(held.answers, asked) if each.get("sha256") != digest]
    write_answer(held, question, left if asked.takes_several else "", at=at)
    sent = any(
        digest == each.get("sha256")
        for version in held.versions.all()
        for each in files_of(version.answers, asked)
    )
    row = Attachment.objects.filter(response=held, question=question, digest=digest).first()
    if row is not None and not sent:
        file = row.file
        row.delete()
        transaction.on_commit(lambda: file.delete(save=False), robust=True)
    record_event("calls.response.detached", by=by, at=at, target=held)


def write_answer(held: Response, question: str, value: Any, *, at: datetime) -> None:
    held.answers = {name: each for name, each in held.answers.items() if name != question}
    if value:
        held.answers[question] = value
    held.answers_number += 1
    held.saved_at = at
    held.save()
