"""Backups off-site: encrypted, copied, dropped when old, brought back, tried out; in a folder, and at an S3 server."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from django.core.management import CommandError, call_command

from leaderboard import backups, offsite
from teams.models import Sweep
from teams.tasks import back_up, try_backup
from tests.deploy.boxes.bucket import USER, serving
from tests.deploy.http import until
from tests.deploy.test_backups import NOW, databases

NAME = "leaderboard-2026-11-23T030000.dump"


@pytest.fixture
def away(own, tmp_path_factory, settings):
    """Backups are copied into a folder, such as a mounted share."""
    folder = tmp_path_factory.mktemp("away")
    settings.OFFSITE, settings.OFFSITE_KEY = f"file://{folder}", str(pyrage.x25519.Identity.generate())
    return folder


def test_a_backup_comes_back_from_off_site_as_it_was(own, away):
    file = backups.make(own, NOW)
    dump = file.read_bytes()
    offsite.send(file)
    for path in own.iterdir():
        path.unlink()

    assert offsite.fetch(NAME, own).read_bytes() == dump
    assert backups.verify(own / NAME)["teams_member"] == 1
    assert sorted(path.name for path in own.iterdir()) == [NAME, NAME.replace(".dump", ".json")]
    assert (own / NAME).stat().st_mode & 0o777 == 0o600


def test_what_lies_off_site_tells_nothing_without_the_key(own, away, settings):
    file = backups.make(own, NOW)
    offsite.send(file)

    assert sorted(path.name for path in away.iterdir()) == [f"{NAME}.age", f"{NAME.replace('.dump', '.json')}.age"]
    assert {path.read_bytes()[:22] for path in away.iterdir()} == {b"age-encryption.org/v1\n"}
    assert not any(b"teams_member" in path.read_bytes() for path in away.iterdir())
    settings.OFFSITE_KEY = str(pyrage.x25519.Identity.generate())
    with pytest.raises(CommandError, match=r"^OFFSITE_KEY is not the key that this backup was encrypted with\.$"):
        call_command("fetch_backup")
    assert sorted(path.name for path in own.iterdir()) == [NAME, NAME.replace(".dump", ".json")]


def test_a_damaged_copy_is_refused(own, away):
    offsite.send(backups.make(own, NOW))
    copy = away / f"{NAME}.age"
    copy.write_bytes(copy.read_bytes()[:-1])

    with pytest.raises(CommandError, match=r"^Off-site: |^OFFSITE_KEY"):
        call_command("try_backup")


def test_off_site_too_seven_days_and_four_weeks_are_kept(own, away):
    file = backups.make(own, NOW)
    for back in range(1, 40):
        old = (NOW - timedelta(days=back)).strftime("leaderboard-%Y-%m-%dT%H%M%S")
        for ending in (".dump", ".json"):
            shutil.copy(file.with_suffix(ending), away / f"{old}{ending}.age")
    offsite.send(file)

    present = [Path(name) for name in offsite.names()]
    assert set(present) == backups.to_keep(present)
    assert len(present) == 9
    assert len(list(away.iterdir())) == 18


def test_one_night_job_copies_it_and_another_tries_it_out(own, away):
    before = databases()
    try_backup()
    back_up()
    try_backup()

    assert offsite.names() == [file.name for file in backups.backups(own)]
    assert databases() == before
    assert set(Sweep.objects.values_list("name", flat=True)) == {
        "teams.tasks.backups.back_up",
        "teams.tasks.backups.try_backup",
    }


def test_a_copy_that_cannot_be_restored_is_told_of_by_the_age_of_its_job(own, away):
    file = backups.make(own, NOW)
    noted = json.loads(file.with_suffix(".json").read_text())
    noted["rows"]["teams_member"] = 2
    file.with_suffix(".json").write_text(json.dumps(noted))
    offsite.send(file)

    with pytest.raises(CommandError, match=r"restores with other rows than it was made of: teams_member"):
        try_backup()
    assert not Sweep.objects.exists()


def test_without_off_site_the_newest_backup_here_is_tried_out(own, capsys):
    call_command("try_backup")
    backups.make(own, NOW)
    call_command("try_backup")

    nothing, tried = capsys.readouterr().out.splitlines()
    assert nothing == "There is no backup yet."
    assert tried.endswith("tables, all there.")
    with pytest.raises(CommandError, match=r"^OFFSITE is not set"):
        call_command("fetch_backup")


def test_an_unreachable_place_fails_the_job_and_the_backup_stays_here(own, away, settings):
    settings.OFFSITE, settings.OFFSITE_ENDPOINT = "s3://backups", "http://127.0.0.1:1"

    with pytest.raises(CommandError, match=r"^Off-site: "):
        back_up()
    assert len(backups.backups(own)) == 1


def test_a_new_key_is_said(capsys):
    call_command("offsite_key")

    assert pyrage.x25519.Identity.from_str(capsys.readouterr().out.strip())


@pytest.fixture
def bucket(own, away, tmp_path_factory, settings):
    """They are copied to SeaweedFS, which checks who asks as S3 does."""
    with serving(tmp_path_factory.mktemp("bucket")) as port:
        settings.OFFSITE, settings.OFFSITE_ENDPOINT = "s3://backups/site", f"http://127.0.0.1:{port}"
        settings.OFFSITE_ACCESS_KEY_ID, settings.OFFSITE_SECRET_ACCESS_KEY = USER.values()
        yield


@pytest.mark.soak
@pytest.mark.usefixtures("bucket")
def test_they_go_to_a_bucket_and_come_back_from_it(own, settings):
    file = backups.make(own, NOW)

    def sent():
        try:
            offsite.send(file)
        except backups.Unusable:
            return False
        return True

    assert until(sent, 60, every=1)
    assert offsite.names() == [NAME]
    call_command("try_backup")
    shutil.rmtree(own)
    assert backups.verify(offsite.fetch(NAME, own))["teams_member"] == 1
    with pytest.raises(backups.Unusable, match=r"^There is no such backup off-site\.$"):
        offsite.fetch("leaderboard-2026-11-22T030000.dump", own)
    settings.OFFSITE_SECRET_ACCESS_KEY = "wrong"
    with pytest.raises(backups.Unusable, match=r"(?s)^Off-site: .*SignatureDoesNotMatch"):
        offsite.names()
