from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        """Every subject's `told` registers the sentences of its events."""
        for found in iter_modules(self.module.__path__ if self.module else []):
            module = f"{self.name}.{found.name}.told"
            if found.ispkg and find_spec(module):
                import_module(module)
