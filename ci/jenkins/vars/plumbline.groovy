// A step for Jenkins, from a shared library: put this file into the folder "vars" of the library, then in a Jenkinsfile
//
//   @Library('performance') _
//   node('benchmarks') {
//       checkout scm
//       plumbline command: 'go test -bench . -count 5 ./... > bench.txt', results: 'bench.txt'
//   }
// A change request is measured against its base; other branches are judged against the history on the agent.
// The agent has plumb on its PATH.
//
//   command  shell command that runs the benchmarks and writes the results
//   results  file or folder with the results
//   build    shell command that builds a checkout before the benchmarks run
//   pr       arguments of plumb pr that measure a change request in another way, such as --jmh target/benchmarks.jar
//   budget   time limit for measuring a change request; 20m by default
//   history  file of the history; ~/plumbline/JOB/history.db on the agent by default
//   options  more options of plumb check and plumb pr
def call(Map given = [:]) {
    for (name in given.keySet()) {
        if (!(name in ['command', 'results', 'build', 'pr', 'budget', 'history', 'options'])) {
            error("plumbline: unknown parameter ${name}")
        }
    }
    if (!given.command || !given.results) {
        error('plumbline: give command and results')
    }
    String job = env.JOB_NAME.tokenize('/').dropRight(env.BRANCH_NAME ? 1 : 0).join('-')
    String judge
    if (env.CHANGE_TARGET) {
        String pair = given.pr ?: '--result "$PLUMBLINE_RESULTS" --command "$PLUMBLINE_COMMAND"' +
            (given.build ? ' --build "$PLUMBLINE_BUILD"' : '')
        judge = "plumb pr --budget \"\$PLUMBLINE_BUDGET\" -o report.json -o results.xml ${given.options ?: ''} ${pair}"
    } else {
        judge = 'bash -eo pipefail -c "${PLUMBLINE_BUILD:-true}" && bash -eo pipefail -c "$PLUMBLINE_COMMAND" || exit 2\n' +
            'plumb check "$PLUMBLINE_RESULTS" --store "${PLUMBLINE_HISTORY:-$HOME/plumbline/$PLUMBLINE_JOB/history.db}" ' +
            "-o report.json -o results.xml ${given.options ?: ''}"
    }
    int code = 2
    withEnv(["PLUMBLINE_COMMAND=${given.command}", "PLUMBLINE_RESULTS=${given.results}", "PLUMBLINE_BUILD=${given.build ?: ''}",
             "PLUMBLINE_BUDGET=${given.budget ?: '20m'}", "PLUMBLINE_HISTORY=${given.history ?: ''}", "PLUMBLINE_JOB=${job}"]) {
        code = sh(returnStatus: true, script: judge)
    }
    junit allowEmptyResults: true, testResults: 'results.xml'
    archiveArtifacts allowEmptyArchive: true, artifacts: 'report.json'
    if (code == 3) {
        unstable('plumbline: undecided; rerun this commit')
    } else if (code != 0) {
        error(code == 1 ? 'plumbline: the gate fails' : "plumbline: no answer (exit code ${code})")
    }
}
