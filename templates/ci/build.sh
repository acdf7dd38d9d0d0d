export PATH="$HOME/.cargo/bin:$HOME/.local/bin:$PATH"
set -- --dest-dir @OUT@@FOR@
if [ -n "${SITE_URL:-}" ]; then set -- "$@" --site-url "$SITE_URL"; fi
precedent build "$@" '@BOOK@'
