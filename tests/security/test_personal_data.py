"""The register of personal data names every field that holds some, and no other."""

from __future__ import annotations

import re

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from rapporteur.operations.documentation import DOCS

ROW = re.compile(
    r"^\| `([a-z]+\.[a-z]+\.\w+)` \|(.+?)\|(.+?)\|(.+?)\|(.+?)\|(.+?)\|$", re.MULTILINE
)
KINDS_OF_ADDRESS = (models.EmailField, models.GenericIPAddressField)


def personal_fields() -> set[str]:
    account = get_user_model()
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if not getattr(field, "concrete", False):
                continue
            links = field.is_relation and field.related_model is account
            if model is account or links or isinstance(field, KINDS_OF_ADDRESS):
                found.add(f"{model._meta.label_lower}.{field.name}")
    return found


def test_the_register_names_every_field_and_says_everything_of_it():
    text = (DOCS / "reference" / "personal-data.md").read_text(encoding="utf-8")
    rows = {row[0]: [cell.strip() for cell in row[1:]] for row in ROW.findall(text)}

    assert sorted(personal_fields() - set(rows)) == []
    assert sorted(set(rows) - personal_fields()) == []
    for field, cells in rows.items():
        assert all(cells), field
        assert cells[2] in ("service", "task", "security"), field


def test_a_deleted_account_takes_its_data_along(db):
    """What the register says under "as long as the account"."""
    from allauth.account.models import EmailAddress

    from rapporteur.common.policy import Role
    from rapporteur.directory.models import Membership, RoleGrant
    from rapporteur.library.models import Version
    from rapporteur.site.actions import report_error
    from rapporteur.site.models import ErrorReport
    from tests.factories.library import AT, store
    from tests.policy.accounts import make_account

    account = make_account(Role.SECRETARIAT)
    store(by=account)
    report_error(token="t", text="Wrong.", by=account, at=AT)
    assert Version.objects.get().imported_by == account

    account.delete()

    assert Version.objects.get().imported_by is None
    assert ErrorReport.objects.get().reported_by is None
    for model in (Membership, RoleGrant, EmailAddress):
        assert not model.objects.exists()
