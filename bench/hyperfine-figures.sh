#!/usr/bin/env bash
# Whether plumb run reproduces hyperfine's mean: five commands, each measured by hyperfine, by plumb and by hyperfine
# again, with their defaults and five warm-up executions. Says for each round whether the mean of hyperfine's executions
# lies in the interval that plumb states, and at the end how far apart the two are on average, and how often hyperfine's
# second mean lies as near to its own first:
#
#   bench/hyperfine-figures.sh [ROUNDS]
#
# The commands print a line at most: hyperfine throws away what is printed, plumb keeps it for the message of a failure,
# which takes longer. Hyperfine's two runs beside each other tell how much the machine itself drifts. PLUMB names the
# program; ./plumb of this checkout unless set.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${1:-5}
read -ra plumb <<<"${PLUMB:-$root/plumb}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
head -c 20000000 /dev/zero | openssl enc -aes-128-ctr -K 0 -iv 0 2>/dev/null >data
awk 'BEGIN { srand(1); for (i = 0; i < 70000; i++) printf "%.0f\n", 1e18 * rand() }' >numbers
gzip -k numbers
commands=('sleep 0.02' 'sort numbers -o /dev/null' 'python3 -c pass' 'sha256sum data' 'gzip -t numbers.gz')
for ((round = 1; round <= rounds; round++)); do
    for command in "${commands[@]}"; do
        hyperfine -N -w 5 --export-json before.json --style none "$command" >/dev/null 2>&1
        # shellcheck disable=SC2086 # the words of a command
        "${plumb[@]}" run -q -w 5 --no-record -- $command >plumb.txt 2>/dev/null
        hyperfine -N -w 5 --export-json after.json --style none "$command" >/dev/null 2>&1
        node -e '
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
            fs.appendFileSync("all.txt", [process.argv[1], inside ? 1 : 0, 100 * (level / theirs - 1),
                100 * (mean(after) / mean(before) - 1),
                Math.abs(mean(after) - mean(before)) <= half * level ? 1 : 0].join("\t") + "\n");
            console.log(`${process.argv[1].padEnd(26)} hyperfine ${mean(before).toFixed(2)} and `
                + `${mean(after).toFixed(2)} ms (${before.length + after.length}), `
                + `plumb ${level} ms ± ${(half * level).toFixed(2)} (${row[4]}), `
                + `${(level - theirs).toFixed(2)} ms apart: ${inside ? "inside" : "OUTSIDE"}`);
        ' "$command"
    done
done
node -e '
    const rows = require("fs").readFileSync("all.txt", "utf8").trim().split("\n").map(line => line.split("\t"));
    const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
    const told = (what, values) => {
        const middle = mean(values);
        const error = Math.sqrt(mean(values.map(value => (value - middle) ** 2)) / Math.max(1, values.length - 1));
        return `${what} ${middle.toFixed(2)} ± ${error.toFixed(2)} %`;
    };
    for (const command of new Set(rows.map(row => row[0]))) {
        const own = rows.filter(row => row[0] === command);
        console.log(`${command.padEnd(26)} inside in ${own.filter(row => row[1] === "1").length} of ${own.length}; `
            + `${told("plumb against hyperfine", own.map(row => Number(row[2])))}; `
            + `hyperfine against itself ${mean(own.map(row => Math.abs(Number(row[3])))).toFixed(2)} % apart`);
    }
    const count = column => rows.filter(row => row[column] === "1").length;
    console.log(`inside: ${count(1)} of ${rows.length}; hyperfine'\''s second mean as near to its first: ${count(4)}`);
'
