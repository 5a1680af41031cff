from accounts.models.one_time_link import OneTimeLink
from accounts.models.security_event import SecurityEvent
from accounts.models.spent_code import SpentCode
from accounts.models.user import User

__all__ = ["OneTimeLink", "SecurityEvent", "SpentCode", "User"]
