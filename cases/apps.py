from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        import_module("cases.matters.told")
        import_module("cases.clients.told")
        import_module("cases.information.told")
        import_module("cases.letters.told")
        import_module("cases.transfers.told")
