"""Taking a version out: every way is told in the access log and kept with the version as a disclosure."""

from accounts.models import User
from records.models import TakingOut, Version, Way


def took_out(by: User, version: Version, way: Way, field: str = "") -> TakingOut:
    return TakingOut.objects.create(
        municipality_id=version.municipality_id, version=version, way=way, field=field, by=by
    )
