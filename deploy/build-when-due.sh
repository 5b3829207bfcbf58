#!/usr/bin/env bash
# Builds and publishes the paper where something is due: what editors have set for a time (npm run next), a change of
# files, or, since the news sitemap follows the clock, a day that has passed. A timer runs it every minute; where nothing is
# due, it asks for a few dates and ends. A build that has failed is tried again when files change, or after an hour.
#   STATE_DIRECTORY   where it keeps until when nothing is due; systemd sets it
#   BUILD_PULL=1      takes over what is new in Git first
#   CONTENT_DIR=folder, COMMENTS_DIR=folder   as for "npm run build"
set -euo pipefail
cd "$(dirname "$0")/.."
state=${STATE_DIRECTORY:?names the folder in which to keep what is due}
status=0

if [[ ${BUILD_PULL:-} == 1 ]]; then
	# What is here and due is published also while Git's server is away.
	git pull --quiet --ff-only || status=$?
fi

due=$(cat "$state/due" 2>/dev/null || echo 0)
watched=()
for path in "${CONTENT_DIR:-content}" "${COMMENTS_DIR:-}" public src package-lock.json; do
	if [[ -e $path ]]; then watched+=("$path"); fi
done
changed=$(find "${watched[@]}" -newer "$state/begun" -print -quit 2>/dev/null || echo everything)
if (($(date +%s) < due)) && [[ -z $changed ]]; then exit "$status"; fi

touch "$state/begun"
began=$(date +%s)
echo "$((began + 3600))" >"$state/due"
npm run --silent build -- --quiet

next=$(CLOCK=$(date --utc --date="@$began" +%FT%TZ) npm run --silent next -- --json) || (($? == 3))
at=$(sed -n 's/.*"at":"\([^"]*\)".*/\1/p' <<<"$next")
due=$((began + 86400))
if [[ -n $at ]] && (($(date --date="$at" +%s) < due)); then due=$(date --date="$at" +%s); fi
echo "$due" >"$state/due"
exit "$status"
