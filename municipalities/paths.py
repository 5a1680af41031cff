class MunicipalityCode:
    """The municipality code in a path: exactly three digits, kept as text ("005")."""

    regex = "[0-9]{3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
