from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.links.verbs import address_of, make_link
from accounts.models import User
from accounts.security_log import Kind, record


class Command(BaseCommand):
    help = (
        "Make an installation admin, or give an existing one a new link, and print a link that works once for 7 days."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    @transaction.atomic
    def handle(self, *, email: str, name: str, **options: Any) -> None:
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError("The first word must be an e-mail address.") from error
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
        if not user.is_active:
            raise CommandError(
                "The account with this address is not in use. Another installation admin can restore it."
            )
        user.is_installation_admin = True
        user.save(update_fields=["is_installation_admin"])
        record(Kind.RIGHT_GIVEN, person=user, role="installation_admin", by="command")
        record(Kind.LINK_MADE, person=user, by="command")
        self.stdout.write(address_of(make_link(user)))
