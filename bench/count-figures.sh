#!/usr/bin/env bash
# How much the counts of a program differ on a busy machine, and how often one per cent more work is found by one
# execution on each side:
#
#   bench/count-figures.sh [TIMES [BURNERS]]
#
# Counts four programs TIMES (20) times beside BURNERS (2) busy loops, each time in three measurements of one execution:
# the program, the program again, and the program with an input that is a per cent larger. Prints, for each program, how
# far the counts (and, for comparison, the times) of the first measurements lie apart, how much more work the larger
# input is, and how often plumb compare calls the second and the third a regression. The exit code is 1 when the counts
# of a program differ by more than 0.1 %, one per cent is missed, or equal programs are called.
#
# Settings, from the environment:
#   PLUMB    the program; ./plumb of this checkout unless set
#   COUNTER  perf or valgrind; what plumb run --count chooses unless set
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
times=${1:-20} burners=${2:-2}
for number in "$times" "$burners"; do
    [[ $number =~ ^[0-9]{1,4}$ ]] || { sed -n '5p' "${BASH_SOURCE[0]}" >&2; exit 2; }
done
read -ra plumb <<<"${PLUMB:-$root/plumb}"
counter=(${COUNTER:+--counter "$COUNTER"})
work=$(mktemp -d)
burning=()
finish() {
    ((${#burning[@]} == 0)) || kill "${burning[@]}" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
cd "$work"

programs=(awk sort gzip sed)
# numbers that look random and are the same each time
numbers() { awk -v n="$1" 'BEGIN { s = 1; for (i = 0; i < n; i++) { s = (s * 16807) % 2147483647; print s } }'; }
numbers 4000 >input
numbers 4040 >larger
measure() { # measure FILE INPUT OPTION…
    local file=$1 input=$2
    shift 2
    "${plumb[@]}" run -q -r 1 --no-record --json "$@" \
        -n awk -c "awk '{ x += \$1 * \$1; n[\$1 % 100]++ } END { print x }' $input" \
        -n sort -c "LC_ALL=C sort $input" \
        -n gzip -c "gzip -c -n $input" \
        -n sed -c "LC_ALL=C sed -e 's/1\\([0-9]\\)/\\1x/g' $input" >"$file" 2>>messages || { cat messages >&2; exit 2; }
}
# value FILE PROGRAM METRIC
value() {
    awk -v program="\"$2\"," -v metric="\"$3\"," '
        $1 == "\"benchmark\":" { here = $2 == program }
        $1 == "\"metric\":" { wanted = here && $2 == metric }
        $1 == "\"values\":" && wanted { print $4; exit }' "$1"
}
# verdict FILE PROGRAM
verdict() {
    awk -v program="\"$2\"," '
        $1 == "\"benchmark\":" { here = $2 == program }
        $1 == "\"metric\":" { wanted = here && $2 == "\"instructions\"," }
        $1 == "\"verdict\":" && wanted { gsub(/[",]/, "", $2); print $2; exit }' "$1"
}
apart() { sort -g | awk 'NR == 1 { least = $1 } { most = $1 } END { printf "%.4f", 100 * (most / least - 1) }'; }

for ((i = 0; i < burners; i++)); do
    timeout 3600 sh -c 'while :; do :; done' &
    burning+=($!)
done
for ((i = 1; i <= times; i++)); do
    measure "base.$i" input --count=instructions "${counter[@]}"
    measure "same.$i" input --count=instructions "${counter[@]}"
    measure "more.$i" larger --count=instructions "${counter[@]}"
    measure "time.$i" input
    for kind in same more; do
        "${plumb[@]}" compare --json "base.$i" "$kind.$i" >"$kind.$i.json" 2>>messages || (($? != 2)) ||
            { cat messages >&2; exit 2; }
    done
done

printf '%s, %s executions each, beside %s busy loops\n' \
    "$(sed -n 's/.*"counted by": "\(.*\)",/\1/p' base.1)" "$times" "$burners"
printf '%-8s %14s %14s %12s %12s %12s %14s\n' \
    program instructions 'apart by, %' 'times, %' 'planted, %' 'found' 'equal, called'
failed=0
for program in "${programs[@]}"; do
    counts=$(for ((i = 1; i <= times; i++)); do value "base.$i" "$program" instructions; done)
    counted=$(apart <<<"$counts")
    timed=$(for ((i = 1; i <= times; i++)); do value "time.$i" "$program" time; done | apart)
    planted=$(awk -v a="$(value base.1 "$program" instructions)" -v b="$(value more.1 "$program" instructions)" \
        'BEGIN { printf "%.2f", 100 * (b / a - 1) }')
    found=0 called=0
    for ((i = 1; i <= times; i++)); do
        [[ $(verdict "more.$i.json" "$program") != REGRESSED ]] || found=$((found + 1))
        [[ $(verdict "same.$i.json" "$program") == UNCHANGED ]] || called=$((called + 1))
    done
    printf '%-8s %14.0f %14s %12s %12s %12s %14s\n' "$program" "$(head -n 1 <<<"$counts")" "$counted" "$timed" \
        "$planted" "$found of $times" "$called of $times"
    awk -v apart="$counted" 'BEGIN { exit !(apart <= 0.1) }' && ((found == times && called == 0)) || failed=1
done
exit "$failed"
