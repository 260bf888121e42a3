"""Whether a reading's month is closed is asked of the team in which its member competes on the month's last day."""

from importlib import import_module

from django.db import migrations

SUBMIT = import_module("teams.migrations.0029_submit").SUBMIT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
ANY_TEAM = "WHERE membership.member_id = reading.member_id AND membership.competing\n"
LAST_TEAM = (
    ANY_TEAM
    + """          AND membership.joined_on < board.month + interval '1 month'
          AND (membership.left_on IS NULL OR membership.left_on >= board.month + interval '1 month')
"""
)


class Migration(migrations.Migration):
    dependencies = [("teams", "0036_void_series_end")]
    operations = [migrations.RunSQL(SUBMIT.replace(ANY_TEAM, LAST_TEAM), SUBMIT)]
