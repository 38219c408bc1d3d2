"""`make demo`: everything that a first visit needs, done once and quick the second time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from rapporteur.common.refusals import Refusal
from rapporteur.directory.choices import GrantedRole, MembershipKind
from rapporteur.directory.models import Account, Membership, Organization, RoleGrant
from rapporteur.framework.models import Concept
from rapporteur.operations.addresses import confirm_email
from rapporteur.register.demonstration import load_demonstration

PASSWORD = "demonstration-only"  # noqa: S105 - printed on purpose; these accounts are open


@dataclass(frozen=True)
class DemonstrationAccount:
    """One account of the demonstration: its role, and the organization or action line it has."""

    email: str
    name: str
    granted: GrantedRole | None = None
    organization: str = ""
    membership: MembershipKind = MembershipKind.MEMBER
    concept: str = ""


ACCOUNTS = (
    DemonstrationAccount("contributor@example.org", "A contributor"),
    DemonstrationAccount(
        "focal-point@example.org",
        "A focal point of UNESCO",
        organization="unesco",
        membership=MembershipKind.FOCAL_POINT,
    ),
    DemonstrationAccount(
        "facilitator@example.org",
        "A facilitator of C5",
        granted=GrantedRole.FACILITATOR,
        organization="itu",
        concept="C5",
    ),
    DemonstrationAccount("juror@example.org", "A juror", granted=GrantedRole.JUROR),
    DemonstrationAccount(
        "secretariat@example.org", "The secretariat", granted=GrantedRole.SECRETARIAT
    ),
    DemonstrationAccount(
        "administrator@example.org", "An administrator", granted=GrantedRole.ADMINISTRATOR
    ),
)


def prepare(say: Callable[[str], None]) -> None:
    """Make the database, catalogs and static files, and load the pack, the record and accounts.

    Every step may run again; a second run changes nothing. Refused outside the demonstration's
    settings, whose accounts are open to anybody.
    """
    if not settings.DEMONSTRATION:
        raise Refusal(
            "The demonstration's accounts are open to anybody. Use the demonstration settings "
            "(DJANGO_SETTINGS_MODULE=rapporteur.config.settings.demonstration), or set up a real "
            "site as docs/how-to/deploy.md says."
        )
    settings.HOME.mkdir(parents=True, exist_ok=True)
    say("Database")
    call_command("migrate", verbosity=0, interactive=False)
    say("Translations and pages' files")
    call_command("translations", "compile", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    say("Framework: action lines, goals, targets, regions, organizations")
    call_command("framework", "load", verbosity=0)
    say("Record: documents, who did what where, figures, milestones")
    call_command("library", "load-record", verbosity=0)
    say("Accounts")
    make_accounts()
    say("Register: invented activities, which say so")
    load_demonstration(by=Account.objects.get(email="secretariat@example.org"))
    say("Search index")
    call_command("search", "follow", verbosity=0)


@transaction.atomic
def make_accounts() -> None:
    """Make one account per role, with a confirmed address; those that exist stay as they are."""
    now = timezone.now()
    for wanted in ACCOUNTS:
        account = Account.objects.filter(email=wanted.email).first()
        if account is None:
            account = Account.objects.create_user(wanted.email, PASSWORD, name=wanted.name)
        confirm_email(account)
        if wanted.granted:
            concept = Concept.objects.filter(code=wanted.concept).first()
            RoleGrant.objects.get_or_create(
                account=account,
                role=wanted.granted,
                concept=concept,
                defaults={"granted_at": now},
            )
        organization = Organization.objects.filter(slug=wanted.organization).first()
        if organization is not None:
            Membership.objects.get_or_create(
                account=account,
                organization=organization,
                defaults={"kind": wanted.membership, "asked_at": now, "confirmed_at": now},
            )
