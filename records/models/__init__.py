from records.models.document import Document, OpenVersion, Version
from records.models.taking_out import TakingOut, Way

__all__ = ["Document", "OpenVersion", "TakingOut", "Version", "Way"]
