from importlib import import_module

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"

    def ready(self) -> None:
        for subject in ("documents", "notes"):
            import_module(f"records.{subject}.told")
