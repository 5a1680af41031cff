"""How much the demo holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

KANGASALA: Final = 211
KUOPIO: Final = 297
KEMIJARVI: Final = 320
RAISIO: Final = 680
TAMPERE: Final = 837
TORNIO: Final = 851

DAILY: Final[Mapping[int, int]] = MappingProxyType(
    {KANGASALA: 2, KUOPIO: 9, KEMIJARVI: 1, RAISIO: 2, TAMPERE: 14, TORNIO: 1}
)
DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Scale:
    """`daily`: Kela's notices on one of its days; `people`: of working age in each municipality."""

    days: int = DAYS
    daily: Mapping[int, int] = field(default_factory=lambda: DAILY)
    people: int = 420

    @property
    def codes(self) -> tuple[str, ...]:
        """The municipalities as the generator draws them: each once, then again by its weight."""
        once = tuple(f"{pk:03d}" for pk in sorted(self.daily))
        return once + tuple(code for code in once for _ in range(self.daily[int(code)] - 1))
