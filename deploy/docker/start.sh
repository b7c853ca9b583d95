#!/bin/sh
# Starts the process that $APP names, in place of this shell, so that signals reach it.
set -eu

case "${APP:?which process to start: a folder of apps/}" in
  ui)
    cd /app/apps/ui
    exec node /app/node_modules/next/dist/bin/next start --hostname 0.0.0.0 --port "${PORT:-3000}"
    ;;
  shop)
    cd "${SELFHEAL_TARGETS:?the work tree of the shop}"
    exec node /app/libs/runner/dist/main.js -- node --import @selfheal/emitter/register src/server.ts
    ;;
  prepare-shop)
    exec /bin/sh /app/deploy/docker/prepare-shop.sh
    ;;
  *)
    exec node --enable-source-maps "/app/apps/$APP/dist/main.js"
    ;;
esac
