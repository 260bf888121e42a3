"""What people may type."""

from teams.forms import messages

messages.install()
