from importlib import import_module

from django.apps import AppConfig


class AvainConfig(AppConfig):
    name = "avain"

    def ready(self) -> None:
        import_module("avain.measurements.told")
