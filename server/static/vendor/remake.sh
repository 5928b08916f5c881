#!/bin/sh
# Maintainers only: makes the vendored scripts and VENDOR.toml again from the npm packages below.
# Needs node and npm; contributors and halls need neither. The same versions give the same bytes.
set -eu

lit=3.3.3
socket_io=4.8.4
esbuild=0.28.2

vendor=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
cd "$build"

npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts \
  "lit@$lit" "socket.io-client@$socket_io" "esbuild@$esbuild"

cat >entry.js <<'JS'
export { LitElement, html, svg, nothing, render } from "lit";
export { classMap } from "lit/directives/class-map.js";
export { keyed } from "lit/directives/keyed.js";
export { repeat } from "lit/directives/repeat.js";
JS
npx esbuild entry.js --bundle --minify --format=esm --target=es2021 --legal-comments=eof \
  --log-level=warning --outfile="$vendor/lit.js"
# The package's own module, less the pointer to a source map that is not shipped.
sed '/^\/\/# sourceMappingURL=/d' node_modules/socket.io-client/dist/socket.io.esm.min.js \
  >"$vendor/socket.io.js"
cp node_modules/lit/LICENSE "$vendor/lit.LICENSE"
cp node_modules/socket.io-client/LICENSE "$vendor/socket.io.LICENSE"

entry() { # name version licence file
  printf '\n[[script]]\nname = "%s"\nversion = "%s"\nlicence = "%s"\nfile = "%s"\nsha256 = "%s"\n' \
    "$1" "$2" "$3" "$4" "$(sha256sum "$vendor/$4" | cut -d" " -f1)"
}
{
  echo "# Scripts of others that pages load, as remake.sh made them."
  entry lit "$lit" BSD-3-Clause lit.js
  entry socket.io-client "$socket_io" MIT socket.io.js
} >"$vendor/VENDOR.toml"
