#!/bin/sh
# Puts the certificates of a PEM file, or of all files of a folder, where programs look for certificate authorities, and
# takes out of there what it put in before and is no longer given.
#
#   install-ca.sh FILE_OR_FOLDER [system] [java]
#
#   system   the store of the distribution: of Debian, Ubuntu, Alpine, the families of Red Hat and SUSE, Arch; elsewhere the
#            files that hold all authorities
#   java     the key stores of the JDKs that are installed
#
# Envbuilder runs it as root at every start, before the workspace's own script. It says what it cannot do and never fails:
# a workspace that trusts too little is better than none. Once a file holds all authorities of the system and these, the
# path of that file stands in /.envbuilder/system-bundle.

source=$1
wanted=" $* "
result=/.envbuilder/system-bundle
name=workspace-ca
block_begin="# $name: begin"
block_end="# $name: end"
line_break='
'
carriage_return=$(printf '\r')

say() { echo "trust: $*"; }
complain() { echo "trust: $*" >&2; }

# Runs a tool, whose words count only when it fails.
run() {
  "$@" >"$work/log" 2>&1 </dev/null && return
  complain "$* failed:"
  cat "$work/log" >&2
  return 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Calls a function for each certificate of standard input, with $pem, its lines, and $flat, the same without line breaks.
# Only what the shell has built in: small images have neither awk nor cmp.
each_certificate() {
  inside=
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%"$carriage_return"}
    case $line in
      "-----BEGIN CERTIFICATE-----"*) inside=1 flat='' pem='-----BEGIN CERTIFICATE-----' ;;
      "-----END CERTIFICATE-----"*)
        pem=$pem$line_break'-----END CERTIFICATE-----'
        [ -z "$inside" ] || "$1"
        inside=
        ;;
      *) [ -z "$inside" ] || flat=$flat$line pem=$pem$line_break$line ;;
    esac
  done
}

print_flat() { echo "$flat"; }

print_pem() { echo "$pem"; }

# A file for each, because most stores want that, named by its content, because some are only told of new names.
keep() {
  case $flat in
    '' | *[!A-Za-z0-9+/=]*)
      complain "$file holds a certificate that is no PEM; left out"
      return
      ;;
  esac
  sum=$(echo "$flat" | "$digest")
  echo "$pem" >"$work/$name-${sum%% *}.crt"
}

read_source() {
  if [ -d "$source" ]; then set -- "$source"/*; else set -- "$source"; fi
  for file; do
    [ -f "$file" ] && [ -r "$file" ] && each_certificate keep <"$file"
  done
  set -- "$work/$name"-*.crt
  [ -e "$1" ] && return
  complain "no certificate in $source"
  return 1
}

# Makes ours, and nothing else of that name, lie in a folder.
put() {
  mkdir -p "$1" 2>/dev/null
  for file in "$1/$name"-*.crt; do
    [ ! -e "$file" ] || [ -e "$work/${file##*/}" ] || rm -f "$file" || complain "cannot remove $file"
  done
  for file in "$work/$name"-*.crt; do
    cp "$file" "$1/" 2>/dev/null || complain "cannot write to $1"
  done
}

install_in_store() {
  if has update-ca-certificates && [ -d /etc/pki/trust/anchors ]; then # SUSE
    put /etc/pki/trust/anchors
    run update-ca-certificates
  elif has update-ca-trust && [ -d /etc/pki/ca-trust/source/anchors ]; then # Fedora, Red Hat, Amazon
    put /etc/pki/ca-trust/source/anchors
    run update-ca-trust extract
  elif has trust && [ -d /etc/ca-certificates/trust-source/anchors ]; then # Arch
    put /etc/ca-certificates/trust-source/anchors
    run trust extract-compat
  elif has update-ca-certificates; then # Debian, Ubuntu, Alpine
    put /usr/local/share/ca-certificates
    run update-ca-certificates
    # Debian's leaves links to what is gone, unless something else is new.
    for link in /etc/ssl/certs/*; do
      [ ! -L "$link" ] || [ -e "$link" ] || case $(readlink "$link") in *"$name"-*) rm -f "$link" ;; esac
    done
  elif [ -d /etc/pki/ca-trust/source/anchors ]; then # for whoever installs the tool later
    put /etc/pki/ca-trust/source/anchors
  else
    put /usr/local/share/ca-certificates
  fi
}

# The files of ours that the certificates of a file lack.
lacking() {
  known=$line_break$(each_certificate print_flat <"$1")$line_break
  for file in "$work/$name"-*.crt; do
    case $known in
      *"$line_break$(each_certificate print_flat <"$file")$line_break"*) ;;
      *) echo "$file" ;;
    esac
  done
}

# Standard input, and files behind it in a block of ours, which the next call takes out again.
with_block() {
  cat
  [ $# -gt 0 ] || return 0
  echo "$block_begin"
  cat "$@" 2>/dev/null
  echo "$block_end"
}

# Gives a file of authorities new content, if it is new; a link stays one.
rewrite() {
  [ "$(cat "$1" 2>/dev/null)" = "$(cat "$work/new")" ] && return
  { cat "$work/new" >"$1"; } 2>/dev/null || complain "cannot write $1"
}

# Whatever a tool did: a file of all authorities holds ours, and none that were.
complete_bundles() {
  rm -f "$result"
  bundle=
  for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt \
    /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem /etc/ssl/ca-bundle.pem /etc/ssl/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    [ -s "$file" ] || continue
    sed "/^$block_begin\$/,/^$block_end\$/d" "$file" >"$work/old"
    # What is all ours is made anew below.
    [ -s "$work/old" ] || continue
    # The last line may lack its end.
    [ -z "$(tail -c 1 "$work/old")" ] || echo >>"$work/old"
    authorities=$file
    complete
  done
  [ -z "$bundle" ] || return
  # A system without any store gets what the container trusts.
  authorities=/etc/ssl/certs/ca-certificates.crt
  mkdir -p "${authorities%/*}" 2>/dev/null
  : >"$work/old"
  cat "$SSL_CERT_FILE" ${SSL_CERT_DIR:+"$SSL_CERT_DIR"/*} "$work/$name"-*.crt 2>/dev/null |
    each_certificate print_pem >"$work/all"
  with_block "$work/all" <"$work/old" >"$work/new"
  rewrite "$authorities"
  [ -s "$authorities" ] && [ -z "$(lacking "$authorities")" ] && bundle=$authorities
}

complete() {
  # Paths of ours have no blanks.
  # shellcheck disable=SC2046
  with_block $(lacking "$work/old") <"$work/old" >"$work/new"
  rewrite "$authorities"
  [ -n "$bundle" ] || [ -n "$(lacking "$authorities")" ] || bundle=$authorities
}

install_in_system() {
  install_in_store
  complete_bundles
  if [ -z "$bundle" ]; then
    complain "no file of authorities holds the certificates; programs go by the container's variables"
  elif ! { echo "$bundle" >"$result"; } 2>/dev/null; then
    complain "cannot write $result"
  else
    chmod 644 "$result"
    say "$bundle has the certificates"
  fi
}

# Each key store of a JDK once, with the keytool that belongs to it.
java_stores() {
  java=$(command -v java 2>/dev/null) && java=$(readlink -f "$java") && java=${java%/bin/java}
  seen=$line_break
  for home in "$JAVA_HOME" "$java" "${java%/jre}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    /usr/local/openjdk* /usr/local/jdk* /usr/local/sdkman/candidates/java/* "$HOME"/.sdkman/candidates/java/* \
    /home/*/.sdkman/candidates/java/*; do
    [ -n "$home" ] && [ -x "$home/bin/keytool" ] || continue
    for store in "$home/lib/security/cacerts" "$home/jre/lib/security/cacerts"; do
      store=$(readlink -f "$store" 2>/dev/null)
      case $seen in *"$line_break$store$line_break"*) continue ;; esac
      [ -s "$store" ] || continue
      seen=$seen$store$line_break
      echo "$home/bin/keytool"
      echo "$store"
    done
  done
}

key_tool() {
  command=$1
  shift
  run "$keytool" "$command" -keystore "$store" -storepass changeit "$@"
}

install_in_java() {
  java_stores >"$work/java-stores"
  while read -r keytool && read -r store; do
    key_tool -list -rfc || continue
    cp "$work/log" "$work/java-list"
    failed=
    # Hooks of distributions add what they are told of, under names of their own, and take nothing out.
    aliases=$(sed -n "s/^Alias name: \(.*$name-[0-9a-f]*.*\)$carriage_return*\$/\1/p" "$work/java-list")
    for alias in $aliases; do
      number=${alias#*"$name"-}
      [ -e "$work/$name-${number%%[!0-9a-f]*}.crt" ] || key_tool -delete -alias "$alias" || failed=1
    done
    for file in $(lacking "$work/java-list"); do
      alias=${file##*/}
      key_tool -importcert -noprompt -alias "${alias%.crt}" -file "$file" || failed=1
    done
    [ -n "$failed" ] || say "$store has the certificates"
  done <"$work/java-stores"
}

main() {
  [ "$(id -u)" = 0 ] || { complain "not root: nothing is changed"; return; }
  rm -f "$result" 2>/dev/null
  work=$(mktemp -d) || { complain "no place for temporary files: nothing is changed"; return; }
  trap 'rm -rf "$work"' EXIT
  for digest in cksum md5sum sha256sum; do
    ! has "$digest" || break
  done
  read_source || return
  case $wanted in *" system "*) install_in_system ;; esac
  case $wanted in *" java "*) install_in_java ;; esac
}

# In a shell of its own: one that ends at an error, such as of a redirection, ends alone.
(
  PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  LC_ALL=C
  export PATH LC_ALL
  umask 022
  main
)
exit 0
