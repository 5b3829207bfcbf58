#!/usr/bin/env bash
# Tells a person that a unit of systemd has failed, with the last that it said; of the same unit once an hour at most.
#   NOTICE            a command that takes the notice: curl -fsS --data-binary @- https://ntfy.example.org/our-paper
#                     (not "mail": its unit may gain no rights and write nowhere, without which no local mail is sent)
#   STATE_DIRECTORY   where it keeps when it told of what; systemd sets it
set -euo pipefail
unit=${1:?is the unit that has failed}
: "${NOTICE:?is a command that takes the notice. Write it into /etc/meridian.env}"
told=${STATE_DIRECTORY:?names a folder}/told-${unit//[^A-Za-z0-9@._-]/_}
if [[ -n $(find "$told" -mmin -60 2>/dev/null) ]]; then exit 0; fi
{
	echo "$unit on $(hostname) has failed. The last that it said:"
	echo
	journalctl --unit="$unit" --lines=40 --output=cat --no-pager || echo "(its journal cannot be read)"
} | sh -c "$NOTICE"
# On a full disk the notice is worth more than its date.
touch "$told" || true
