from django.apps import AppConfig
from django.core import checks
from django.db.models import CharField
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import row_security
        from core.lookups import Prefix

        CharField.register_lookup(Prefix)
        post_migrate.connect(row_security.grant_after_migrate, dispatch_uid="core.grants")
        checks.register(row_security.check_data_migrations_widen, checks.Tags.database)
