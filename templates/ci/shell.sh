#!/bin/sh
# Checks the book, or builds and publishes it: `sh @FILE@ check` before a merge, `sh @FILE@ publish`
# after it.
#
# For `check`, BASE may name the branch that a change goes to, and FORK=true says that it comes from a stranger.
set -eu
cd "$(dirname "$0")"

# The command that installs Precedent; `true` where it is there already.
PRECEDENT_INSTALL=@INSTALL@
# The command that publishes the folder `site`.
: "${PRECEDENT_PUBLISH:=}"
# The address at which the site stands: https://docs.example.org/
: "${SITE_URL:=}"

@install.sh@
@history.sh@
case "${1:-}" in
check)
  @check.sh@
  ;;
publish)
  @build.sh@
  @publish.sh@
  ;;
*)
  echo "usage: $0 check|publish" >&2
  exit 2
  ;;
esac
