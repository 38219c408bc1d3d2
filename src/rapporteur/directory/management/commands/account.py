"""`rapporteur account create EMAIL [--role R]`: the first administrator, and accounts by hand."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from rapporteur.common.audit import record_event
from rapporteur.directory.choices import GrantedRole
from rapporteur.directory.models import Account, RoleGrant


class Command(BaseCommand):
    help = "Make an account with a confirmed address; its owner chooses the password by mail."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["create"])
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        roles = [role for role in GrantedRole.values if role != GrantedRole.FACILITATOR]
        parser.add_argument("--role", choices=roles, help="a role to give at once")

    @transaction.atomic
    def handle(self, *, email, name, role, **options):
        from allauth.account.models import EmailAddress

        if Account.objects.filter(email__iexact=email).exists():
            raise CommandError(f"There is an account for {email}. Give it a role on its page.")
        now = timezone.now()
        account = Account.objects.create_user(email, None, name=name)
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
        if role:
            RoleGrant.objects.create(account=account, role=role, granted_at=now)
        record_event(
            "directory.account.made", target=account, by=None, at=now, details={"role": role}
        )
        self.stdout.write(
            f"Made {account.email}. Its owner chooses a password at /account/password/reset/."
        )
