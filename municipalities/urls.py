"""Ylläpito of a municipality: its people and units."""

from django.urls import path

from municipalities.members import list as member_list
from municipalities.members import pages as member
from municipalities.place import for_admin, for_confirmers
from municipalities.rights import pages as rights
from municipalities.security_log.pages import security_log
from municipalities.units import pages as units

urlpatterns = [
    path("yllapito/tietoturvaloki/", security_log, name="security_log"),
    path("yllapito/kayttajat/", for_admin(member_list.members), name="members"),
    path("yllapito/kayttajat/kutsu/", for_admin(member.invite_member), name="invite_member"),
    path("yllapito/kayttajat/<key:pk>/", for_admin(member.member), name="member"),
    path("yllapito/kayttajat/<key:pk>/rooli/", for_admin(member.give_role), name="give_role"),
    path("yllapito/kayttajat/<key:pk>/rooli/<key:role>/paata/", for_admin(member.end_role), name="end_role"),
    path("yllapito/kayttajat/<key:pk>/rooli/<key:role>/yksikko/", for_admin(member.change_role_unit), name="role_unit"),
    path("yllapito/kayttajat/<key:pk>/linkki/", for_admin(member.new_member_link), name="new_member_link"),
    path("yllapito/kayttajat/<key:pk>/pois/", for_admin(member.deactivate_member), name="deactivate_member"),
    path("yllapito/kayttajat/<key:pk>/kayttoon/", for_admin(member.reactivate_member), name="reactivate_member"),
    path(
        "yllapito/kayttajat/<key:pk>/kaksivaiheinen/",
        for_admin(member.reset_member_second_factor),
        name="reset_second_factor",
    ),
    path("oikeudet/", for_confirmers(rights.right_requests), name="right_requests"),
    path("oikeudet/<key:wanted>/vahvista/", for_confirmers(rights.confirm_right), name="confirm_right"),
    path("oikeudet/<key:wanted>/hylkaa/", for_confirmers(rights.refuse_right), name="refuse_right"),
    path("oikeudet/<key:wanted>/peru/", for_admin(rights.withdraw_right), name="withdraw_right"),
    path("yllapito/yksikot/", units.units, name="units"),
    path("yllapito/yksikot/<key:pk>/", units.edit_unit, name="unit"),
    path("yllapito/yksikot/<key:pk>/paata/", units.end_unit, name="end_unit"),
    path("yllapito/yksikot/<key:pk>/avaa/", units.reopen_unit, name="reopen_unit"),
]
