from django.http import HttpResponse


def pdf(data: bytes, *, inline: bool = False) -> HttpResponse:
    """A file whose name tells nothing, kept by nobody on the way."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="kirje.pdf"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
