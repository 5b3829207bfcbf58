#!/usr/bin/env bash
# Not run against a store in a test, but against a folder: sends the edition in dist/ to object storage behind a CDN, with
# rclone, and only the files that have changed there; prints the addresses of which the CDN should forget what it has.
#   deploy/object-storage.sh store:our-paper >purge.txt
# The order is that of rsync.sh beside it, and for the same reason. Headers that are the same everywhere are for the CDN to
# add, see dist/_headers; how long things may be kept is said here. Two at once would disturb each other.
#   OUT_DIR=folder   sends the edition of another folder than dist/
set -euo pipefail
target=${1:?is where the edition is to go: store:bucket, as rclone config names it}
target=${target%/}
cd "$(dirname "$0")/.."
work=$(mktemp -d)
errors=$(mktemp)
trap 'rm -rf "$work" "$errors"' EXIT

# Where the target has nothing yet, rclone ends with status 3 or 4.
for name in edition.json .sending .kept; do
	rclone copyto --log-level=ERROR "$target/$name" "$work/$name" 2>"$errors" || (($? == 3 || $? == 4)) || {
		cat "$errors" >&2
		exit 1
	}
done
edition=$(npm run --silent deliver -- changes "$work")

# Sends the files of a list: what lies in _astro/ never changes, everything else is asked for anew.
send() {
	local list=$1
	grep '^_astro/' "$list" >"$work/lasting" || true
	grep --invert-match '^_astro/' "$list" >"$work/others" || true
	if [[ -s $work/lasting ]]; then
		rclone copy --ignore-times --no-traverse --files-from-raw="$work/lasting" \
			--header-upload='Cache-Control: public, max-age=31536000, immutable' "$edition" "$target"
	fi
	if [[ -s $work/others ]]; then
		rclone copy --ignore-times --no-traverse --files-from-raw="$work/others" \
			--header-upload='Cache-Control: no-cache' "$edition" "$target"
	fi
}

for name in .kept .sending; do rclone copyto --ignore-times "$work/$name" "$target/$name"; done
for list in files pages changed; do send "$work/$list"; done
rclone copyto --ignore-times --header-upload='Cache-Control: no-cache' "$edition/edition.json" "$target/edition.json"
if [[ -s $work/removed ]]; then rclone delete --files-from-raw="$work/removed" "$target"; fi
: >"$work/.sending"
rclone copyto --ignore-times "$work/.sending" "$target/.sending"
# Also what is new: a CDN may have kept that nothing was there.
for list in files pages changed removed; do sed -E 's,(^|/)index\.html$,\1,; s,^,/,' "$work/$list"; done
if [[ -s $work/files || -s $work/pages || -s $work/changed || -s $work/removed ]]; then echo /edition.json; fi
