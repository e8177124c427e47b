"""An Ingress sends each path where the proxy of the containers sends it, and the network lets
nobody else in."""

import re
from typing import Any

import pytest

from tests.helm.rendering import BARE, ROOT, WHOLE, of_kind, rendered

pytestmark = pytest.mark.gate
NGINX = (ROOT / "deploy/nginx/nginx.conf").read_text()
LOCATION = re.compile(r"location (~ |= )?(\S+) \{\s*(?:proxy_pass http://([^;]+)|return \d+);")
PATHS = [
    *("/", "/me", "/ingress", "/ingress/EU/events", "/registrations", "/eventsource", "/feeds"),
    *("/registration", "/registration/", "/registration/calls", "/scheduling", "/scheduling/a/b"),
    *("/notifications", "/notifications/1", "/reporting", "/reporting/1", "/reportingx"),
    *("/events", "/events/schemas", "/feed", "/feed/1", "/Events", "/health/ready"),
]


def test_proxy_has_the_locations_that_are_compared() -> None:
    found = [name for _, name, _ in LOCATION.findall(NGINX)]

    assert found == ["/", *(name for name in found if name.startswith("^")), "/metrics"]
    assert len(found) == len(re.findall(r"location (?!@)", NGINX)) == 4


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_to_the_same_service_by_either(path: str) -> None:
    assert _by_ingress(path) == _by_nginx(path)


def _by_nginx(path: str) -> str:
    """The first pattern that matches, or else the front."""
    known = dict(re.findall(r"set \$(\w+) ([\w-]+:8000);", NGINX))
    to = "$front"
    for kind, pattern, where in reversed(LOCATION.findall(NGINX)):
        if kind == "~ " and (found := re.match(pattern.replace("(?<", "(?P<"), path)):
            to, known = where, known | found.groupdict()
    for name, value in known.items():
        to = to.replace(f"${name}", value)
    return to.removesuffix(":8000")


def _by_ingress(path: str) -> str:
    """The longest prefix, part by part."""
    (rule,) = of_kind("Ingress", rendered())["cadre-origin"]["spec"]["rules"]
    assert rule["host"] == "training.example.org"
    parts, best = [part for part in path.split("/") if part], (-1, "")
    for one in rule["http"]["paths"]:
        prefix = [part for part in one["path"].split("/") if part]
        if one["pathType"] == "Prefix" and parts[: len(prefix)] == prefix:
            best = max(best, (len(prefix), one["backend"]["service"]["name"]))
    return best[1].removeprefix("cadre-")


def test_only_visitors_reach_the_apis_and_only_watchers_the_rest() -> None:
    found = of_kind("NetworkPolicy", rendered())

    let_in = {
        name: one["spec"]["ingress"] for name, one in found.items() if "ingress" in one["spec"]
    }

    def alone(namespace: str) -> list[Any]:
        return [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}}}]

    assert let_in == {
        "cadre-network-all": [
            {"from": alone("monitoring"), "ports": [{"protocol": "TCP", "port": "operations"}]}
        ],
        "cadre-network-visitors": [
            {"from": alone("ingress-nginx"), "ports": [{"protocol": "TCP", "port": "http"}]}
        ],
    }
    everything = found["cadre-network-all"]["spec"]
    assert everything["policyTypes"] == ["Ingress", "Egress"]
    for one in of_kind("Deployment", rendered()).values():
        labels = one["spec"]["template"]["metadata"]["labels"]
        assert everything["podSelector"]["matchLabels"].items() <= labels.items()


def test_processes_reach_their_servers_and_nothing_else() -> None:
    found = of_kind("NetworkPolicy", rendered(WHOLE))

    reached = {
        name.removeprefix("cadre-network-"): {
            port["port"] for rule in one["spec"]["egress"] for port in rule["ports"]
        }
        for name, one in found.items()
        if "egress" in one["spec"]
    }

    assert reached == {
        "all": {53, 5432, 5671, 4318},
        "management": {15671},
        "origin": {443},
        "providers": {2525, 443, 8025},
        "prepare": {53, 5432, 5671, 15671},
    }
    peers = [rule.get("to") for rule in found["cadre-network-all"]["spec"]["egress"]]
    assert peers == [None, [{"ipBlock": {"cidr": "10.0.0.0/24"}}], None, None]


def test_a_network_of_your_own_takes_no_policies() -> None:
    assert not of_kind("NetworkPolicy", rendered(BARE))
    assert not of_kind("Ingress", rendered(BARE))
