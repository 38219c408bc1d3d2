"""`rapporteur secret-key`: print a new secret key."""

from django.core.management.base import BaseCommand
from django.core.management.utils import get_random_secret_key


class Command(BaseCommand):
    help = "Print a new value for SECRET_KEY."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(get_random_secret_key())
