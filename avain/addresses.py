"""Where all measurements of a client are listed: among the client's pages, which an app above serves."""

from municipalities.elsewhere import Elsewhere

MEASUREMENTS: Elsewhere[[str, int]] = Elsewhere("the measurements of a client")
