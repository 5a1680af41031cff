"""What differs between the tests and a running service, and why."""

from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest

# A machine that is busy with other tests needs now and then more than the 200 ms that hypothesis allows. What hangs is
# found by its own test.
hypothesis.settings.register_profile("busy", deadline=None)
hypothesis.settings.load_profile("busy")


@pytest.fixture(scope="session", autouse=True)
def _settings_of_the_tests(django_test_environment: None) -> Generator[None, None, None]:
    from django.conf import settings
    from django.test import override_settings

    from testing.session_cookies import keep_secrets

    keep_secrets()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with override_settings(
        # static files are not collected for a test; the browser tests get them from where they are
        STORAGES=settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        # a slow hash is right for people and wrong for thousands of tests
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        # parallel runs share the broker's store: rate limits of one would meet the other
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        # plain http between the browser and the server of the tests
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        LANGUAGE_COOKIE_SECURE=False,
        SESSION_COOKIE_NAME="sessionid",
        CSRF_COOKIE_NAME="csrftoken",
        LANGUAGE_COOKIE_NAME="language",
        MESSAGE_COOKIE_NAME="messages",
        SITE_URL="http://testserver",
    ):
        yield


@pytest.fixture(autouse=True)
def _same_people_in_any_order() -> None:
    from testing import factories

    factories.begin_again()


@pytest.fixture(autouse=True)
def _empty_cache() -> Generator[None, None, None]:
    yield
    from django.core.cache import cache

    from etotu.codes.stored import forget_labels

    cache.clear()
    # remembered for a minute, which lasts for ever where time stands still
    forget_labels()
