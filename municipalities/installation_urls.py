"""Asennus: the municipalities and their admins, for the installation admin."""

from django.urls import path

from municipalities import installation
from municipalities.members import pages as member
from municipalities.place import for_installation
from municipalities.rights import pages as rights

PERSON = "kunnat/<key:number>/kayttajat/<key:pk>/"

RIGHT = "kunnat/<key:number>/oikeudet/<key:wanted>/"

urlpatterns = [
    path("", installation.municipalities, name="installation"),
    path("oikeudet/", installation.rights_that_wait, name="installation_rights"),
    path("kunnat/<key:number>/oikeudet/", for_installation(rights.right_requests), name="installation_right_requests"),
    path(f"{RIGHT}vahvista/", for_installation(rights.confirm_right), name="installation_confirm_right"),
    path(f"{RIGHT}hylkaa/", for_installation(rights.refuse_right), name="installation_refuse_right"),
    path(f"{RIGHT}peru/", for_installation(rights.withdraw_right), name="installation_withdraw_right"),
    path("kunnat/<key:number>/", for_installation(installation.municipality), name="installation_municipality"),
    path("kunnat/<key:number>/kutsu/", for_installation(member.invite_member), name="installation_invite_member"),
    path(PERSON, for_installation(member.member), name="installation_member"),
    path(f"{PERSON}rooli/", for_installation(member.give_role), name="installation_give_role"),
    path(f"{PERSON}rooli/<key:role>/paata/", for_installation(member.end_role), name="installation_end_role"),
    path(f"{PERSON}linkki/", for_installation(member.new_member_link), name="installation_new_member_link"),
    path(f"{PERSON}pois/", for_installation(member.deactivate_member), name="installation_deactivate_member"),
    path(f"{PERSON}kayttoon/", for_installation(member.reactivate_member), name="installation_reactivate_member"),
    path(
        f"{PERSON}kaksivaiheinen/",
        for_installation(member.reset_member_second_factor),
        name="installation_reset_second_factor",
    ),
]
