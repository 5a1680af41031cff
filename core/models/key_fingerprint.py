"""Which keys this database was written with: known by their fingerprints, so that a wrong one is noticed in time."""

from django.db import models


class KeyFingerprint(models.Model):
    """`name` is the setting, with the id of the key where it holds several. The application adds and never changes."""

    name = models.CharField(max_length=60, unique=True)
    fingerprint = models.CharField(max_length=32)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
