"""The chart as Helm itself renders it, and what it says where it refuses to."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
CHART = ROOT / "deploy/helm/cadre"
HELM = Path(sys.executable).with_name("helm")
SECONDS = 60
PUBLIC_KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
}
LEAST: Mapping[str, Any] = {
    "installation": "training",
    "origin": "https://training.example.org",
    "issuers": [{"name": "https://id.example.org", "key": PUBLIC_KEY}],
    "image": {"repository": "registry.example.org/cadre"},
    "servers": {
        "postgresql": {"address": "postgresql.example.org:5432"},
        "broker": {
            "address": "rabbitmq.example.org:5671",
            "management": {"url": "https://rabbitmq.example.org:15671"},
        },
    },
    "services": {
        "notifications": {
            "settings": {
                "CADRE_SENDER": "Training <training@example.org>",
                "CADRE_SMTP_HOST": "smtp.example.org",
                "CADRE_SMS_URL": "https://sms.example.org/send",
            }
        }
    },
}
"""What an installation must be told."""
WHOLE: Mapping[str, Any] = {
    "userPrefix": "training-",
    "image": {"tag": "1.2", "pullSecrets": ["registry"]},
    "servers": {
        "postgresql": {"authority": "authorities"},
        "broker": {"authority": "authorities", "publicUrl": "amqps://broker.example.org:5671"},
    },
    "services": {
        "registration": {"worker": {"most": 12, "resources": {"limits": {"memory": "1Gi"}}}},
        "notifications": {
            "settings": {
                "CADRE_SMTP_PORT": 2525,
                "CADRE_SMTP_SECURITY": "tls",
                "CADRE_SMTP_USER": "training",
                "CADRE_SMTP_INQUIRY_URL": "http://smtp.example.org:8025/inquiries",
                "CADRE_SMS_SENDER": "Training",
            }
        },
    },
    "prepare": {"databases": {"enabled": True}},
    "ingress": {"className": "nginx", "tlsSecret": "training-tls", "annotations": {"a": "b"}},
    "network": {"to": {"postgresql": [{"ipBlock": {"cidr": "10.0.0.0/24"}}]}},
    "monitoring": {"pods": True, "rules": True, "labels": {"release": "prometheus"}},
    "traces": {"endpoint": "http://collector.monitoring:4318"},
    "pods": {
        "nodeSelector": {"kubernetes.io/os": "linux"},
        "tolerations": [{"operator": "Exists"}],
        "priorityClassName": "important",
        "annotations": {"a": "b"},
        "securityContext": {"runAsUser": 20000},
    },
}
"""All that it may be told besides."""
BARE: Mapping[str, Any] = {
    "servers": {"broker": {"scheme": "amqp"}},
    "prepare": {"broker": False},
    "scaling": {"enabled": False},
    "ingress": {"enabled": False},
    "network": {"policies": False},
}
"""All of it left out that can be."""
Manifest = Mapping[str, Any]


class HelmRefuses(Exception):
    """Helm does not render it; the words are Helm's."""


def rendered(*layers: Mapping[str, Any], chart: Path = CHART) -> Sequence[Manifest]:
    """What would be installed with the least values and others over them. Raises HelmRefuses."""
    return _rendered(json.dumps(_together(LEAST, *layers)), chart)


def rendered_from(values: Mapping[str, Any]) -> Sequence[Manifest]:
    """What would be installed with these values alone. Raises HelmRefuses."""
    return _rendered(json.dumps(values), CHART)


def of_kind(kind: str, manifests: Sequence[Manifest]) -> dict[str, Manifest]:
    """Those of one kind, by name."""
    return {one["metadata"]["name"]: one for one in manifests if one["kind"] == kind}


def pods(manifests: Sequence[Manifest]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every pod that is started, by the name of what starts it."""
    for one in manifests:
        if one["kind"] in ("Deployment", "Job", "Pod"):
            pod = one if one["kind"] == "Pod" else one["spec"]["template"]
            yield one["metadata"]["name"], pod["spec"]


@cache
def _rendered(values: str, chart: Path) -> Sequence[Manifest]:
    command = [str(HELM), "template", "cadre", str(chart), "-n", "training", "--values", "-"]
    done = subprocess.run(command, input=values, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode:
        raise HelmRefuses(done.stderr)
    return [one for one in yaml.safe_load_all(done.stdout) if one]


def _together(*layers: Mapping[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for layer in layers:
        for name, value in layer.items():
            known = whole.get(name)
            if isinstance(known, Mapping) and isinstance(value, Mapping):
                whole[name] = _together(known, value)
            else:
                whole[name] = value
    return whole
