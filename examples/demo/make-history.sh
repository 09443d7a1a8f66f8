#!/usr/bin/env bash
# Measures every commit of the example library and writes the results of JMH beside this script:
#
#   history/NN-COMMIT.json   one file for each commit of main, oldest first
#   candidate.json           the branch tidy-fields, measured once
#   confirm.json             the same commit, measured again
#   history.csv              which file belongs to which commit, branch and time
#
# The library's repository is built from tally/ (the first commit) and patches/ (all others) with fixed names and times,
# so that the commits have the same ids everywhere. It needs git, Java 17 and Maven, and takes about 20 minutes.
#
# Settings, all from the environment:
#   WORK          where the repository is built; a new directory unless set, which is removed at the end
#   MEASURE_WITH  a command that runs builds and measurements quietly, such as "taskset -c 1"; nothing unless set
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ -z ${WORK:-} ]]; then
    WORK=$(mktemp -d)
    trap 'rm -rf "$WORK"' EXIT
fi
read -ra measure_with <<<"${MEASURE_WITH:-}"

repository=$WORK/tally
mkdir -p "$repository"
cp -r "$here/tally/." "$repository"
cd "$repository"
export GIT_COMMITTER_NAME=Tally GIT_COMMITTER_EMAIL=tally@example.org GIT_CONFIG_GLOBAL=/dev/null
git init -q -b main
git config core.autocrlf false
git add -A
GIT_COMMITTER_DATE=2026-10-05T16:10:00Z git commit -q --author='Tally <tally@example.org>' \
    --date=2026-10-05T16:10:00Z -m 'A library that counts and cuts text'
for patch in "$here"/patches/*.patch; do
    if [[ $patch == *-Cut-the-spaces-* ]]; then
        git checkout -q -b tidy-fields
    fi
    git am -q --committer-date-is-author-date "$patch"
done

# measure FILE: builds what is checked out and writes JMH's results without their indentation
measure() {
    rm -rf target
    "${measure_with[@]}" mvn -q -B package
    # JMH's own process compiles simply, so that its compiler never runs beside a measurement; the forks are not told so
    "${measure_with[@]}" java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
        -cp 'target/classes:target/lib/*' org.openjdk.jmh.Main \
        -f 5 -wi 2 -w 200ms -i 3 -r 100ms -prof gc \
        -jvmArgs '-Xms64m -Xmx64m -Xmn2m -XX:+UseSerialGC' \
        -rf json -rff "$WORK/results.json" >"$WORK/jmh.log" 2>&1
    perl -0pe 's/\n {5,}//g; s/: \[\n\s*/:[/g' "$WORK/results.json" >"$1"
}

# line FILE BRANCH: what the manifest says of the commit that is checked out
line() {
    printf '%s,%s,%s,%s\n' "$1" "$(git rev-parse HEAD)" "$2" \
        "$(TZ=UTC git show -s --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd HEAD)"
}

mkdir -p "$here/history"
rm -f "$here"/history/*.json
echo 'file,commit,branch,time' >"$here/history.csv"
number=0
for commit in $(git rev-list --reverse main); do
    number=$((number + 1))
    git checkout -q "$commit"
    file=history/$(printf '%02d' "$number")-$(git rev-parse --short=7 HEAD).json
    echo "$file: $(git show -s --format=%s HEAD)" >&2
    measure "$here/$file"
    line "$file" main >>"$here/history.csv"
done
git checkout -q tidy-fields
for file in candidate.json confirm.json; do
    echo "$file: $(git show -s --format=%s HEAD)" >&2
    measure "$here/$file"
    line "$file" tidy-fields >>"$here/history.csv"
done
