from django.urls import path

from municipalities.web.home import home

urlpatterns = [path("", home, name="home")]
