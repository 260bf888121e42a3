"""What each alert means, in the first sentence of its paragraph in docs/runbook.md."""

from django.utils.translation import gettext_lazy as _

from teams.rules.health import Alert
from teams.words.translation import Words

MEANINGS: dict[Alert, Words] = {
    Alert.JOB_IS_LATE: _(
        "A job of the clock has not ended for three of its turns: beat, the broker or every worker stands still, or "
        "the job fails each time."
    ),
    Alert.BROKER_IS_AWAY: _(
        "The broker does not answer: scores are saved, but nothing is ranked or sent until it is back."
    ),
    Alert.QUEUE_IS_OLD: _(
        "The oldest job has waited more than a minute for a worker: workers do not keep up, or stand still."
    ),
    Alert.BOARDS_ARE_STALE: _("Boards have waited more than a minute to be ranked: scores are saved, places are old."),
    Alert.MESSAGES_FAIL: _(
        "Mails or posts were refused for good, or are uncertain: their worker died while handing them over."
    ),
    Alert.INVITATIONS_FAIL: _("Mails of invitations did not arrive, or may not have."),
    Alert.BACKUP_IS_OLD: _("There was no backup last night."),
}
