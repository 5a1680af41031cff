"""Which kind of matter each type of notice opens."""

from typing import Final

from cases.models import MatterKind

MATTER_KINDS: Final = {
    "HAKEMUS": MatterKind.APPLICATION,
    "ALENNETTU_PERUSOSA": MatterKind.REDUCED_AMOUNT,
    "SOSIAALITYON_TARVE": MatterKind.SOCIAL_WORK_NEED,
    "NUORI_TYOTON": MatterKind.YOUNG_UNEMPLOYED,
    "PITKAAN_TYOTON": MatterKind.LONG_UNEMPLOYED,
    "MAAHANMUUTTAJA": MatterKind.IMMIGRANT,
}
