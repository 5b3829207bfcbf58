#!/usr/bin/env bash
# Sends the edition in dist/ to another computer, and only the files that have changed there: npm run build, then
#   deploy/rsync.sh deploy@www.example.org:/srv/meridian/www
# What is new comes first, what changes after it, what is gone last, so that the pages there lead to nothing that is
# missing, also where the transfer is cut off: start it again then. What lies in _astro/ stays there for pages that readers
# have open; "rsync -r --delete dist/ TARGET" clears it up once in a while. Two at once would disturb each other.
#   OUT_DIR=folder   sends the edition of another folder than dist/
set -euo pipefail
target=${1:?is where the edition is to go: host:/folder}
target=${target%/}
cd "$(dirname "$0")/.."
work=$(mktemp -d)
errors=$(mktemp)
trap 'rm -rf "$work" "$errors"' EXIT

# Where the target has nothing yet, rsync ends with status 23.
for name in edition.json .sending .kept; do
	rsync --quiet "$target/$name" "$work/" 2>"$errors" || (($? == 23)) || {
		cat "$errors" >&2
		exit 1
	}
done
edition=$(npm run --silent deliver -- changes "$work")

send() { rsync --times --perms --chmod=D755,F644 --mkpath "$@"; }
send --ignore-times "$work/.kept" "$work/.sending" "$target/"
for list in files pages changed; do
	if [[ -s $work/$list ]]; then send --ignore-times --files-from="$work/$list" "$edition/" "$target/"; fi
done
send --ignore-times "$edition/edition.json" "$target/"
if [[ -s $work/removed ]]; then
	# Names the files, and the folders in which they lie, so that empty ones go with them; all else is protected.
	sed 's/[][*?\\]/\\&/g' "$work/removed" |
		awk -F/ '{ path = ""; for (i = 1; i < NF; i++) print path = path "/" $i, ""; print "/" $0 }' OFS=/ | sort -u >"$work/filter"
	rsync --recursive --delete --existing --ignore-existing --include-from="$work/filter" --exclude='*' "$edition/" "$target/"
fi
: >"$work/.sending"
send --ignore-times "$work/.sending" "$target/"
