"""What Helm makes of the chart is what Kubernetes takes, and values that it can not are refused."""

import json
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.helm.rendering import (
    BARE,
    CHART,
    WHOLE,
    HelmRefuses,
    of_kind,
    rendered,
    rendered_from,
)

NATIVE = ("v1", "apps/v1", "batch/v1", "policy/v1", "networking.k8s.io/v1")
OF_OPERATORS = {"ScaledObject", "TriggerAuthentication", "PodMonitor", "PrometheusRule"}


def versions() -> list[str]:
    """The oldest Kubernetes of the chart, and the newest whose schemas there are."""
    oldest = yaml.safe_load((CHART / "Chart.yaml").read_text())["kubeVersion"]
    return [oldest.removeprefix(">=").removesuffix("-0"), kubernetes_validate.latest_version()]


@pytest.mark.parametrize("version", versions())
@pytest.mark.parametrize("values", [{}, WHOLE, BARE], ids=["least", "whole", "bare"])
def test_kubernetes_takes_what_is_rendered(values: dict[str, Any], version: str) -> None:
    found = rendered(values)

    for one in found:
        if one["apiVersion"] in NATIVE:
            kubernetes_validate.validate(one, version, strict=True)

    others = {one["kind"] for one in found if one["apiVersion"] not in NATIVE}
    assert others <= OF_OPERATORS


def test_what_kubernetes_does_not_know_would_be_seen() -> None:
    one = json.loads(json.dumps(of_kind("Deployment", rendered())["cadre-reporting-relay"]))
    one["spec"]["template"]["spec"]["containers"][0]["livenesProbe"] = {}

    with pytest.raises(kubernetes_validate.ValidationError, match="livenesProbe"):
        kubernetes_validate.validate(one, versions()[-1], strict=True)


@pytest.mark.gate
def test_values_that_are_missing_are_named() -> None:
    with pytest.raises(HelmRefuses) as refused:
        rendered_from({})

    for missing in (
        "installation is required",
        "origin is required",
        "issuers is required",
        "image: repository is required",
        "servers.postgresql: address is required",
        "servers.broker: address is required",
        "servers.broker.management: url is required",
        "services.notifications: settings is required",
    ):
        assert missing in str(refused.value)


@pytest.mark.gate
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"origin": "training.example.org"}, "origin"),
        ({"issuers": []}, "issuers"),
        ({"scalling": {"enabled": False}}, "scalling"),
        ({"roles": {"relay": {"replicas": 0}}}, "roles.relay"),
        ({"roles": {"worker": {"drainSeconds": 5}}}, "roles.worker"),
        ({"roles": {"api": {"resources": {"limits": {"memory": None}}}}}, "memory is required"),
        ({"servers": {"broker": {"scheme": "amqp", "authority": "own"}}}, "servers.broker.scheme"),
        ({"network": {"from": {"visitors": []}}}, "visitors"),
        (
            {
                "prepare": {"databases": {"enabled": True}},
                "services": {"reporting": {"postgresql": "elsewhere:5432"}},
            },
            "reporting has a server of its own",
        ),
    ],
)
def test_values_that_can_not_be_meant_are_refused(values: dict[str, Any], said: str) -> None:
    with pytest.raises(HelmRefuses, match=said):
        rendered(values)
