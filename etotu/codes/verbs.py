"""The installation's code lists of notices: codes are added and ended, never deleted or reworded, and it is logged."""

import datetime
import re
from typing import Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts.models import User
from core.models import Code
from core.models import CodeList as StoredList
from core.saving import NotPossible, check_row
from etotu.codes.lists import CodeList
from etotu.codes.stored import PREFIX, forget_labels
from etotu.models import CodeChange

FORMS: Final = {
    CodeList.REDUCTION_PERCENTAGE: re.compile(r"[1-9][0-9]?|100"),
    CodeList.LANGUAGE: re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?"),
}
ANY_CODE: Final = re.compile(r"[A-Z0-9_]{1,60}")


def codes_of(name: CodeList) -> list[Code]:
    """Of all days, those in force first in their order."""
    return list(Code.objects.filter(list__name=PREFIX + name).select_related("list").order_by("position", "pk"))


@transaction.atomic
def add_code(
    actor: User,
    name: CodeList,
    code: str,
    words: dict[str, str],
    starts: datetime.date,
    ends: datetime.date | None = None,
) -> Code:
    """`words` by language. Raises NotPossible beside the field."""
    check_code(name, code, starts, ends)
    stored = StoredList.objects.select_for_update().filter(name=PREFIX + name).order_by("-starts")[0]
    last = Code.objects.filter(list=stored).aggregate(last=Max("position"))["last"] or 0
    added = Code(list=stored, code=code, position=last + 1, starts=starts, ends=ends, **words)
    check_row(added)
    added.save()
    CodeChange.objects.create(code=added, kind=CodeChange.Kind.ADDED, last_day=ends, actor=actor)
    forget_labels()
    return added


def check_code(name: CodeList, code: str, starts: datetime.date, ends: datetime.date | None) -> None:
    if not FORMS.get(name, ANY_CODE).fullmatch(code):
        raise NotPossible(_("Write the code exactly as it stands in Kela's notices."), "code")
    if ends is not None and ends < starts:
        raise NotPossible(_("The last day must not be before the first day."), "ends")
    same = Code.objects.filter(Q(ends=None) | Q(ends__gte=starts), list__name=PREFIX + name, code=code)
    if ends is not None:
        same = same.filter(Q(starts=None) | Q(starts__lte=ends))
    if same.exists():
        raise NotPossible(_("The list has this code already in that time."), "code")


@transaction.atomic
def end_code(actor: User, code: Code, last_day: datetime.date) -> None:
    """Its words stay: notices that were made until then go on being shown with them."""
    locked = Code.objects.select_for_update(of=("self",)).select_related("list").get(pk=code.pk)
    if last_day < (locked.starts or locked.list.starts):
        raise NotPossible(_("The last day must not be before the first day."), "last_day")
    if locked.ends is not None and locked.ends <= last_day:
        raise NotPossible(_("The code has ended already."), "last_day")
    locked.ends = last_day
    locked.save(update_fields=["ends"])
    CodeChange.objects.create(code=locked, kind=CodeChange.Kind.ENDED, last_day=last_day, actor=actor)


def latest_changes(count: int = 20) -> list[CodeChange]:
    return list(CodeChange.objects.select_related("code__list", "actor")[:count])
