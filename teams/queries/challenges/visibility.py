"""Whose figures in a challenge somebody sees: in it everybody's, from outside as everywhere else."""

from collections.abc import Collection, Mapping

from teams.models.challenges.challenges import Answer, Challenge
from teams.models.challenges.entries import Entry
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.queries.challenges.winners import Winner
from teams.queries.people.seen import seen_members
from teams.rules.challenges.terms import ChallengeKind


def shown_entries(challenge: Challenge, entries: Collection[Entry], reader: Member, *, decides: bool) -> set[int]:
    """The ids of the members' entries that are in, and whose figures somebody sees; one query for who is outside."""
    accepted = [entry for entry in entries if entry.answer == Answer.ACCEPTED and entry.member_id]
    if decides or any(entry.member_id == reader.pk for entry in accepted):
        return {entry.pk for entry in accepted}
    visible_members = seen_members({entry.member_id for entry in accepted if entry.member_id}, reader)
    return {entry.pk for entry in accepted if entry.member_id in visible_members}


def shown_teams(reps: Mapping[Entry, int], managed: Collection[Team]) -> set[int]:
    """The ids of the teams' entries, each a mean of so many reps, that somebody sees who manages some of the teams."""
    teams = [(entry, entry.team, of) for entry, of in reps.items() if entry.team]
    return {entry.pk for entry, team, of in teams if team.shows_mean(of, manages=team in managed)}


def names_winners(challenge: Challenge) -> bool:
    """Whether those who are in front, or have won, are named to everybody in one of its teams, in a chat or on a wall.

    All of them may be where each team that plays shows its places to everybody; that a team has won is no figure of
    anybody. Without a query where its teams were read with their organization.
    """
    return challenge.kind == ChallengeKind.TEAMS or all(team.ranks_shown_to == "all" for team in challenge.teams.all())


def shown_winners(winners: Collection[Winner], playing: Collection[int], reader: Member) -> list[Winner]:
    """Those of the winners that somebody is told who is in some of the challenges, by their ids.

    One query where there are others of whom they may not know; that a team has won is no figure of anybody.
    """
    others = {each.member for each in winners if each.member is not None and each.challenge not in playing}
    unseen = others - seen_members(others, reader)
    return [each for each in winners if each.challenge in playing or each.member not in unseen]
