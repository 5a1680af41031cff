from django.conf import settings
from django.db import models


class SpentCode(models.Model):
    """Up to which time step (half a minute since 1970) every code of a person's authenticator app is spent.

    Time goes one way, so one number is enough, whatever the codes were asked for (RFC 6238, 5.2).
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    step = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.step}"
