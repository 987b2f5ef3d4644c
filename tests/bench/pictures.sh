#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Takes the README's pictures: pictures.sh BUILD TARGET. The window indexes the sample documents and saves itself.
set -euo pipefail
build=$1
target=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$target"
export XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache
for theme in light dark; do
    "$build/bin/lectern" --workspace "$work/$theme" --theme "$theme" \
        --when-done-save "$target/library-$theme.png" --when-done-quit "$build/share/lectern"
    echo "$target/library-$theme.png"
done
