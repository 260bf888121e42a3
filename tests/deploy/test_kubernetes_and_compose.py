"""What runs in Kubernetes is what docker-compose.yml runs: commands, settings, probes, limits, volumes."""

import configparser
import re

from tests.deploy.compose import ROOT, environment, services, text
from tests.deploy.kubernetes import container, every_container, lines, paths, pod, seconds, size, thing, workload

APP = ["migrate", "web", "worker", "beat"]
STAYING = ["web", "worker", "beat"]
OUTSIDE = {"db", "broker", "proxy"}
"""What must be there already: PostgreSQL, Valkey and an ingress controller."""


def test_each_service_of_ours_is_there():
    assert {name for name in services() if name not in OUTSIDE} == {*APP, "pooler"}
    assert [workload(name)["metadata"]["name"] for name in [*APP, "pooler"]] == [*APP, "pooler"]


def test_each_runs_the_same_command():
    assert {name: container(name)["command"] for name in APP} == {name: services()[name]["command"] for name in APP}


def test_static_files_are_handed_on_as_when_containers_are_rolled():
    command = container("migrate", "share-static")["command"]

    assert command == ["python", "manage.py", "share_static"]
    assert " ".join(command) in (ROOT / "deploy/roll.sh").read_text()


def test_what_tells_a_workers_figures_is_a_small_web_process():
    web, small = container("web")["command"], container("worker", "metrics")["command"]

    assert [word for word in small if word not in web] == ["--workers=1", "--blocking-threads=1"]


def test_settings_are_the_same_but_for_how_lines_are_logged():
    ours = lines("settings.env") | lines("secrets.env") | paths()
    theirs = services()["web"]["environment"]
    secret = set(lines("secrets.env"))

    assert set(ours) == {*theirs, "POSTGRES_PASSWORD"}  # which is part of compose's DATABASE_URL
    assert {name: (ours[name], theirs[name]) for name in set(ours) - secret if ours[name] != theirs[name]} == {
        "LOG_FORMAT": ("json", "line")
    }


def test_all_containers_read_the_same_settings():
    sources = [{"configMapRef": {"name": "paths"}}, {"configMapRef": {"name": "settings"}}]

    for name, each in every_container(*APP):
        assert each["envFrom"] == [*sources, {"secretRef": {"name": "secrets"}}], name


def test_beat_and_migrations_go_past_the_pooler():
    direct = {"secretKeyRef": {"name": "secrets", "key": "DATABASE_DIRECT_URL"}}
    own = {name: each["env"] for name, each in every_container(*APP) if "env" in each}

    assert list(own) == ["migrate/migrate", "migrate/share-static", "beat/migrated", "beat/beat"]
    for env in own.values():
        assert env == [{"name": "DATABASE_URL", "valueFrom": direct}, {"name": "DATABASE_POOLED", "value": "0"}]
    assert re.findall(r"environment: \*direct|environment: &direct", text()) == [
        "environment: &direct",
        "environment: *direct",
    ]


def test_the_pooler_is_the_one_of_compose():
    ours, theirs = container("pooler"), services()["pooler"]
    check, probe = theirs["healthcheck"], ours["readinessProbe"]
    password = {"secretKeyRef": {"name": "secrets", "key": "POSTGRES_PASSWORD"}}
    ini = configparser.ConfigParser()
    ini.read(ROOT / "deploy/pgbouncer.ini")

    assert ours["command"] == [word.replace("$$", "$") for word in theirs["command"]]
    assert ours["env"] == [{"name": "POSTGRES_PASSWORD", "valueFrom": password}]
    assert ["CMD", *probe["exec"]["command"]] == check["test"]
    assert (probe["periodSeconds"], probe["timeoutSeconds"]) == (seconds(check["interval"]), seconds(check["timeout"]))
    assert size(ours["resources"]["limits"]["memory"]) == size(theirs["mem_limit"])
    assert theirs["tmpfs"] == ["/tmp:size=16m"]
    assert pod("pooler")["volumes"] == [{"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": "16Mi"}}]
    assert pod("pooler")["terminationGracePeriodSeconds"] == seconds(theirs["stop_grace_period"])
    assert workload("pooler")["spec"]["replicas"] == 1
    assert str(ours["ports"][0]["containerPort"]) == ini["pgbouncer"]["listen_port"]
    assert thing("Service", "pooler")["spec"]["ports"][0]["port"] == 5432
    assert f"host={thing('Service', 'db')['metadata']['name']} " in ini["databases"]["leaderboard"]


def test_only_web_and_workers_reach_the_pooler():
    (rule,) = thing("NetworkPolicy", "pooler")["spec"]["ingress"]

    assert rule["from"][0]["podSelector"]["matchExpressions"][0]["values"] == ["web", "worker"]
    assert rule["ports"] == [{"protocol": "TCP", "port": 5432}]


def test_web_is_asked_as_often_as_the_image_asks_itself_and_by_no_name():
    asked = re.search(r"^HEALTHCHECK --interval=(\w+) --timeout=(\w+) .*--retries=(\d+)", dockerfile(), re.MULTILINE)
    every, patience, retries = seconds(asked[1]), seconds(asked[2]), int(asked[3])
    ready, alive = (container("web")[probe] for probe in ("readinessProbe", "livenessProbe"))

    assert "/healthz" in (ROOT / "deploy/healthy.py").read_text()
    assert ready == {
        "httpGet": {"path": "/healthz", "port": "http"},
        "periodSeconds": every,
        "timeoutSeconds": patience,
        "failureThreshold": retries,
    }
    assert alive["httpGet"] == ready["httpGet"]
    assert alive["periodSeconds"] * alive["failureThreshold"] > 3 * int(environment("web")["DATABASE_PATIENCE"])


def test_worker_and_beat_are_asked_as_compose_asks_them():
    for name, probe in {"worker": "readinessProbe", "beat": "livenessProbe"}.items():
        check = services()[name]["healthcheck"]
        shell, command = check["test"]

        assert shell == "CMD-SHELL"
        assert container(name)[probe] == {
            "exec": {"command": ["sh", "-c", command.replace("$$", "$")]},
            "initialDelaySeconds": seconds(check["start_period"]),
            "periodSeconds": seconds(check["interval"]),
            "timeoutSeconds": seconds(check["timeout"]),
            "failureThreshold": check["retries"],
        }, name
    assert "livenessProbe" not in container("worker")  # it needs the broker


def test_each_has_the_memory_that_compose_gives_it():
    for name in APP:
        assert size(container(name)["resources"]["limits"]["memory"]) == size(services()[name]["mem_limit"])
    for name, each in every_container(*APP):
        asked, most = (each["resources"][kind]["memory"] for kind in ("requests", "limits"))
        assert size(asked) <= size(most), name
        assert set(each["resources"]["limits"]) == {"memory"}, name


def test_what_is_in_memory_is_as_large():
    (tmp,) = {word for name in APP for word in services()[name]["tmpfs"]}
    for name in APP:
        memory = {each["name"]: each["emptyDir"] for each in pod(name)["volumes"] if "emptyDir" in each}
        assert all(each["medium"] == "Memory" for each in memory.values())
        assert size(memory["tmp"]["sizeLimit"]) == size(tmp.removeprefix("/tmp:size="))
        assert ("metrics" in memory) == (name in ("web", "worker"))


def test_volumes_are_where_compose_has_them():
    def mounted(name):
        every = [each for each in container(name)["volumeMounts"] if each["name"] != "tmp"]
        return [f"{each['name']}:{each['mountPath']}{':ro' * each.get('readOnly', False)}" for each in every]

    assert {name: mounted(name) for name in STAYING} == {name: services()[name]["volumes"] for name in STAYING}
    assert mounted("migrate") == ["releases:/releases"]  # a restore is not the Job's, but a worker's
    claims = {each["name"] for name in APP for each in pod(name)["volumes"] if "persistentVolumeClaim" in each}
    assert {name: thing("PersistentVolumeClaim", name)["spec"]["accessModes"] for name in sorted(claims)} == {
        "backups": ["ReadWriteMany"],
        "beat": ["ReadWriteOnce"],
        "releases": ["ReadWriteMany"],
    }


def test_containers_that_count_into_one_folder_see_each_others_numbers():
    assert all(
        pod(name)["shareProcessNamespace"] for name in STAYING
    )  # as compose's init, and for leaderboard/metrics.py


def test_each_has_its_time_to_stop():
    sleep = container("web")["lifecycle"]["preStop"]["sleep"]["seconds"]
    grace = {name: pod(name)["terminationGracePeriodSeconds"] for name in STAYING}

    assert grace | {"web": grace["web"] - sleep} == {
        name: seconds(services()[name]["stop_grace_period"]) for name in STAYING
    }


def test_web_and_worker_are_several_and_beat_is_one():
    many = thing("HorizontalPodAutoscaler", "web")["spec"]

    assert many["minReplicas"] == int(services()["web"]["deploy"]["replicas"])
    assert "replicas" not in workload("web")["spec"]
    assert workload("worker")["spec"]["replicas"] == int(services()["worker"]["deploy"]["replicas"])
    assert (workload("beat")["spec"]["replicas"], workload("beat")["spec"]["strategy"]) == (1, {"type": "Recreate"})
    assert {thing("PodDisruptionBudget", name)["spec"]["maxUnavailable"] for name in ("web", "worker")} == {1}


def test_there_are_connections_for_everybody_while_a_version_follows_another():
    words = dict(word.split("=") for word in services()["web"]["command"] if "=" in word)
    most = thing("HorizontalPodAutoscaler", "web")["spec"]["maxReplicas"]
    surge = workload("web")["spec"]["strategy"]["rollingUpdate"]["maxSurge"]
    web = (most + surge) * int(words["--workers"]) * int(words["--blocking-threads"])
    worker = (workload("worker")["spec"]["replicas"] + 1) * (2 + 1)  # its processes, and the one that tells figures

    assert web + worker < 100 - 3  # PostgreSQL's own default, and its reserve


def test_ports_lead_from_the_ingress_to_the_process():
    port = container("web")["ports"]
    (path,) = thing("Ingress", "web")["spec"]["rules"][0]["http"]["paths"]

    assert "--port=8000" in services()["web"]["command"]
    assert port == container("worker", "metrics")["ports"] == [{"name": "http", "containerPort": 8000}]
    assert path["backend"]["service"] == {"name": "web", "port": {"name": "http"}}
    assert {thing("Service", name)["spec"]["ports"][0]["targetPort"] for name in ("web", "worker")} == {"http"}


def test_the_ingress_goes_by_the_sites_name():
    spec = thing("Ingress", "web")["spec"]

    assert lines("settings.env")["SITE_URL"] == f"https://{spec['rules'][0]['host']}"
    assert spec["tls"][0]["hosts"] == [spec["rules"][0]["host"]]


def test_who_has_no_way_out_in_compose_reaches_database_and_broker_alone():
    inside = [name for name in APP if services()[name]["networks"] == ["inside"]]
    spec = thing("NetworkPolicy", "inside")["spec"]
    (chosen,) = spec["podSelector"]["matchExpressions"]
    addresses = [environment("web")[name] for name in ("DATABASE_URL", "CELERY_BROKER_URL")]

    assert sorted(chosen["values"]) == sorted(inside)
    assert spec["policyTypes"] == ["Egress"]
    assert {rule["port"] for rule in spec["egress"][0]["ports"]} == {
        53,
        *(int(re.search(r":(\d+)/", address)[1]) for address in addresses),
    }


def dockerfile():
    return (ROOT / "Dockerfile").read_text()
