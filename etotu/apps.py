from importlib import import_module

from django.apps import AppConfig


class EtotuConfig(AppConfig):
    name = "etotu"

    def ready(self) -> None:
        import_module("etotu.told")
        from etotu.alerts.verbs import unseen_count
        from municipalities.context import COUNTS

        COUNTS["batches"] = unseen_count
        import_module("etotu.hops")
