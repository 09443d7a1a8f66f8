#!/usr/bin/env bash
# How often plumb bisect finds the commit that made a benchmark 10 % slower, among 64 commits and with 3 % noise, and
# how many runs it takes; a bisection with ten runs a step takes 60, and 20 more to know the ends:
#
#   bench/bisect-figures.sh [COUNT [FIRST-SEED]]
#
# Each time a git repository is made whose benchmark is a script that writes 100 or 110 ms with normal noise drawn from
# a seed; every eighth commit does not build. PLUMB names the program; ./plumb of this checkout unless set.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
count=${1:-20} first=${2:-1}
read -ra plumb <<<"${PLUMB:-$root/plumb}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
right=0 runs=0
for ((seed = first; seed < first + count; seed++)); do
    repository=$work/$seed
    mkdir "$repository"
    cd "$repository"
    culprit=$(awk -v seed="$seed" 'BEGIN { srand(seed * 7919); rand(); print 1 + int(64 * rand()) }')
    echo 0 >"$work/drawn"
    git init -q -b main
    {
        for ((i = 0; i <= 64; i++)); do
            level=100
            ((i < culprit)) || level=110
            # the culprit and the one before it build, so that the answer is one commit
            builds=true
            ((i % 8 != 5 || i == culprit || i == culprit - 1)) || builds=false
            cat <<STREAM
commit refs/heads/main
committer Someone <someone@example.org> $((1790000000 + 60 * i)) +0000
data <<END
commit $i
END
M 100644 inline bench.sh
data <<END
drawn=\$(cat '$work/drawn')
echo \$((drawn + 1)) >'$work/drawn'
awk -v seed=\$(($seed * 100003 + drawn)) 'BEGIN {
    srand(seed); rand(); rand()
    noise = sqrt(-2 * log(1 - rand())) * cos(6.283185307 * rand())
    printf "benchmark,metric,value,unit\nwork,time,%.6f,ms\n", $level * (1 + 0.03 * noise)
}' >out.csv
END
M 100644 inline build.sh
data <<END
$builds
END

STREAM
        done
    } | git fast-import --quiet
    git checkout -q main
    code=0
    "${plumb[@]}" bisect --good "main~64" --bad main --build 'sh build.sh' --json work \
        --result out.csv -c 'sh bench.sh' \
        >"$work/answer.json" 2>"$work/errors" || code=$?
    read -r found spent < <(node -e '
        const answer = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
        console.log(answer.culprits.join("+") || "none", answer.runs)' "$work/answer.json" || echo failed 0)
    expected=$(git rev-parse "main~$((64 - culprit))")
    verdict=wrong
    if [[ $found == "$expected" ]]; then
        verdict=right
        right=$((right + 1))
    fi
    runs=$((runs + spent))
    echo "seed $seed: exit $code, culprit $culprit $verdict, $spent runs"
    cat "$work/errors"
done
echo "$right of $count right, $((runs / count)) runs on average"
