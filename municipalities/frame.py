"""The tabs of Ylläpito that lead to people and units."""

from django.utils.translation import gettext_lazy as _

from municipalities.tabs import INSTALLATION, MUNICIPAL, Tab

MUNICIPAL.add(Tab("members", _("Users and rights"), order=50))
MUNICIPAL.add(Tab("units", _("Units"), order=60))
MUNICIPAL.add(Tab("security_log", _("Security log"), order=90))

INSTALLATION.add(Tab("installation", _("Municipalities"), order=10))
