#!/usr/bin/env bash
# Any CI: measures, judges, and exits with the code of the gate. Needs Java 17, git, and plumb on the PATH.
#
#   COMMIT, BRANCH, BASE   the commit under test, its branch, and the target branch; git has the first two
#   HISTORY                the history's file, kept between runs: .plumbline/history.db
set -uo pipefail

./run-benchmarks || exit 2

plumb check results \
    --store "${HISTORY:-.plumbline/history.db}" \
    ${COMMIT:+--commit "$COMMIT"} ${BRANCH:+--branch "$BRANCH"} --base "${BASE:-main}" \
    -o report.json -o results.xml
code=$?

case $code in
    0) echo 'the gate is open' ;;
    1) echo 'the gate failed' ;;
    3) echo 'nothing can be decided; run this again, or give plumb check a command with --confirm' ;;
    *) echo 'plumb could not judge; see above' ;;
esac
exit "$code"
