from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import AppConfig

KIT = "matter"
"""Its `deeds` is the registry itself."""


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        """Every subject's `deeds` register what can be done to a matter, its `shown` what the open matter shows."""
        for found in iter_modules(self.module.__path__ if self.module else []):
            for module in (f"{self.name}.{found.name}.{part}" for part in ("deeds", "shown")):
                if found.ispkg and found.name != KIT and find_spec(module):
                    import_module(module)
        import_module("desk.frame")
