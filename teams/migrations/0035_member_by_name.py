"""People of a company in the order of their names, a page at a time, without sorting all of them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

import teams.fields


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("teams", "0034_share_links")]
    operations = [
        AddIndexConcurrently(
            "member",
            models.Index(
                models.F("organization"), teams.fields.Alphabetical("name"), models.F("id"), name="member_by_name"
            ),
        ),
    ]
