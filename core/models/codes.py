"""Code lists as versioned data: the lists change with the law and with life, so they are rows, never enumerations."""

import csv
import datetime
from pathlib import Path
from typing import Self

from django.db import DEFAULT_DB_ALIAS, models
from django.utils.translation import get_language


class CodeList(models.Model):
    """A list of codes in one version, such as `avain.goals` in its version `trial_2018`. A list that ended is kept."""

    name = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="code_list_once")]
        ordering = ["name", "starts"]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class CodeQuerySet(models.QuerySet["Code"]):
    def of(self, name: str, day: datetime.date) -> Self:
        """The codes of the list that is in force on `day`, in their order."""
        in_force = models.Q(list__ends=None) | models.Q(list__ends__gte=day)
        valid = models.Q(ends=None) | models.Q(ends__gte=day)
        started = models.Q(starts=None) | models.Q(starts__lte=day)
        return self.filter(in_force, valid, started, list__name=name, list__starts__lte=day).order_by("position", "pk")


class Code(models.Model):
    """One code of a list with its words; `extra` holds what only this list has (level, group, status …)."""

    list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="codes")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    fi = models.CharField(max_length=200)
    sv = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code", "starts"],
                name="code_once",
                nulls_distinct=False,
            )
        ]
        ordering = ["list", "position", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The words in the language of the reader."""
        text: str = getattr(self, (get_language() or "fi")[:2], self.fi)
        return text or self.fi


def load_code_list(
    lists: type[CodeList],
    codes: type[Code],
    path: Path,
    name: str,
    version: str,
    starts: datetime.date,
    ends: datetime.date | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    """Load a CSV of codes (columns code, fi, sv, en, perhaps position, valid_from, valid_to; others go to `extra`).

    Rerunnable: rows that are there are brought up to date. Comma or semicolon.
    """
    row, _ = lists.objects.using(using).update_or_create(
        name=name, version=version, defaults={"starts": starts, "ends": ends}
    )
    with path.open(encoding="utf-8", newline="") as file:
        first = file.readline()
        file.seek(0)
        for number, line in enumerate(csv.DictReader(file, delimiter=";" if ";" in first else ","), start=1):
            known = {key: line.pop(key) for key in ("code", "fi", "sv", "en")}
            position = line.pop("position", None) or number
            valid = {
                "starts": line.pop("valid_from", None) or None,
                "ends": line.pop("valid_to", None) or None,
            }
            codes.objects.using(using).update_or_create(
                list=row,
                code=known.pop("code"),
                starts=valid["starts"],
                defaults={
                    **known,
                    "position": int(position),
                    "ends": valid["ends"],
                    "extra": line,
                },
            )
