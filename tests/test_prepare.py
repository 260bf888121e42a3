"""`manage.py prepare`, which every start calls."""

import pytest
from django.core.management import call_command

from teams.models import User


@pytest.mark.django_db
def test_a_demo_that_was_removed_does_not_come_back_at_the_next_start(settings, capsys):
    settings.DEMO = True
    call_command("prepare")

    assert (User.objects.count(), capsys.readouterr().out) == (0, "")
