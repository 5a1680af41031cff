from core.models.codes import Code, CodeList
from core.models.draft import Draft
from core.models.submission import Submission

__all__ = ["Code", "CodeList", "Draft", "Submission"]
