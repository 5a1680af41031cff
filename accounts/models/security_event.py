"""The security log: who signed in, was refused, made a link, took a right or an export. Append-only."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SecurityEvent(models.Model):
    """One event. It belongs to no municipality's rows: who may read it is said in `municipalities`.

    `municipality_number` is where it happened, empty where no municipality was chosen yet (signing in). It is no
    foreign key, because municipalities stand above accounts.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("A sign-in failed")
        LOCKED_OUT = "locked_out", _("Signing in was stopped for a while")
        SIGNED_OUT = "signed_out", _("Signed out")
        CONFIRMED_AGAIN = "confirmed_again", _("Confirmed again who it is")
        PASSWORD_CHANGED = "password_changed", _("Changed the password")
        NAME_CHANGED = "name_changed", _("Changed one's own name")
        SESSIONS_ENDED = "sessions_ended", _("Ended sessions")
        LINK_MADE = "link_made", _("A sign-in link was made")
        LINK_TAKEN = "link_taken", _("A sign-in link was taken")
        LINK_REFUSED = "link_refused", _("A sign-in link was refused")
        SECOND_FACTOR_ADDED = "second_factor_added", _("Took the two-step sign-in into use")
        SECOND_FACTOR_REMOVED = "second_factor_removed", _("The two-step sign-in was turned off or reset")
        RECOVERY_CODES_MADE = "recovery_codes_made", _("Made new recovery codes")
        CODE_REFUSED = "code_refused", _("A code was refused")
        ACCOUNT_STOPPED = "account_stopped", _("An account was taken out of use")
        ACCOUNT_RESTORED = "account_restored", _("An account was taken into use again")
        RIGHT_ASKED = "right_asked", _("A right was asked for, for another to confirm")
        RIGHT_GIVEN = "right_given", _("A right was given")
        RIGHT_REFUSED = "right_refused", _("A right was refused")
        RIGHT_ENDED = "right_ended", _("A right was ended")
        REFUSED_BY_ROLE = "refused_by_role", _("Was refused: the role does not allow it")
        RELATION_MADE = "relation_made", _("Made a relation to a client for oneself")
        REVEALED = "revealed", _("Revealed protected details")
        MANY_AT_ONCE = "many_at_once", _("Opened or revealed unusually many")
        EXPORTED = "exported", _("Took data out")

    kind = models.CharField(max_length=24, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    # who did it; empty where nobody was known, such as a wrong address at signing in
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    # whose account it concerns, where that is not the actor
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    municipality_number = models.PositiveSmallIntegerField(null=True)
    # of what happened in no municipality: those in which the actor or the person worked when it happened. Written with
    # the row, so that no later change of anybody's roles hides a row or opens one
    told_in = ArrayField(models.PositiveSmallIntegerField(), default=list)
    network_address = models.GenericIPAddressField(null=True)
    # codes and numbers only: never a client's data, never what somebody typed
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["municipality_number", "-at"], name="security_event_of_place"),
            models.Index(fields=["actor", "-at"], name="security_event_by_actor"),
            models.Index(fields=["person", "-at"], name="security_event_of_person"),
            GinIndex(fields=["told_in"], name="security_event_told_in"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
