"""The words that one page leaves for the next, in a cookie that no neighbouring host can set."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class MessageCookie(CookieStorage):
    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        return str(settings.MESSAGE_COOKIE_NAME)


class MessageStorage(FallbackStorage):
    storage_classes = (MessageCookie, SessionStorage)
