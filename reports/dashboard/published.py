"""Where the published numbers are: those that may be passed on, while the municipality's pages stay inside."""

from django.urls import reverse


def published_address(code: str) -> str:
    return reverse("editions", kwargs={"code": code})
