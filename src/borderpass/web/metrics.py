"""What does a monitoring system read? Aggregates in the Prometheus text format; nothing about anybody.

Only this machine may read them, or who has the token in BORDERPASS_METRICS_TOKEN. A request that came through a
proxy is not from this machine, whatever its address says.
"""

import ipaddress
import os
import secrets
from collections.abc import Iterator

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from borderpass.domain.application import State
from borderpass.domain.verdicts import Verdict
from borderpass.services.count import count
from borderpass.store.queries.applications import applications_for
from borderpass.store.queries.counts import scans_with_last_action
from borderpass.web.everybody import EVERYBODY
from borderpass.web.published import current_bundle

TOKEN_VARIABLE = "BORDERPASS_METRICS_TOKEN"
_PROXIED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the metrics to who may read them, 403 to anybody else."""
    if not may_read(request):
        text = f"metrics are for this machine, or for a bearer token as set in {TOKEN_VARIABLE}\n"
        return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """Tell whether a request has the token, or comes from this very machine."""
    token = os.environ.get(TOKEN_VARIABLE, "")
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and scheme.lower() == "bearer" and secrets.compare_digest(given.encode(), token.encode()):
        return True
    if any(name in request.headers for name in _PROXIED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class _Collector(Collector):
    """Reads the figures when asked; nothing is kept in memory between two requests."""

    def collect(self) -> Iterator[Metric]:
        """Yield all metrics."""
        states = dict(applications_for(EVERYBODY).order_by().values_list("state").annotate(Count("id")))
        applications = GaugeMetricFamily("borderpass_applications", "Applications by state.", labels=["state"])
        for state in State:
            applications.add_metric([state.value], states.get(state.value, 0))
        yield applications
        issued = CounterMetricFamily("borderpass_passes_issued", "Passes signed.")
        issued.add_metric([], count(EVERYBODY)[0].figures["issued"])
        yield issued
        verdicts = dict(scans_with_last_action(EVERYBODY).order_by().values_list("verdict").annotate(Count("id")))
        scans = CounterMetricFamily("borderpass_scans", "Scans recorded, by our verdict on them.", labels=["verdict"])
        for verdict in Verdict:
            scans.add_metric([verdict.name], verdicts.get(verdict.value, 0))
        scans.add_metric(["UNKNOWN"], verdicts.get(None, 0))
        yield scans
        yield from self._bundle()

    def _bundle(self) -> Iterator[Metric]:
        bundle = current_bundle()
        if bundle is None:
            return
        age_s = (timezone.now() - bundle.issued_at).total_seconds()
        yield GaugeMetricFamily("borderpass_bundle_serial", "Serial of the bundle in use.", value=bundle.serial)
        yield GaugeMetricFamily("borderpass_bundle_age_seconds", "Age of the bundle in use.", value=age_s)
