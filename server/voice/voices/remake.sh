#!/bin/sh
# Maintainers only: takes the voices and VOICES.toml again from the npm package below.
# Needs npm; contributors and halls do not. The same version gives the same bytes.
set -eu

version=1.2.1
integrity='sha512-oq0HZJWis3t8lERkMJh84WLU86dpYD0EuBPtqYnLlQzyFP1OkyBRDcweAqCfhNOpltyN9j/azp1H6uuC47gShw=='
voices='zf_xiaoxiao zf_xiaoyi zm_yunxi zm_yunyang af_heart'

here=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
cd "$build"

package=$(npm pack --silent "kokoro-js@$version")
found="sha512-$(openssl dgst -sha512 -binary "$package" | openssl base64 -A)"
if [ "$found" != "$integrity" ]; then
  echo "$package is not the package that was looked at" >&2
  exit 1
fi
tar xzf "$package"
cp package/LICENSE "$here/kokoro.LICENSE"
{
  echo "# Voices of the Kokoro-82M model, as remake.sh took them from kokoro-js $version."
  echo "# Each is 510 rows of 256 float32: the style for a sentence of so many sounds."
  for voice in $voices; do
    cp "package/voices/$voice.bin" "$here/"
    printf '\n[[voice]]\nname = "%s"\nlicence = "Apache-2.0"\nfile = "%s"\nsha256 = "%s"\n' \
      "$voice" "$voice.bin" "$(sha256sum "$here/$voice.bin" | cut -d" " -f1)"
  done
} >"$here/VOICES.toml"
