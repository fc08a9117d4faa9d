#!/bin/sh
# Puts the certificates of a PEM file into the store of the distribution: install-ca.sh FILE
# It says what it cannot do, and never fails.
(
  pem=$1 name=workspace-ca
  PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  umask 022
  say() { echo "trust: $*" >&2; }
  [ "$(id -u)" = 0 ] || { say "not root: nothing is changed"; exit 0; }
  work=$(mktemp -d) || { say "no place for temporary files: nothing is changed"; exit 0; }
  trap 'rm -rf "$work"' EXIT

  # One certificate a file, because the links that OpenSSL goes by are made of the first of each.
  tr -d '\r' <"$pem" | awk -v out="$work/$name-" '
    /^-----BEGIN CERTIFICATE-----/ { n++; file = out n ".crt" }
    file { print >file }
    /^-----END CERTIFICATE-----/ { close(file); file = "" }'
  [ -e "$work/$name-1.crt" ] || { say "no certificate in $pem"; exit 0; }

  put() { mkdir -p "$1" && cp "$work/$name"-*.crt "$1/" || say "cannot write to $1"; }
  run() { "$@" >"$work/log" 2>&1 || { say "$* failed:"; cat "$work/log" >&2; return 1; }; }
  has() { command -v "$1" >/dev/null 2>&1; }

  if [ -d /etc/pki/trust/anchors ] && has update-ca-certificates; then # SUSE
    put /etc/pki/trust/anchors; run update-ca-certificates
  elif [ -d /etc/pki/ca-trust/source/anchors ] && has update-ca-trust; then # Fedora, Red Hat, Amazon
    put /etc/pki/ca-trust/source/anchors; run update-ca-trust extract
  elif [ -d /etc/ca-certificates/trust-source/anchors ] && has trust; then # Arch
    put /etc/ca-certificates/trust-source/anchors; run trust extract-compat
  else # Debian, Ubuntu, Alpine; where the tool is installed later, it finds them there
    put /usr/local/share/ca-certificates
    ! has update-ca-certificates || run update-ca-certificates
  fi

  # Whatever the tool did or did not do: the file of all authorities holds them.
  flat() { tr -d ' \r\n' <"$1" | sed 's/-----BEGINCERTIFICATE-----/\n/g; s/-----ENDCERTIFICATE-----/\n/g'; }
  found=
  for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem /etc/ssl/cert.pem; do
    [ -s "$bundle" ] || continue
    found=1
    flat "$bundle" >"$work/flat"
    for file in "$work/$name"-*.crt; do
      grep -qxF "$(flat "$file" | sed -n 2p)" "$work/flat" || { echo; cat "$file"; } >>"$bundle" || say "cannot write $bundle"
    done
  done
  [ -n "$found" ] || { mkdir -p /etc/ssl/certs && cat "$work/$name"-*.crt >/etc/ssl/certs/ca-certificates.crt; } ||
    say "cannot write /etc/ssl/certs/ca-certificates.crt"
) || :
