#!/usr/bin/env bash
# Looks whether readers get what they should, and fails with a sentence for each thing that is wrong: a build that is due
# and has not been made, another edition at the paper's address than the one that was published, a desk that does not answer,
# a certificate that ends within ten days, little room on the disk, settings of nginx that are older than the paper's.
#   STATE_DIRECTORY   where build-when-due.sh keeps what is due; systemd sets it
#   ORIGIN            the paper's address for readers: https://meridian.example.org/
#   NGINX=folder      where nginx's copies of settings are, by default /etc/nginx/meridian
#   WWW=folder        what "npm run deliver -- servers" has laid out, by default /srv/meridian/www
set -euo pipefail
cd "$(dirname "$0")/.."
state=${STATE_DIRECTORY:?names the folder in which build-when-due.sh keeps what is due}
origin=${ORIGIN:?is the address of the paper, such as https://meridian.example.org/}
faults=()

due=$(cat "$state/due" 2>/dev/null || echo 0)
if (($(date +%s) - due > 900)); then
	faults+=("A build has been due since $(date --date="@$due") and has not been made: systemctl status meridian-build")
fi

is_out() { curl --fail --silent --show-error --max-time 30 "${origin}edition.json" | cmp --silent - dist/edition.json; }
# Between a publication and its delivery there may be a moment.
if ! is_out && ! { sleep "${PATIENCE:-60}" && is_out; }; then
	faults+=("Readers do not get the edition that was published: systemctl status meridian-deliver nginx")
fi

if systemctl --quiet is-enabled meridian.service 2>/dev/null &&
	! curl --fail --silent --max-time 30 --output /dev/null "${origin}desk/"; then
	faults+=("The desk does not answer: systemctl status meridian")
fi

if [[ $origin == https://* ]]; then
	host=${origin#https://}
	host=${host%%/*}
	[[ $host == *:* ]] || host+=:443
	if ! openssl s_client -connect "$host" -servername "${host%:*}" </dev/null 2>/dev/null |
		openssl x509 -noout -checkend 864000 >/dev/null; then
		faults+=("The certificate ends within ten days, or could not be asked for: systemctl status certbot.timer")
	fi
fi

free=$(df --output=pcent . | tr -dc '0-9\n' | tail -n 1)
if ((free > 90)); then faults+=("The disk of $(pwd) is full to $free %."); fi

for name in maps paper; do
	installed=${NGINX:-/etc/nginx/meridian}/$name.conf
	written=${WWW:-/srv/meridian/www}/current/nginx-$name.conf
	if [[ -e $installed ]] && ! cmp --silent "$installed" "$written"; then
		faults+=("$installed is not as the paper has it: install -m 644 $written $installed && systemctl reload nginx")
	fi
done

if ((${#faults[@]} > 0)); then
	printf '%s\n' "${faults[@]}" >&2
	exit 1
fi
