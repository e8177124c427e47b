"""Every process of a chart is started, watched, bounded, and told to end as it must be."""

import pytest

from shared.contracts.listeners import LISTENERS
from shared.messaging.rabbit.topology import queue_of
from tests.helm.rendering import BARE, WHOLE, of_kind, pods, rendered

pytestmark = pytest.mark.gate
ROLES = ("api", "worker", "relay")
VARIATIONS = pytest.mark.parametrize("values", [{}, WHOLE, BARE], ids=["least", "whole", "bare"])


@VARIATIONS
def test_every_service_has_its_three_roles_and_its_migration(values: dict[str, object]) -> None:
    found = rendered(values)

    roles = {f"cadre-{service}-{role}" for service in LISTENERS for role in ROLES}
    assert set(of_kind("Deployment", found)) == roles
    assert set(of_kind("PodDisruptionBudget", found)) == roles
    assert {f"cadre-{service}-migrate" for service in LISTENERS} <= set(of_kind("Job", found))
    assert set(of_kind("Service", found)) == {f"cadre-{service}-api" for service in LISTENERS}


def test_one_relay_leads_and_another_stands_by() -> None:
    for name, one in of_kind("Deployment", rendered()).items():
        if name.endswith("-relay"):
            assert one["spec"]["replicas"] == 2


@VARIATIONS
def test_whatever_stays_says_how_it_is_and_has_time_to_finish(values: dict[str, object]) -> None:
    for name, one in of_kind("Deployment", rendered(values)).items():
        spec = one["spec"]["template"]["spec"]
        (container,) = spec["containers"]
        ports = {port["name"]: port["containerPort"] for port in container["ports"]}
        told = {variable["name"]: variable["value"] for variable in container["env"]}

        asked = {
            probe: container[probe]["httpGet"]
            for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        }

        assert told["CADRE_OPERATIONS"] == f"0.0.0.0:{ports['operations']}"
        assert asked["livenessProbe"] == {"path": "/health/live", "port": "operations"}, name
        assert asked["startupProbe"] == asked["livenessProbe"]
        assert asked["readinessProbe"] == {"path": "/health/ready", "port": "operations"}
        lingering = 5 if name.endswith("-api") else 0
        assert spec["terminationGracePeriodSeconds"] == 40 + lingering
        assert ("lifecycle" in container) == bool(lingering)
        assert one["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


@VARIATIONS
def test_pods_can_do_nothing_but_their_work(values: dict[str, object]) -> None:
    for name, spec in pods(rendered(values)):
        (container,) = spec["containers"]
        writable = [one for one in container["volumeMounts"] if not one.get("readOnly")]

        assert spec["automountServiceAccountToken"] is False, name
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert [one["mountPath"] for one in writable] == ["/tmp"]
        assert {"cpu", "memory"} <= set(container["resources"]["limits"])
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])


def test_one_service_may_have_more_than_the_others() -> None:
    workers = of_kind("Deployment", rendered(WHOLE))
    scaled = of_kind("ScaledObject", rendered(WHOLE))

    def memory(name: str) -> str:
        (container,) = workers[name]["spec"]["template"]["spec"]["containers"]
        return str(container["resources"]["limits"]["memory"])

    assert memory("cadre-registration-worker") == "1Gi"
    assert memory("cadre-scheduling-worker") == "512Mi"
    assert scaled["cadre-registration-worker"]["spec"]["maxReplicaCount"] == 12
    assert scaled["cadre-scheduling-worker"]["spec"]["maxReplicaCount"] == 6


def test_workers_follow_their_queues_with_what_is_in_hand_counted() -> None:
    found = rendered()

    for service in LISTENERS:
        spec = of_kind("ScaledObject", found)[f"cadre-{service}-worker"]["spec"]
        (trigger,) = spec["triggers"]
        told = trigger["metadata"]

        assert spec["scaleTargetRef"] == {"name": f"cadre-{service}-worker"}
        assert spec["minReplicaCount"] == 1
        assert (told["protocol"], told["mode"]) == ("http", "QueueLength")
        assert (told["queueName"], told["vhostName"]) == (queue_of(service), "cadre")
        assert told["host"] == "https://rabbitmq.example.org:15671/"
        assert trigger["authenticationRef"]["name"] in of_kind("TriggerAuthentication", found)
        assert "replicas" not in of_kind("Deployment", found)[f"cadre-{service}-worker"]["spec"]


def test_without_scaling_workers_are_as_many_as_is_said() -> None:
    found = rendered(BARE)

    assert not of_kind("ScaledObject", found)
    assert of_kind("Deployment", found)["cadre-reporting-worker"]["spec"]["replicas"] == 1


def test_servers_are_prepared_before_tables_are_migrated() -> None:
    found = rendered(WHOLE)

    def weight(name: str, kind: str = "Job") -> int:
        notes = of_kind(kind, found)[name]["metadata"]["annotations"]
        assert notes["helm.sh/hook"] == "pre-install,pre-upgrade"
        return int(notes["helm.sh/hook-weight"])

    prepared = {weight(f"cadre-administration-{server}") for server in ("databases", "broker")}
    migrated = {weight(f"cadre-{service}-migrate") for service in LISTENERS}
    assert weight("cadre-network-prepare", "NetworkPolicy") < min(prepared)
    assert max(prepared) < min(migrated)


def test_a_test_of_the_release_has_every_service_examined() -> None:
    examined = of_kind("Pod", rendered())

    assert set(examined) == {f"cadre-{service}-doctor" for service in LISTENERS}
    for one in examined.values():
        assert one["metadata"]["annotations"]["helm.sh/hook"] == "test"
        assert one["spec"]["containers"][0]["args"] == ["doctor"]


def test_servers_are_left_as_they_are_where_nobody_asked() -> None:
    assert {name for name in of_kind("Job", rendered(BARE)) if "administration" in name} == set()
    assert "cadre-administration-databases" not in of_kind("Job", rendered())
