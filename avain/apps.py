from django.apps import AppConfig


class AvainConfig(AppConfig):
    name = "avain"
