from core.models.codes import Code, CodeList
from core.models.draft import Draft
from core.models.key_fingerprint import KeyFingerprint
from core.models.submission import Submission

__all__ = ["Code", "CodeList", "Draft", "KeyFingerprint", "Submission"]
