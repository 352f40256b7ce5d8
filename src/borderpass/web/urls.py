"""Which address leads where?"""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from borderpass.web.api.app import api
from borderpass.web.front.views import front_page, live_counts, verify
from borderpass.web.gate import views as gate
from borderpass.web.health import healthz
from borderpass.web.home import home
from borderpass.web.metrics import metrics
from borderpass.web.people.urls import urlpatterns as people
from borderpass.web.phone_missing import phone_missing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front_page, name="front_page"),
    path("counts/live/", live_counts, name="live_counts"),
    path("verify/", verify, name="verify"),
    *people,
    path("language/", set_language, name="set_language"),
    path("gate-office/", gate.choose, name="gate_office"),
    path("gate-office/<str:checkpoint>/", gate.overview, name="gate"),
    path("gate-office/<str:checkpoint>/code/", gate.make_code, name="gate_code"),
    path("gate-office/<str:checkpoint>/devices/<uuid:device_id>/revoke/", gate.revoke, name="gate_revoke"),
    path("gate-office/<str:checkpoint>/cases/", gate.cases, name="gate_cases"),
    path("gate-office/<str:checkpoint>/cases/<uuid:case_id>/", gate.resolve, name="gate_resolve"),
    path("gate-office/<str:checkpoint>/setting/", gate.set_gate, name="gate_setting"),
    path("home/", home, name="home"),
    path("apply/", include("borderpass.web.applicant.urls")),
    path("office/", include("borderpass.web.office.urls")),
    path("gate/", phone_missing, {"app": "gate"}, name="phone_gate"),
    path("gate/<path:rest>", phone_missing, {"app": "gate"}),
    path("check/", phone_missing, {"app": "check"}, name="phone_check"),
    path("check/<path:rest>", phone_missing, {"app": "check"}),
    path("api/v1/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
]
handler400 = "borderpass.web.errors.bad_request"
handler403 = "borderpass.web.errors.permission_denied"
handler404 = "borderpass.web.errors.not_found"
handler500 = "borderpass.web.errors.server_error"
