from records.models.document import Document, OpenVersion, Version
from records.models.note import AgreedItem, ColleagueQuestion
from records.models.taking_out import TakingOut, Way

__all__ = ["AgreedItem", "ColleagueQuestion", "Document", "OpenVersion", "TakingOut", "Version", "Way"]
