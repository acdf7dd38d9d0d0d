if [ -z "${PRECEDENT_INSTALL:-}" ]; then
  echo "error: PRECEDENT_INSTALL in @FILE@ is empty: write there the command that installs Precedent" >&2
  exit 1
fi
sh -c "$PRECEDENT_INSTALL"
