"""Alert rules and dashboard ask for what /metrics tells, and the runbook explains each alert."""

import json
import re
from itertools import chain

import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from leaderboard.metrics import count, count_handed_over, count_job
from leaderboard.schedule import JOBS
from teams.rules.health import LONGEST_WAIT, OLDEST_BACKUP, PATIENCE, Alert
from teams.words.health import MEANINGS
from tests.deploy.compose import ROOT
from tests.makers import make_delivery, make_rep, make_team

RULES = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text())["groups"][0]["rules"]
PANELS = json.loads((ROOT / "deploy/dashboard.json").read_text())["panels"]
RUNBOOK = (ROOT / "docs/runbook.md").read_text()
EXPRESSIONS = [rule["expr"] for rule in RULES] + [target["expr"] for panel in PANELS for target in panel["targets"]]


@pytest.fixture
def labels(client, settings, tmp_path, db):
    """The labels of each series that /metrics tells of once everything has happened."""
    settings.METRICS_TOKEN = "only-the-operator-knows"
    settings.BACKUPS = str(tmp_path)
    make_delivery(make_rep(make_team("North"), "Ada"), state="failed")
    count("GET", "today", 503, 0.1)
    count_job("teams.tasks.delivery.send_due", "FAILURE")
    count_handed_over("teams.tasks.delivery.deliver", "sent")
    answer = client.get("/metrics", headers={"Authorization": "Bearer only-the-operator-knows"})
    families = text_string_to_metric_families(answer.content.decode())
    return {sample.name: set(sample.labels) for family in families for sample in family.samples}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_each_expression_is_promql_of_figures_and_labels_that_are_told(expression, labels):
    promql_parser.parse(expression)
    selectors = re.findall(r"(leaderboard_\w+)(?:\{([^}]*)\})?", expression)
    names = {name for name, _ in selectors}
    grouped = set(chain.from_iterable(re.findall(r"\w+", group) for group in re.findall(r"by \(([^)]*)\)", expression)))

    assert names <= set(labels)
    for name, matchers in selectors:
        assert set(re.findall(r"(\w+)=~?\"", matchers)) <= labels[name]
    assert grouped <= set().union(*(labels[name] for name in names))


def test_a_job_is_late_when_the_page_says_so():
    late = next(rule["expr"] for rule in RULES if rule["alert"] == "JobIsLate")
    parts = re.findall(r'job=~"([^"]+)"\} > (\d+)', late)

    assert {job: int(seconds) for jobs, seconds in parts for job in jobs.split("|")} == {
        job: 3 * seconds + PATIENCE.total_seconds() for job, (_, seconds) in JOBS.items()
    }


def test_what_is_too_old_for_an_alert_is_too_old_for_the_page():
    compared = [rule for rule in RULES if "_age_seconds >" in rule["expr"]]
    limits = {rule["alert"]: float(rule["expr"].rpartition(" > ")[2]) for rule in compared}

    assert limits == {
        Alert.QUEUE_IS_OLD: LONGEST_WAIT.total_seconds(),
        Alert.BOARDS_ARE_STALE: LONGEST_WAIT.total_seconds(),
        Alert.BACKUP_IS_OLD: OLDEST_BACKUP.total_seconds(),
    }


def test_what_the_page_says_of_an_alert_begins_its_paragraph_in_the_runbook():
    paragraphs = dict(re.findall(r"^## (\w+)\n\n(.*?)(?=\n## |\Z)", RUNBOOK, re.M | re.S))
    plain = {name: " ".join(text.split()) for name, text in paragraphs.items()}

    assert [*MEANINGS] == [*Alert]
    assert [alert for alert, meaning in MEANINGS.items() if not plain[alert].startswith(str(meaning))] == []


def test_the_runbook_has_a_paragraph_for_each_alert_and_no_other():
    alerts = [rule["alert"] for rule in RULES]

    assert re.findall(r"^## (\w+)$", RUNBOOK, re.M) == alerts
    assert [rule["annotations"]["runbook"] for rule in RULES] == [f"docs/runbook.md#{name.lower()}" for name in alerts]
