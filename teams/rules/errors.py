"""What an action raises when a rule forbids it."""


class Refused(Exception):
    """Its text is a sentence for the person who asked, saying what to do instead."""


class AddressTaken(Refused):
    """An e-mail address is somebody else's here."""
