#!/bin/sh
# Hands variables on to what sshd, cron and `su -` start: those named, with the values that they have here, in a block of
# /etc/environment that each call replaces. Envbuilder runs it as root at every start. It says what it cannot do and never
# fails.
#
#   etc-environment.sh NAME...

file=/etc/environment
block_begin='# workspace: begin'
block_end='# workspace: end'
line_break='
'

complain() { echo "environment: $*" >&2; }

block() {
  echo "$block_begin"
  for name; do
    eval "value=\${$name-}"
    case $value in
      '') ;;
      *"$line_break"*) complain "$name has several lines, which $file cannot hold; left out" ;;
      *) printf '%s\n' "$name=$value" ;;
    esac
  done
  echo "$block_end"
}

main() {
  [ "$(id -u)" = 0 ] || { complain "not root: nothing is changed"; return; }
  old=$(sed "/^$block_begin\$/,/^$block_end\$/d" "$file" 2>/dev/null)
  new=${old:+$old$line_break}$(block "$@")
  [ "$(cat "$file" 2>/dev/null)" = "$new" ] && return
  { printf '%s\n' "$new" >"$file"; } 2>/dev/null || complain "cannot write $file"
}

# In a shell of its own: one that ends at an error ends alone.
(
  umask 022
  main "$@"
)
exit 0
