#!/usr/bin/env bash
# The step of action.yml that checks: one run, several reports. What a user gave comes through the environment, never as
# text of this script: PATHS, EACH and ARGUMENTS (one on a line), FAIL_ON; and of the job: EVENT, HEAD, GITHUB_REPOSITORY.
set -euo pipefail

# Each step has a folder of its own: two steps of one job must not take each other's reports for theirs.
reports="${REPORTS:-}"
[[ -n $reports ]] || { mkdir -p "$RUNNER_TEMP" && reports="$(mktemp -d "$RUNNER_TEMP/crosscheck-reports.XXXXXX")"; }
mkdir -p "$reports"
# A run that writes no report leaves none of an earlier one.
rm -f "$reports/report.json" "$reports/report.md" "$reports/report.html" "$reports/report.sarif"

# A change from another repository, or from one that is gone, may bring a configuration that switches the check off: it is
# checked without any, and no argument names one.
if [[ ${EVENT:-} == pull_request* && ${HEAD:-} != "${GITHUB_REPOSITORY:-}" ]]; then
    ARGUMENTS="$(sed -e '/^--isolated$/d' -e '/^--config=/d' -e '/^--config$/{$!N;d}' <<<"${ARGUMENTS:-}")"$'\n--isolated'
fi

arguments=()
while IFS= read -r line; do
    [[ -n $line ]] && arguments+=("--each=$line")
done <<<"${EACH:-}"
while IFS= read -r line; do
    [[ -n $line ]] && arguments+=("$line")
done <<<"${ARGUMENTS:-}"
arguments+=("--fail-on=${FAIL_ON:-error}")
arguments+=("--output=json:$reports/report.json" "--output=markdown:$reports/report.md")
arguments+=("--output=html:$reports/report.html" "--output=sarif:$reports/report.sarif")
arguments+=(--format=github --)
while IFS= read -r line; do
    [[ -n $line ]] && arguments+=("$line")
done <<<"${PATHS:-}"

code=0
crosscheck check "${arguments[@]}" || code=$?

# A number of the summary; nothing where there is no report.
summary() {
    [[ -f $reports/report.json ]] || return 0
    sed -n '/^  "summary": {/,/^  }/s/^    "'"$1"'": \([0-9]*\),\{0,1\}$/\1/p' "$reports/report.json"
}

{
    echo "exit-code=$code"
    for number in errors warnings notes accepted unread; do
        echo "$number=$(summary "$number")"
    done
    echo "report-json=$reports/report.json"
    echo "report-markdown=$reports/report.md"
    echo "report-html=$reports/report.html"
    echo "sarif=$reports/report.sarif"
} >>"$GITHUB_OUTPUT"
