"""Figures for whoever runs the site: how it stands, in numbers and moments alone, never about anybody.

Rooms hand in theirs with the register ``figures``. One that cannot be asked is left out and counted.
"""

import ipaddress
import logging
from collections.abc import Iterator
from typing import override

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from community.foundation.registers import figures

log = logging.getLogger(__name__)
OF_PROXIES = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class House(Collector):
    """What the rooms say of themselves, asked when somebody wants to know."""

    @override
    def collect(self) -> Iterator[GaugeMetricFamily]:
        silent = 0
        for name, figure in figures.items():
            try:
                found = figure.ask()
            except Exception:
                log.exception("a figure could not be asked", extra={"figure": name})
                silent += 1
                continue
            if found is not None:
                yield GaugeMetricFamily(f"porchlight_{name}", figure.about, value=found)
        yield GaugeMetricFamily("porchlight_figures_silent", "Figures that could not be asked now.", value=silent)


def figures_text() -> bytes:
    """All figures of this process and of the house, in the text form Prometheus reads."""
    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    registry.register(House())
    return generate_latest(registry)


def may_read_figures(request: HttpRequest) -> bool:
    """From this very machine, past no proxy; or with the token of the settings."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and scheme.lower() == "bearer":
        return constant_time_compare(token, settings.METRICS_TOKEN)
    past_a_proxy = any(name in request.headers for name in OF_PROXIES)
    return not past_a_proxy and _is_loopback(str(request.META.get("REMOTE_ADDR", "")))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
