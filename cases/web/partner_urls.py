from django.urls import path

from cases.web import partners

urlpatterns = [
    path("yllapito/kumppanit/", partners.partners, name="partners"),
    path("yllapito/kumppanit/uusi/", partners.partner_new, name="partner_new"),
    path("yllapito/kumppanit/<int:pk>/", partners.partner_edit, name="partner_edit"),
    path("yllapito/kumppanit/<int:pk>/paata/", partners.partner_end, name="partner_end"),
    path("yllapito/kumppanit/<int:pk>/kayttoon/", partners.partner_take_back, name="partner_take_back"),
]
