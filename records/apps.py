from importlib import import_module

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"

    def ready(self) -> None:
        import_module("records.documents.told")
