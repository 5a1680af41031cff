"""The postal codes of a unit: written with ranges, checked, warned of when two units have the same."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client as Browser

from accounts.models import User
from municipalities.models import AdminAction, Municipality, Unit
from municipalities.units.postal_codes import as_codes, as_text
from testing.people import SignIn


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", []),
        ("70100", ["70100"]),
        ("70200, 70100;70100\n 00100", ["00100", "70100", "70200"]),
        ("70100–70102", ["70100", "70101", "70102"]),
        ("70100 - 70101 70300", ["70100", "70101", "70300"]),
        ("00099-00101", ["00099", "00100", "00101"]),
    ],
)
def test_codes_and_ranges_are_read(text: str, codes: list[str]) -> None:
    assert as_codes(text) == codes
    assert as_codes(as_text(codes)) == codes


@pytest.mark.parametrize(
    "text", ["7010", "701000", "70l00", "70200–70100", "00000–99999", "70100–70199–70200", "٧٠١٠٠"]
)
def test_what_is_no_postal_code_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        as_codes(text)


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def admin(self, paula: User, signed_in: SignIn) -> Browser:
        return signed_in(paula)

    def save(self, admin: Browser, unit: Unit, codes: str) -> str:
        page = f"/297/yllapito/yksikot/{unit.pk}/"
        return admin.post(page, {"name": unit.name, "postal_codes": codes}, follow=True).content.decode()

    def test_the_codes_are_kept_and_shown_as_ranges(self, admin: Browser, southern: Unit) -> None:
        self.save(admin, southern, "70100-70103, 70200")
        southern.refresh_from_db()
        assert southern.postal_codes == ["70100", "70101", "70102", "70103", "70200"]
        assert "70100–70103, 70200" in admin.get(f"/297/yllapito/yksikot/{southern.pk}/").content.decode()
        assert AdminAction.objects.get().details == {"unit": "Eteläinen tiimi", "before": 0, "now": 5}

    def test_an_error_stands_beside_the_field_with_what_was_written(self, admin: Browser, southern: Unit) -> None:
        shown = self.save(admin, southern, "701")
        assert "”701” ei ole postinumero." in shown
        assert ">\n701<" in shown

    def test_two_units_with_the_same_code_are_told(self, admin: Browser, southern: Unit, northern: Unit) -> None:
        self.save(admin, southern, "70100")
        assert "Yksiköllä Eteläinen tiimi on osittain samat postinumerot." in self.save(admin, northern, "70100–70200")

    def test_one_of_another_municipality_is_no_warning(
        self, admin: Browser, southern: Unit, tampere: Municipality
    ) -> None:
        Unit.objects.create(municipality=tampere, name="Itäinen", postal_codes=["70100"])
        assert "samat postinumerot" not in self.save(admin, southern, "70100")
