#!/bin/sh
# A backup into this machine's database, from wherever it lies: deploy/restore.sh /somewhere/leaderboard-….dump
#
# On a new machine, with .env in place, it makes and starts everything else, too. What was there before stays as a
# database of another name.
set -eu
file=${1:?says no backup: deploy/restore.sh /somewhere/leaderboard-….dump}
for part in "$file" "${file%.dump}.json"; do
    [ -r "$part" ] || { echo "$part cannot be read: a backup is a .dump and its .json."; exit 1; }
done
folder=$(cd "$(dirname "$file")" && pwd)
name=$(basename "$file" .dump)
cd "$(dirname "$0")/.."

docker compose build
docker compose up -d --wait db broker
# Handed over as a stream, so that it does not matter who may read the files.
tar -c -C "$folder" "$name.dump" "$name.json" | docker compose run --rm -T --no-deps migrate sh -c '
    umask 077
    tar -x -m --no-same-owner --no-same-permissions -C /backups && exec python manage.py restore "/backups/$0.dump"
' "$name"
docker compose up -d --wait
docker compose restart web # it remembers parts of pages from before
