from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models.municipality import Municipality


class Unit(models.Model):
    """A team or office of a municipality. One that ended is kept, because matters and history name it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("name"), max_length=80)
    ended = models.DateField(null=True, blank=True)
    # the area from which clients come to this unit
    postal_codes = ArrayField(models.CharField(max_length=5), verbose_name=_("postal codes"), default=list, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="unit_name_once",
                violation_error_message=_("The municipality already has a unit with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
