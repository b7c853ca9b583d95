#!/bin/sh
# Gives the demo's shop a git work tree of its own: the target that heals act on. What is there already stays: it may
# have been healed. To start over, remove the volume: docker compose down --volumes
set -eu

into=${SELFHEAL_TARGETS:?where the work tree goes}
if [ -d "$into/.git" ]; then
  echo "the shop is at $(git -C "$into" log -1 --format='%h %s')"
  exit 0
fi

mkdir -p "$into"
# The fault catalogue is ours, and dependencies are found above: neither is part of the shop.
tar -C /app/apps/shop --exclude=./faults --exclude=./node_modules -cf - . | tar -C "$into" -xf -
[ -f "$into/.gitignore" ] || printf 'node_modules\n.selfheal\n' >"$into/.gitignore"
git -C "$into" init --quiet --initial-branch=main
git -C "$into" add --all
git -C "$into" -c user.name=selfheal -c user.email=selfheal@localhost commit --quiet --message 'The shop as it was delivered'
echo "the shop is at $(git -C "$into" log -1 --format='%h %s')"
