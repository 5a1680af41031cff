"""One clear word instead of many tests that fail for their Finnish: the translations have to be compiled."""

import pytest

from osallistava import translations


def pytest_configure() -> None:
    found = translations.uncompiled(translations.LOCALE_DIR)
    if found:
        names = ", ".join(str(path.relative_to(translations.LOCALE_DIR)) for path in found)
        raise pytest.UsageError(f"The translations are not compiled, or older than their texts ({names}): make setup")
