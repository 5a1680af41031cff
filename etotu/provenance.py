"""On which legal basis and for what purpose Kela sent a notice: both follow from the kind of the matter.

Laki sosiaalihuollon asiakasasiakirjoista 11 §: what came from others carries its provenance. From 2023 the acts are
named without sections: no row of these has been read in the acts in force then.
"""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.deadlines.bases import SOCIAL_ASSISTANCE_ACT, SOCIAL_WELFARE_ACT
from cases.models import MatterKind

RENUMBERED = datetime.date(2023, 1, 1)
REHABILITATIVE_WORK_ACT = gettext_lazy("Act on Rehabilitative Work")
INTEGRATION_ACT = gettext_lazy("Act on the Promotion of Immigrant Integration")


@dataclass(frozen=True, slots=True)
class Provenance:
    act: Promise
    sections: str
    purpose: Promise


OF_KIND: dict[str, Provenance] = {
    MatterKind.APPLICATION: Provenance(
        SOCIAL_ASSISTANCE_ACT, "14 d, 18 a §", gettext_lazy("handling supplementary and preventive support")
    ),
    MatterKind.REDUCED_AMOUNT: Provenance(
        SOCIAL_ASSISTANCE_ACT, "10 §", gettext_lazy("a plan for coping on one's own, made together")
    ),
    MatterKind.SOCIAL_WORK_NEED: Provenance(
        SOCIAL_WELFARE_ACT, "35 §", gettext_lazy("finding out the need for social work")
    ),
    MatterKind.YOUNG_UNEMPLOYED: Provenance(
        REHABILITATIVE_WORK_ACT, "3, 5 §", gettext_lazy("making an activation plan")
    ),
    MatterKind.LONG_UNEMPLOYED: Provenance(
        REHABILITATIVE_WORK_ACT, "3, 5 §", gettext_lazy("making an activation plan")
    ),
    MatterKind.IMMIGRANT: Provenance(INTEGRATION_ACT, "", gettext_lazy("the initial assessment of integration")),
}


def provenance(kind: str, arrived: datetime.date) -> str:
    """ "Peruste toimeentulotukilaki 14 d, 18 a §, tarkoitus täydentävän ja ehkäisevän tuen käsittely." """
    found = OF_KIND.get(kind)
    if found is None:
        return ""
    sections = "" if arrived >= RENUMBERED else found.sections
    basis = f"{found.act} {sections}".strip()
    return _("Basis %(basis)s, purpose %(purpose)s.") % {"basis": basis, "purpose": found.purpose}
