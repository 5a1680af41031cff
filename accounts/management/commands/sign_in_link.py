from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.links.verbs import Purpose, address_of, make_link
from accounts.models import User
from accounts.security_log import Kind, record


class Command(BaseCommand):
    help = (
        "Print a link that lets somebody choose a password once, for 7 days, where no e-mail can be sent. With --offer "
        "the link for accepting a role that waits: it changes no password. Give it to that person and nobody else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--offer", action="store_true", help="for accepting a role that waits")

    @transaction.atomic
    def handle(self, *, email: str, offer: bool, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError("Nobody has an account with this address. An admin invites the person first.")
        if not user.is_active:
            raise CommandError("The account with this address is not in use. An admin can restore it.")
        purpose = Purpose.OFFER if offer else Purpose.INVITATION
        record(Kind.LINK_MADE, person=user, by="command", purpose=purpose)
        self.stdout.write(address_of(make_link(user, purpose)))
