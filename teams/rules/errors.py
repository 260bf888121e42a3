"""What an action raises when a rule forbids it."""


class Refused(Exception):
    """Its text is a sentence for the person who asked, saying what to do instead."""

    @property
    def sentence(self) -> str:
        """The sentence as it was given: a Sentence can be stored, and said in another's language."""
        sentence: str = self.args[0]
        return sentence


class AddressTaken(Refused):
    """An e-mail address is somebody else's here."""
