"""The day on paper: what is late or due today, and whose wait ends. Opening it is logged as printed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.access.reads import record
from cases.models import ContactDetail, Matter
from cases.models.access_log import Looked
from cases.models.contact_detail import DetailKind, in_use
from desk.matter.lists import own_matters
from desk.matter.words import due_of, for_lists, state_words, what
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

LONGEST = 200


@roles(*CASEWORK)
@require_safe
def day_list(request: MunicipalRequest) -> HttpResponse:
    today = timezone.localdate()
    of_the_day = own_matters(request).filter(next_on__lte=today)
    matters = list(for_lists(of_the_day.order_by("next_on", "pk"))[:LONGEST])
    phones = phone_numbers(matters)
    rows = [
        {
            "name": matter.client.full_name,
            "born": matter.client.birth_date,
            "what": what(matter),
            "due": due_of(matter),
            "state": state_words(matter),
            "phone": phones.get(matter.client_id, ""),
        }
        for matter in matters
    ]
    record(request, Looked.PRINTED, [matter.client_id for matter in matters])
    return render(request, "desk/week/day_list.html", {"rows": rows, "today": today})


def phone_numbers(matters: list[Matter]) -> dict[int, str]:
    """The number in use; nothing of those under turvakielto."""
    clients = [matter.client_id for matter in matters if not matter.client.non_disclosure]
    rows = ContactDetail.objects.filter(client__in=clients, kind=DetailKind.PHONE).exclude(value="")
    return {key: row.value for key, row in in_use(rows).items()}
