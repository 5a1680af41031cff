from django.db import models

from municipalities.models.municipality import Municipality


class MunicipalRow(models.Model):
    """A row that belongs to a municipality: its table is under row security (`core.row_security.SecureRows`).

    The foreign key has no index of its own: every list index of these tables begins with the municipality.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        abstract = True


class BulkMunicipalRow(MunicipalRow):
    """A row of a table that batches fill: its municipality is not checked by a foreign key of the database.

    That check took more of a load than the writing of the rows. Row security allows only municipalities of the scope,
    and each municipality of a batch is held by the foreign key of its share (`docs/adr/0006`).
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )

    class Meta:
        abstract = True
