#!/usr/bin/env bash
# How often plumb pr finds a planted slowdown of 5 % in one JMH benchmark of a small library, and how often it closes
# the gate for a change that changes nothing:
#
#   bench/pr-figures.sh slower|same COUNT [WORK]
#
# The library is examples/demo/tally. "slower" encodes a twentieth of the text once more in RunLength; "same" adds a
# method that nobody calls to two classes, so that the jars differ and the speed does not. Prints one line for each
# run: its exit code, seconds of wall time, and the verdicts of the leading metrics that are not "unchanged".
#
# Settings, from the environment:
#   PLUMB         the program; ./plumb of this checkout unless set
#   MEASURE_WITH  a command that measures quietly, such as "taskset -c 1"; nothing unless set
#   JMH_OPTIONS   of each fork
#   BUDGET        of each run; 5m unless set
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
kind=${1:?slower or same} count=${2:?how often} work=${3:-}
[[ $kind == slower || $kind == same ]] || { echo "slower or same, not $kind" >&2; exit 2; }
if [[ -z $work ]]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
read -ra plumb <<<"${PLUMB:-$root/plumb}"
read -ra measure_with <<<"${MEASURE_WITH:-}"
read -a jmh_options <<<"${JMH_OPTIONS:--wi 2 -w 150ms -i 3 -r 100ms -jvmArgs -Xms64m\ -Xmx64m\ -XX:+UseSerialGC}"

repository=$work/tally
if [[ ! -d $repository/.git ]]; then
    mkdir -p "$repository"
    cp -r "$root/examples/demo/tally/." "$repository"
    cd "$repository"
    rm -rf target
    # a jar that names JMH's own jars, which lie where the build's first run leaves them
    mvn -q -B package
    cp -r target/lib "$work/lib" 2>/dev/null || true
    rm -rf target
    cat >build.sh <<'BUILD'
set -e
generator=$(find "$HOME/.m2" -name 'jmh-generator-annprocess-1.37.jar' | head -n 1)
rm -rf target
mkdir -p target/classes
javac -nowarn -d target/classes --release 17 -cp "$1/*" -processorpath "$generator:$(echo "$1"/*.jar | tr ' ' :)" \
    $(find src/main/java -name '*.java') 2>/dev/null
{
    echo 'Main-Class: org.openjdk.jmh.Main'
    printf 'Class-Path:'
    for jar in "$1"/*.jar; do printf ' file:%s\n ' "$jar"; done
    echo
} | sed 's/ $//; /^ *$/d' >target/manifest
jar cfm target/benchmarks.jar target/manifest -C target/classes .
BUILD
    git init -q -b main
    git config user.name Tally
    git config user.email tally@example.org
    git add -A
    git commit -qm 'A library that counts and cuts text'
    library=src/main/java/dev/plumbline/examples/tally
    git checkout -qb slower
    perl -0pi -e "$(cat <<'EDIT'
s/(    public static String encode\(String text\) \{\n)/$1
        String again = encoded(text.substring(0, text.length() \/ 20));
        return again.isEmpty() ? again : encoded(text);
    }

    private static String encoded(String text) {
/
EDIT
    )" "$library/RunLength.java"
    git commit -qam 'RunLength: a twentieth of the work twice'
    git checkout -qb same main
    for class in RunLength WordCount; do
        perl -0pi -e 's/(    private \w+\(\) \{\}\n)/$1\n    static int unused() {\n        return 7;\n    }\n/' \
            "$library/$class.java"
    done
    git commit -qam 'A method that nobody calls'
fi
cd "$repository"
for ((i = 1; i <= count; i++)); do
    begin=$(date +%s.%N)
    code=0
    "${measure_with[@]}" "${plumb[@]}" pr --base main --head "$kind" --budget "${BUDGET:-5m}" --seed "$RANDOM" --json \
        --build "sh build.sh '$work/lib'" --jmh target/benchmarks.jar -- "${jmh_options[@]}" \
        >"$work/answer.json" 2>"$work/errors.txt" || code=$?
    printf '%s exit %s, %.0f s:' "$kind" "$code" "$(echo "$(date +%s.%N) - $begin" | bc)"
    [[ $code -le 1 || $code == 3 ]] || cat "$work/errors.txt"
    node -e '
        const answer = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
        for (const finding of answer.findings || [])
            if (finding.verdict !== "UNCHANGED")
                process.stdout.write(` ${finding.benchmark.split(".").pop()} ${finding.metric} ${finding.verdict}`);
        console.log();' "$work/answer.json" || echo
done
