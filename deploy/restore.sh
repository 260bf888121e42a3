#!/bin/sh
# A backup into this machine's database, from wherever it lies: deploy/restore.sh /somewhere/leaderboard-….dump
# From off-site (OFFSITE in .env), the newest or one by name: deploy/restore.sh offsite [leaderboard-….dump]
#
# On a new machine, with .env in place, it makes and starts everything else, too. What was there before stays as a
# database of another name.
set -eu
file=${1:?says no backup: deploy/restore.sh /somewhere/leaderboard-….dump, or deploy/restore.sh offsite}
if [ "$file" != offsite ]; then
    for part in "$file" "${file%.dump}.json"; do
        [ -r "$part" ] || { echo "$part cannot be read: a backup is a .dump and its .json."; exit 1; }
    done
    folder=$(cd "$(dirname "$file")" && pwd)
    name=$(basename "$file" .dump)
fi
cd "$(dirname "$0")/.."

docker compose build
here=$(docker compose config --services | grep -x -e db -e broker || true) # or elsewhere, by compose.external.yml
# shellcheck disable=SC2086
[ -z "$here" ] || docker compose up -d --wait $here
if [ "$file" = offsite ]; then # by a worker, which has a way out
    name=$(docker compose run --rm -T --no-deps worker python manage.py fetch_backup "${2:-}")
    docker compose run --rm -T --no-deps migrate python manage.py restore "/backups/$name"
else # handed over as a stream, so that it does not matter who may read the files
    tar -c -C "$folder" "$name.dump" "$name.json" | docker compose run --rm -T --no-deps migrate sh -c '
        umask 077
        tar -x -m --no-same-owner --no-same-permissions -C /backups && exec python manage.py restore "/backups/$0.dump"
    ' "$name"
fi
docker compose up -d --wait
docker compose restart web # it remembers parts of pages from before
