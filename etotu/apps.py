from django.apps import AppConfig


class EtotuConfig(AppConfig):
    name = "etotu"
