-- Notes one act for the managers of each of the teams. Where no team is named, it is the one in which whomever it is
-- about competes, else belongs, else last belonged.
INSERT INTO teams_auditentry (organization_id, team_id, actor_id, act, about_id, details, reason, at, address)
SELECT place.organization, coalesce(place.team, (
           SELECT membership.team_id FROM teams_membership AS membership
           WHERE membership.member_id = %(whose)s::bigint
           ORDER BY membership.left_on DESC NULLS FIRST, membership.competing DESC, membership.id DESC
           LIMIT 1
       )),
       %(actor)s::bigint, %(act)s, %(about)s::bigint, %(details)s::jsonb, %(reason)s, %(at)s, %(address)s::inet
FROM unnest(%(organizations)s::bigint[], %(teams)s::bigint[]) AS place (organization, team)
RETURNING id
