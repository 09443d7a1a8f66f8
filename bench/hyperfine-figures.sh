#!/usr/bin/env bash
# Whether plumb run reproduces hyperfine's mean: five commands, each measured by hyperfine, by plumb and by hyperfine
# again, all three with their defaults. Says for each round whether the mean of hyperfine's executions lies in the
# interval that plumb states:
#
#   bench/hyperfine-figures.sh [ROUNDS]
#
# What a command prints goes into a file for both: plumb keeps it for the message of a failure, and hyperfine would
# throw it away, which a command that prints much is quicker with. Hyperfine's two runs beside each other tell how much
# the machine itself drifts. PLUMB names the program; ./plumb of this checkout unless set.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${1:-5}
read -ra plumb <<<"${PLUMB:-$root/plumb}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
head -c 20000000 /dev/zero | openssl enc -aes-128-ctr -K 0 -iv 0 2>/dev/null >data
awk 'BEGIN { srand(1); for (i = 0; i < 70000; i++) printf "%.0f\n", 1e18 * rand() }' >numbers
commands=('sleep 0.02' 'sort numbers' 'python3 -c pass' 'sha256sum data' 'gzip -1 -k -c numbers')
within=0 all=0
for ((round = 1; round <= rounds; round++)); do
    for command in "${commands[@]}"; do
        hyperfine -N -w 5 --output ./printed --export-json before.json --style none "$command" >/dev/null 2>&1
        # shellcheck disable=SC2086 # the words of a command
        "${plumb[@]}" run -q -w 5 --no-record -- $command >plumb.txt 2>/dev/null
        hyperfine -N -w 5 --output ./printed --export-json after.json --style none "$command" >/dev/null 2>&1
        answer=$(node -e '
            const fs = require("fs");
            const times = file => JSON.parse(fs.readFileSync(file, "utf8")).results[0].times;
            const mean = values => 1e3 * values.reduce((sum, value) => sum + value, 0) / values.length;
            const [before, after] = [times("before.json"), times("after.json")];
            const table = fs.readFileSync("plumb.txt", "utf8");
            const row = /\stime\s+([0-9.,]+) (\S+)\s+([0-9.]+) %.* ([0-9,]+)\n/.exec(table);
            const factor = { s: 1e3, ms: 1, "µs": 1e-3 }[row[2]];
            const [level, half] = [factor * Number(row[1].replaceAll(",", "")), Number(row[3]) / 100];
            const theirs = mean(before.concat(after));
            const inside = Math.abs(theirs - level) <= half * level;
            console.log(`hyperfine ${mean(before).toFixed(2)} and ${mean(after).toFixed(2)} ms `
                + `(${before.length + after.length}), `
                + `plumb ${level} ms ± ${(half * level).toFixed(2)} (${row[4]}), `
                + `${(theirs - level).toFixed(2)} ms apart: ${inside ? "inside" : "OUTSIDE"}`);
        ')
        all=$((all + 1))
        [[ $answer == *OUTSIDE ]] || within=$((within + 1))
        printf '%-24s %s\n' "$command" "$answer"
    done
done
printf 'hyperfine'\''s mean inside the interval: %d of %d\n' "$within" "$all"
