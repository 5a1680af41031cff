"""Where a client and a matter are opened, and where drafts are kept: pages that apps above serve."""

from municipalities.elsewhere import Elsewhere

CLIENT: Elsewhere[[str, int]] = Elsewhere("a client")
MATTER: Elsewhere[[str, int]] = Elsewhere("a matter, open in the queue")
DRAFTS: Elsewhere[[str]] = Elsewhere("the drafts of forms")
