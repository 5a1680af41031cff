from django.db import models

from municipalities.models.municipality import Municipality


class MunicipalRow(models.Model):
    """A row that belongs to a municipality: its table is under row security (`core.row_security.SecureRows`).

    The foreign key has no index of its own: every list index of these tables begins with the municipality.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        abstract = True
