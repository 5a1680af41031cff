from django.apps import AppConfig
from django.core import checks
from django.db.models import CharField
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import drafts, row_security  # noqa: F401 - drafts are told among what is encrypted
        from core.lookups import Prefix
        from core.safe_start.deploy_checks import look_over

        CharField.register_lookup(Prefix)
        post_migrate.connect(row_security.grant_after_migrate, dispatch_uid="core.grants")
        checks.register(row_security.check_data_migrations_widen, checks.Tags.database)
        checks.register(look_over, "osallistava", deploy=True)
