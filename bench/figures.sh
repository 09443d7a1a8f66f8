#!/usr/bin/env bash
# Measures whole commands: processor time, wall time and peak memory of ./plumb from a cold process.
#
#   bench/figures.sh             the table, on made-up results that are the same every time
#   bench/figures.sh --large     also a JMH file of 1 GB (needs 1.1 GB under TMPDIR, takes minutes)
#
# Settings, all optional:
#   PLUMBLINE_DATA   a folder with history/github-action-benchmark/*.js, real histories to record as well
#   TMPDIR           where the data lies while this runs; everything is removed at the end
#
# Needs GNU time (/usr/bin/time) and Python 3. Wall times mean something only on a quiet machine; the load is printed.
set -euo pipefail
home=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
[[ -x /usr/bin/time ]] || { echo 'figures: /usr/bin/time is missing (Debian: apt-get install time)' >&2; exit 2; }
large=no
case ${1-} in
    '') ;;
    --large) large=yes ;;
    *) echo "figures: unknown argument $1" >&2; exit 2 ;;
esac
work=$(mktemp -d "${TMPDIR:-/tmp}/plumb-figures.XXXXXX")
trap 'rm -rf -- "$work"' EXIT

"$home/plumb" --help >/dev/null # builds, and makes the archive for fast starts
export PLUMB_BUILD=never
plumb=$home/plumb

python3 - "$work" "$large" <<'PYTHON'
import json, os, random, sys, time
work, large = sys.argv[1:]

def runs(folder, benchmarks, count):
    """Result files with 2 % noise around levels that never change."""
    os.makedirs(folder)
    random.seed(7)
    levels = [random.uniform(1, 1000) for _ in range(benchmarks)]
    for run in range(1, count + 1):
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_700_000_000 + 3600 * run))
        with open(f"{folder}/run-{run:04}.csv", "w") as file:
            file.write("benchmark,unit,value,revision,branch,time,environment\n")
            for number, level in enumerate(levels):
                value = level * (1 + random.gauss(0, 0.02))
                file.write(f"bench{number:04},ms,{value:.6g},{run:040x},main,{at},figures\n")

runs(f"{work}/wide", 1000, 301)
runs(f"{work}/long", 20, 501)
for folder in "wide", "long":
    os.makedirs(f"{work}/{folder}-new")
    last = sorted(os.listdir(f"{work}/{folder}"))[-1]
    os.rename(f"{work}/{folder}/{last}", f"{work}/{folder}-new/run.csv")

random.seed(8)
with open(f"{work}/series.jsonl", "w") as file:
    for number in range(20):
        values = [round(100 * (1 + random.gauss(0, 0.02)) + (10 if i >= 250 and number % 4 == 0 else 0), 4)
                  for i in range(500)]
        file.write(json.dumps({"id": f"series{number}", "unit": "ms", "better": "lower", "values": values}) + "\n")

if large == "yes":
    random.seed(9)
    values = ", ".join(f"{random.gauss(100, 2):.6f}" for _ in range(10_000))
    fork = "[" + values + "]"
    with open(f"{work}/large.json", "w") as file:
        size = number = 0
        file.write("[")
        while size < 1_000_000_000:
            text = ("," if number else "") + (
                '\n{"jmhVersion": "1.37", "benchmark": "org.example.Large.b%05d", "mode": "avgt", "threads": 1,'
                ' "forks": 5, "warmupIterations": 1, "measurementIterations": 10000, "primaryMetric": {"score": 100.0,'
                ' "scoreError": 0.1, "scoreUnit": "us/op", "rawData": [%s]}, "secondaryMetrics": {}}'
                % (number, ", ".join([fork] * 5)))
            size += len(text)
            number += 1
            file.write(text)
        file.write("\n]\n")
PYTHON

printf '%-50s %8s %8s %9s %6s %5s\n' command 'cpu s' 'wall s' 'peak MB' load code
# Runs a command and prints a row; what the command says goes to a file, and its exit code into the last column.
figure() {
    local name=$1 user system wall peak code=0 load
    shift
    read -r load _ </proc/loadavg 2>/dev/null || load='?'
    /usr/bin/time -q -o "$work/time" -f '%U %S %e %M' "$@" >"$work/out" 2>"$work/err" || code=$?
    if ((code > 1)); then
        cat -- "$work/err" >&2
        exit "$code"
    fi
    read -r user system wall peak <"$work/time"
    awk -v name="$name" -v cpu="$user" -v kernel="$system" -v wall="$wall" -v peak="$peak" -v load="$load" \
        -v code="$code" 'BEGIN { printf "%-50s %8.2f %8.2f %9.0f %6s %5d\n", name, cpu + kernel, wall, peak / 1024, load, code }'
}
cd -- "$work" # no repository: git has nothing to tell

figure '--help' "$plumb" --help
figure 'analyze, 20 series x 500 points' "$plumb" analyze --json series.jsonl
figure 'record 300 runs x 1,000 benchmarks' "$plumb" record --store wide.db wide
cp wide.db wide-2.db
cp wide.db wide-3.db
figure 'record 1 run x 1,000 benchmarks after them' "$plumb" record --store wide-2.db wide-new/run.csv
figure 'check 1 run x 1,000 benchmarks after them' "$plumb" check --store wide.db wide-new/run.csv
# From a finished measurement to the comment: a server on this machine answers at once, as GitHub's comments and checks.
python3 - "$work" <<'PYTHON' &
import http.server, json, pathlib, sys
work = pathlib.Path(sys.argv[1])

class GitHub(http.server.BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.command == "POST":
            (work / "posted").open("a").write(f"{self.path} {len(body)}\n")
        pull = {"number": 7, "head": {"sha": "a" * 40}}
        text = json.dumps([] if self.path.find("/comments") > 0 and self.command == "GET" else {"id": 1, **pull}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
    do_GET = do_POST = do_PATCH = answer
    def log_message(self, *arguments):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), GitHub)
(work / "port.part").write_text(str(server.server_port))
(work / "port.part").rename(work / "port")
server.serve_forever()
PYTHON
github=$!
trap 'kill "$github" 2>/dev/null; rm -rf -- "$work"' EXIT
while [[ ! -s port ]]; do sleep 0.1; done
printf '{"pull_request": {"number": 7, "head": {"sha": "%040d"}}}' 0 | tr 0 a >event.json
figure 'check 1 run x 1,000, comment and check on GitHub' \
    env GITHUB_API_URL="http://127.0.0.1:$(<port)" GITHUB_REPOSITORY=o/r GITHUB_TOKEN=ghs_x GITHUB_SHA="$(printf '%040d' 0)" \
    GITHUB_EVENT_PATH="$work/event.json" "$plumb" check --store wide-3.db wide-new/run.csv --publish github-comment,github-check
grep -q 'issues/7/comments' posted || { cat err >&2; exit 1; }
figure 'report of 1 run x 1,000 after them, HTML' "$plumb" report --store wide.db -o report.html
figure 'executive summary, 90 days of 1,000 x 301, HTML' \
    "$plumb" report --store wide.db --kind executive --since 2023-10-01 --until 2023-12-30 -o executive.html
figure 'incidents of 1,000 x 301' "$plumb" incidents --store wide.db
figure 'dashboard of 1,000 x 301' "$plumb" dashboard --store wide.db -o dashboard.html
"$plumb" record --store long.db long >/dev/null 2>&1
figure 'check 1 run x 20 benchmarks after 500 runs' "$plumb" check --store long.db long-new/run.csv
real=${PLUMBLINE_DATA:-}/history/github-action-benchmark
if [[ -n ${PLUMBLINE_DATA:-} && -d $real ]]; then
    # What is left after the same command on one measurement is the work behind the start-up.
    printf '%s' 'window.BENCHMARK_DATA = {"entries": {"suite": [{"commit": {"id": "c1", "timestamp": "2026-01-01T12:00:00Z"},
        "date": 1767000000000, "tool": "cargo", "benches": [{"name": "a", "value": 12.5, "unit": "ns/iter"}]}]}}' >one.js
    figure 'record one measurement: the start-up alone' "$plumb" record --store one.db one.js
    figure 'record real github-action-benchmark histories' "$plumb" record --store real.db "$real"/*.js
    tail -n 1 -- "$work/out"
fi
if [[ $large == yes ]]; then
    figure 'record a JMH file of 1 GB, heap 256 MB' \
        "$plumb" record --store large.db large.json
    tail -n 1 -- "$work/out"
fi
