"""E-mail addresses of accounts, as the sign-in library keeps them."""

from allauth.account.models import EmailAddress

from rapporteur.directory.models import Account


def confirm_email(account: Account) -> None:
    """Record the account's address as confirmed and primary."""
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
