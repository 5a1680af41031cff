"""What happened on each day, counted: read by the figures instead of the rows, and always rebuildable from them."""

from django.db import models

from municipalities.models import BulkMunicipalRow, MunicipalRow


class Flow(models.TextChoices):
    """Which day a count belongs to: that of a matter's arrival, of a deadline, or of an appointment."""

    ARRIVED = "arrived"
    DUE = "due"
    MET = "met"


class DailyFlow(MunicipalRow):
    """How many of a kind there were on a day; `restricted` are those of restricted clients among the `n`.

    `measure` and `detail` are those of `reports.flows.sql`. A day that has a `StaleDay` is not to be read from here.
    """

    flow = models.CharField(max_length=8, choices=Flow.choices)
    measure = models.CharField(max_length=12)
    day = models.DateField()
    kind = models.CharField(max_length=20)
    detail = models.CharField(max_length=30)
    n = models.PositiveIntegerField()
    restricted = models.PositiveIntegerField()

    class Meta:
        ordering = ["day", "measure", "kind", "detail"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "flow", "measure", "day", "kind", "detail"],
                include=["n", "restricted"],
                name="flow_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.day}"


class StaleDay(BulkMunicipalRow):
    """A day whose rows have changed since it was counted, written by the database with the change itself.

    Several rows may name one day: each change adds its own and waits for nobody. Counting takes away those that it
    sees before it counts, so that a change it did not see keeps the day stale.
    """

    flow = models.CharField(max_length=8, choices=Flow.choices)
    day = models.DateField()

    class Meta:
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["municipality", "flow", "day"], name="stale_day")]

    def __str__(self) -> str:
        return f"{self.flow} {self.day}"
