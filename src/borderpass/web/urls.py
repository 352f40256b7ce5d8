"""Which address leads where?"""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from borderpass.web.api.app import api
from borderpass.web.front.views import front_page, live_counts, verify
from borderpass.web.gate import views as gate
from borderpass.web.health import healthz
from borderpass.web.metrics import metrics
from borderpass.web.sign_in import SignInView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front_page, name="front_page"),
    path("counts/live/", live_counts, name="live_counts"),
    path("verify/", verify, name="verify"),
    path("sign-in/", SignInView.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("language/", set_language, name="set_language"),
    path("gate-office/", gate.choose, name="gate_office"),
    path("gate-office/<str:checkpoint>/", gate.overview, name="gate"),
    path("gate-office/<str:checkpoint>/code/", gate.make_code, name="gate_code"),
    path("gate-office/<str:checkpoint>/devices/<uuid:device_id>/revoke/", gate.revoke, name="gate_revoke"),
    path("gate-office/<str:checkpoint>/cases/", gate.cases, name="gate_cases"),
    path("gate-office/<str:checkpoint>/cases/<uuid:case_id>/", gate.resolve, name="gate_resolve"),
    path("api/v1/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
]
handler400 = "borderpass.web.errors.bad_request"
handler403 = "borderpass.web.errors.permission_denied"
handler404 = "borderpass.web.errors.not_found"
handler500 = "borderpass.web.errors.server_error"
