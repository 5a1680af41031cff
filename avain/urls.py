from django.urls import path

from avain.measurements import pages as measurements

ONE = "asiakkaat/<int:pk>/avain/<int:measurement>/"

urlpatterns = [
    path("asiakkaat/<int:pk>/avain/uusi/", measurements.measurement_new, name="measurement_new"),
    path(ONE, measurements.measurement, name="measurement"),
    path(f"{ONE}korjaa/", measurements.measurement_edit, name="measurement_edit"),
]
