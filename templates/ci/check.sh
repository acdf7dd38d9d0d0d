export PATH="$HOME/.cargo/bin:$HOME/.local/bin:$PATH"
# In an old book, give the findings that matter `deny` in `[rules]` of book.toml, and take `--deny all` away.
set -- --deny all
if [ -n "${BASE:-}" ]; then
  git rev-parse --verify --quiet "origin/$BASE" > /dev/null || git fetch --quiet origin "+$BASE:refs/remotes/origin/$BASE"
  set -- "$@" --against "origin/$BASE"
  # What the change does to the book, for its reviewers. A hidden file is no page.
  precedent changes -C '@BOOK@' --against "origin/$BASE" --format markdown > .precedent-changes.md
fi
# Nothing that a stranger changes in the settings or the theme has an effect.
if [ "${FORK:-}" = true ]; then set -- "$@" --untrusted; fi
precedent check "$@" '@BOOK@'
