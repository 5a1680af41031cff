"""A person as one municipality knows them."""

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.models.owned import ClientOwnedQuerySet
from core.encryption import decrypt_text, place
from core.history import keep_history
from core.sealed_columns import SealedColumn, register
from municipalities.models import BulkMunicipalRow, MunicipalRow

if TYPE_CHECKING:
    from cases.models.case import OwnWorker


class ClientQuerySet(ClientOwnedQuerySet["Client"]):
    to_client = ""
    not_found = _("There is no such client, or it is not yours to see.")


@keep_history("ClientHistory")
class Client(BulkMunicipalRow):
    """One person in one municipality, found by the keyed hash of the henkilötunnus.

    A client may lack a henkilötunnus (laki sosiaalihuollon asiakasasiakirjoista 9 §): then the birth date stands.
    `non_disclosure` is turvakielto. `version` counts edits: a save of an older one is refused.
    """

    identity_code_cipher = models.BinaryField(null=True, blank=True)
    identity_code_index = models.BinaryField(null=True, blank=True)
    identity_code_mask = models.CharField(max_length=11, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    family_name = models.CharField(_("family name"), max_length=200)
    given_names = models.CharField(_("given names"), max_length=200)
    sort_key = models.CharField(max_length=400)
    language = models.CharField(_("service language"), max_length=20, blank=True)
    non_disclosure = models.BooleanField(_("non-disclosure for personal safety"), default=False)
    restricted = models.BooleanField(default=False)
    # a mark set by hand or from a list: the young of the trial have a coach of their own
    employment_trial = models.BooleanField(_("in the employment trial"), default=False, db_default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "identity_code_index"],
                name="client_once_in_a_municipality",
                violation_error_message=_("There is already a client with this personal identity code."),
            ),
            models.CheckConstraint(
                condition=Q(identity_code_index__isnull=False) | Q(birth_date__isnull=False),
                name="client_has_code_or_birth_date",
                violation_error_message=_("Give the personal identity code or the date of birth."),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "sort_key", "id"], name="client_by_name"),
            models.Index(
                fields=["created_by", "created_at"],
                name="client_by_maker",
                condition=Q(created_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"client {self.pk}"

    @property
    def name(self) -> str:
        """The name as people say it; the first given name is enough in lists."""
        return f"{self.given_names.split(' ')[0]} {self.family_name}".strip()

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    def age(self, day: datetime.date | None = None) -> int | None:
        """Full years on `day` (today); None when the birth date is not known."""
        if self.birth_date is None:
            return None
        day = day or timezone.localdate()
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))

    def identity_code(self) -> str:
        """The henkilötunnus in clear, "" when there is none. Whoever shows it writes the access log.

        Raises core.encryption.DecryptionError.
        """
        if self.identity_code_cipher is None:
            return ""
        context = identity_context(self.municipality_id, bytes(self.identity_code_index or b""))
        return decrypt_text(bytes(self.identity_code_cipher), context)

    @cached_property
    def own_worker(self) -> "OwnWorker | None":
        """The assignment in force with its person, read once; prefetch `own_workers` before using it in a list."""
        if "own_workers" in getattr(self, "_prefetched_objects_cache", {}):
            return next((row for row in self.own_workers.all() if row.ended is None), None)
        return self.own_workers.filter(ended=None).select_related("user").first()


def identity_context(municipality_id: int, index: bytes) -> bytes:
    """What an encrypted henkilötunnus is bound to: the keyed hash beside it, which a batch knows before the row is."""
    return place("cases_client", "identity_code_cipher", municipality_id, index)


# in the history stands what stood in the client's row
register(
    *(
        SealedColumn(
            table,
            "identity_code_cipher",
            ("one.municipality_id", "one.identity_code_index"),
            bound=identity_context,
            key=key,
        )
        for table, key in (("cases_client", "id"), ("cases_clienthistory", "pgh_id"))
    )
)


class NameTokenQuerySet(ClientOwnedQuerySet["NameToken"]):
    pass


class NameToken(BulkMunicipalRow):
    """A folded or phonetic piece of a client's name: search runs over these with `^@`, which an index serves.

    Worked out from the client, with whom it goes: a foreign key of the database would only cost, and so would an
    index by client. Those of one client are looked for among their municipality's, which is seldom done.
    """

    pk = models.CompositePrimaryKey("municipality", "phonetic", "token", "client")
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="name_tokens"
    )
    token = models.CharField(max_length=200, db_collation="C")
    phonetic = models.BooleanField(default=False)

    objects = NameTokenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"name token {self.pk}"


class RestrictedAccessQuerySet(ClientOwnedQuerySet["RestrictedAccess"]):
    pass


@keep_history("RestrictedAccessHistory")
class RestrictedAccess(MunicipalRow):
    """A person named to see a restricted client."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="named_people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    objects = RestrictedAccessQuerySet.as_manager()

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "user"], condition=Q(ended=None), name="named_once"),
        ]

    def __str__(self) -> str:
        return f"named person {self.pk}"
