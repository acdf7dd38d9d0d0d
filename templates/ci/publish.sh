if [ -n "${PRECEDENT_PUBLISH:-}" ]; then sh -c "$PRECEDENT_PUBLISH"; fi
