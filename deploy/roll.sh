#!/bin/sh
# A newer version beside the one that runs, so that nobody waits: git pull && deploy/roll.sh
#
# The database is brought up to date, then new web containers start beside the old ones, which end when the new are
# well; then workers and beat. Where anything fails, it stops, and the old ones go on serving.
set -eu
cd "$(dirname "$0")/.."

smallest=2.40.0
compose=$(docker compose version --short)
newest=$(printf '%s\n' "${compose#v}" "$smallest" | sort -V | tail -n 1)
[ "$newest" = "${compose#v}" ] || { echo "This needs Docker Compose $smallest or newer: here is $compose."; exit 1; }
old=$(docker compose ps -q web)
[ -n "$old" ] || { echo "No web container runs: docker compose up -d --build starts everything."; exit 1; }
count=$(echo "$old" | wc -l)
image=$(docker inspect --format '{{.Image}}' "$(echo "$old" | head -n 1)")

stop() {
    echo "$1 The version before goes on serving."
    docker tag "$image" leaderboard:local
    for id in $(docker compose ps -aq web); do
        echo "$old" | grep -q "$id" || docker rm -f "$id" > /dev/null
    done
    exit 1
}

share() { docker compose run --rm -T --no-deps migrate python manage.py share_static; }

# The first of both fails where the version before does not know it yet, and is not needed to go on.
share 2> /dev/null || true
docker compose build || stop "The new version could not be built."
docker compose run --rm -T --no-deps migrate || stop "The database could not be brought up to date."
share || stop "The new static files could not be handed on."
docker compose up -d --no-deps --no-recreate --wait --scale web=$((2 * count)) web || stop "New web containers are not well."
sleep 5 # the proxy asks for their addresses every two seconds
# shellcheck disable=SC2086
docker stop $old > /dev/null && docker rm $old > /dev/null
docker compose up -d --no-deps --wait worker beat
if docker compose config --services | grep -qx proxy; then # elsewhere, by compose.hosts.yml, a balancer is in its place
    docker compose up -d --no-deps --wait proxy # starts anew, and is away for a second or two, only where its settings changed
fi
[ -z "$(docker compose ps -q pooler 2> /dev/null)" ] || docker compose up -d --no-deps --wait pooler
echo "The new version serves."
