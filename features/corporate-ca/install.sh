#!/bin/sh
# Has the image trust the certificates that Envbuilder was given, where there are any: elsewhere the image is built without.
set -eu

folder=/usr/local/share/corporate-ca

# Where they are: the first of what templates make.
find_bundle() {
  for place in ${BUNDLE:+"$BUNDLE"} /.envbuilder/certs/private-ca.pem /.envbuilder/certs/ca.pem /.envbuilder/trust/ca.pem \
    /.envbuilder/host-certs /.envbuilder/cluster-certs; do
    [ -s "$place" ] || [ -d "$place" ] || continue
    echo "$place"
    return
  done
}

# Named by NODE_EXTRA_CA_CERTS, which has to name something everywhere.
mkdir -p "$folder"
rm -f "$folder/ca.pem"
: >"$folder/ca.pem"

bundle=$(find_bundle)
if [ -z "$bundle" ]; then
  echo "corporate-ca: no certificates at ${BUNDLE:-/.envbuilder}, nothing to trust" >&2
  [ "${REQUIRED:-false}" != true ] || exit 1
  exit 0
fi

# The public authorities, which templates put behind the others, are in the image.
if [ -d "$bundle" ]; then cat "$bundle"/*; else cat "$bundle"; fi |
  sed '/^# The public certificate authorities/,$d' >"$folder/ca.pem"
sh "$(dirname "$0")/install-ca.sh" "$folder/ca.pem" system

# What changes there, changes here: workspaces get new certificates without a new image.
if [ -f "$bundle" ]; then ln -sf "$bundle" "$folder/ca.pem"; fi
