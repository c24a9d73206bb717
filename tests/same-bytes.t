#!/bin/sh
# The same input and seed give the same bytes with any compiler and optimisation. Looks at the builds in BUILDS.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export XDG_DATA_HOME="$dir" HOME="$dir"
n=0 failed=0
first=${BUILDS%% *}
for ask in "assess --format json" "assess --format json --as-of 2019-06-30 --seed 7" "assess --lang de" "expect" \
    "explain us-korea --format json" "assess tests/packages/river-pact --format json"; do
  # shellcheck disable=SC2086
  build/"$first"/entente $ask >"$dir/first"
  for b in ${BUILDS#* }; do
    n=$((n + 1))
    # shellcheck disable=SC2086
    build/"$b"/entente $ask >"$dir/other"
    if [ -s "$dir/first" ] && cmp -s "$dir/first" "$dir/other"; then
      echo "ok $n - $b gives the bytes of $first: $ask"
    else
      echo "not ok $n - $b gives the bytes of $first: $ask"
      failed=1
    fi
  done
done
echo "1..$n"
exit $failed
