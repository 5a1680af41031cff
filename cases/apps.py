from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        import_module("cases.told")
        import_module("cases.client_told")
        import_module("cases.asking_told")
        import_module("cases.reaching_told")
        import_module("cases.transfer_told")
