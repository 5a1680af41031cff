from importlib import import_module

from django.apps import AppConfig


class EtotuConfig(AppConfig):
    name = "etotu"

    def ready(self) -> None:
        import_module("etotu.told")
        import_module("etotu.hops")
        import_module("etotu.frame")
        import_module("etotu.loading.sealed_columns")
