// See scripts/pull-request-test.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { playGitHub } from "./github.mjs";
import { git, run, runWorkflow } from "./runner.mjs";

const [distribution, root, length] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "plumbline-pull-request."));
const remote = join(scratch, "demo");
const caches = join(scratch, "caches");
const github = await playGitHub();
let runs = 100;
let pulls = 0;

/** Eight values around each level; "noisy" scatters too much for any verdict. */
function numbers(levels, seed) {
  let random = seed * 7919 + 17;
  const next = () => (random = (random * 48271) % 2147483647) / 2147483647 - 0.5;
  const rows = Object.entries(levels).flatMap(([name, level]) =>
    Array.from({ length: 8 }, () => `${name},time,ms,${(level * (1 + (name === "noisy" ? 1.6 : 0.02) * next())).toFixed(4)}`));
  return ["benchmark,metric,unit,value", ...rows].join("\n") + "\n";
}

async function commit(levels, seed, message) {
  writeFileSync(join(remote, "numbers.csv"), numbers(levels, seed));
  await git(remote, "add", "--all");
  await git(remote, "commit", "--quiet", "--allow-empty", "--message", message);
  return git(remote, "rev-parse", "HEAD");
}

async function measured(event, at = remote, kept = caches) {
  const setting = { github, remote: at, caches: kept, artifacts: mkdtempSync(join(scratch, "artifacts-")), scratch, run: ++runs };
  const workflows = join(at, ".github/workflows");
  const first = await runWorkflow(join(workflows, "plumbline.yml"), event, setting);
  const told = Object.entries(first.measure.steps).map(([name, step]) => `${name}: ${step.output}`).join("\n");
  assert.ok(existsSync(join(setting.artifacts, "plumbline-report")), `no report of ${at}\n${told}`);
  const payload = {
    workflow_run: {
      id: setting.run, event: event.name, conclusion: first.measure.failed ? "failure" : "success", head_sha: event.head,
      head_branch: event.branch, head_repository: { id: 1, owner: { login: event.owner } },
      html_url: `https://github.com/octo/demo/actions/runs/${setting.run}`, pull_requests: [],
    },
  };
  // it runs in the repository itself, with its token, whoever opened the pull request
  const second = { name: "workflow_run", ref: "refs/heads/main", sha: event.base, payload, fork: false };
  const published = await runWorkflow(join(workflows, "plumbline-publish.yml"), second, { ...setting, run: ++runs });
  return { ...first.measure, published: published.publish };
}

async function push(head) {
  return measured({
    name: "push", ref: "refs/heads/main", sha: head, head, base: head, branch: "main", owner: "octo", fork: false,
    payload: { ref: "refs/heads/main" },
  });
}

/** Opens a pull request, or pushes to one, and runs both workflows. */
async function pullRequest(branch, levels, { owner = "octo", number = ++pulls, seed = 50 + runs, files = {} } = {}) {
  const base = await git(remote, "rev-parse", "main");
  await git(remote, "checkout", "--quiet", "-B", branch, "main");
  for (const [name, text] of Object.entries(files)) writeFileSync(join(remote, name), text);
  const head = await commit(levels, seed, branch);
  await git(remote, "checkout", "--quiet", "main");
  github.state.pulls.set(number, { number, owner, branch, head: { sha: head } });
  const payload = { pull_request: { number, head: { sha: head, ref: branch }, base: { ref: "main" } } };
  const result = await measured({
    name: "pull_request", ref: `refs/pull/${number}/merge`, sha: head, head, base, branch, owner, fork: owner !== "octo", payload,
  });
  const comments = [...github.state.comments.values()].filter((comment) => comment.pull === number);
  return { number, head, ...result, comments, check: github.state.checks.filter((check) => check.head_sha === head) };
}

/** Comment, check and exit code of one pull request. */
function expect(title, result, { exit, conclusion, sign, words }) {
  const judge = result.steps.Judge;
  const told = `${title}\n${judge.output}\n${Object.values(result.published.steps).map((step) => step.output).join("\n")}`;
  assert.equal(judge.code, exit, told);
  assert.equal(result.failed, exit !== 0, told);
  assert.equal(result.published.failed, false, told);
  assert.equal(result.comments.length, 1, told);
  assert.ok(result.comments[0].body.startsWith(`<!-- plumbline: Plumbline -->\n### ${sign} `), result.comments[0].body);
  for (const word of words) assert.ok(result.comments[0].body.includes(word), `${title}: ${word}\n${result.comments[0].body}`);
  assert.ok(result.comments[0].body.includes("/actions/runs/"), "a link to the run");
  assert.deepEqual(result.check.map((check) => check.conclusion), [conclusion], told);
  assert.ok(result.summary.startsWith(`### ${sign} `), result.summary);
  console.log(`ok  ${title}`);
}

async function endToEnd() {
  // --- A repository with a history, and the workflows that plumb init writes for it.
  mkdirSync(remote);
  mkdirSync(caches);
  const unpacked = join(scratch, "plumbline");
  mkdirSync(unpacked);
  assert.equal((await run("tar", ["-xzf", distribution, "--strip-components=1", "-C", unpacked])).code, 0);
  const plumb = join(unpacked, "bin/plumb");
  const env = { ...process.env, PLUMB_CACHE: "none" };
  await git(remote, "init", "--quiet", "--initial-branch", "main");
  const digest = createHash("sha256").update(readFileSync(distribution)).digest("hex");
  const begun = await run(plumb, [
    "init", "--command", "mkdir results\ncp numbers.csv results/numbers.csv", "--results", "results", "--environment", "ci",
    "--distribution", `file://${distribution}`, "--sha256", digest,
  ], { cwd: remote, env });
  assert.equal(begun.code, 0, begun.output);
  const configuration = readFileSync(join(remote, "plumbline.yaml"), "utf8") + "environment: ci\n";
  writeFileSync(join(remote, "plumbline.yaml"), configuration);
  const levels = { decode: 20, encode: 40, noisy: 5 };
  const history = ["benchmark,metric,unit,value,revision,branch,time,environment"];
  let head = "";
  for (let i = 0; i < 14; i++) {
    const when = new Date(Date.UTC(2026, 0, 1 + i)).toISOString();
    process.env.GIT_AUTHOR_DATE = process.env.GIT_COMMITTER_DATE = when;
    head = await commit(levels, i, `change ${i}`);
    if (i === 13) break; // the newest is measured by the workflow
    for (const row of numbers(levels, i).split("\n").slice(1, -1)) history.push(`${row},${head},main,${when},ci`);
  }
  writeFileSync(join(scratch, "history.csv"), history.join("\n") + "\n");
  mkdirSync(join(caches, "latest"));
  const store = join(caches, "latest/history.db");
  const recorded = await run(plumb, ["record", "--store", store, join(scratch, "history.csv")], { cwd: remote, env });
  assert.equal(recorded.code, 0, recorded.output);
  process.env.GIT_AUTHOR_DATE = process.env.GIT_COMMITTER_DATE = new Date(Date.UTC(2026, 1, 1)).toISOString();

  // --- A push to main is measured, kept, and has a check but no comment.
  const main = await push(head);
  assert.equal(main.steps.Judge.code, 0, main.steps.Judge.output);
  assert.equal(main.published.failed, false);
  assert.equal(github.state.comments.size, 0);
  assert.deepEqual(github.state.checks.map((check) => check.conclusion), ["success"]);
  const known = await run(plumb, ["history", "decode", "--store", store], { cwd: remote, env });
  assert.ok(known.output.includes(head.slice(0, 7)), known.output);
  console.log("ok  push to main: kept in the history, a check, no comment");

  expect("clean", await pullRequest("clean", levels), { exit: 0, conclusion: "success", sign: "✅", words: ["unchanged"] });
  const slow = await pullRequest("slow", { ...levels, decode: 26 });
  expect("regression", slow, { exit: 1, conclusion: "failure", sign: "❌", words: ["decode", "critical", "+3"] });
  expect("the same pull request, mended: its comment is updated", await pullRequest("slow", levels, { number: slow.number }), {
    exit: 0, conclusion: "success", sign: "✅", words: ["unchanged"],
  });
  expect("improvement", await pullRequest("fast", { ...levels, encode: 30 }), {
    exit: 0, conclusion: "success", sign: "✅", words: ["1 improved", "encode"],
  });
  const holding = { "plumbline.yaml": configuration.replace("on-inconclusive: pass", "on-inconclusive: hold") };
  expect("inconclusive, where the policy asks for a decision", await pullRequest("unclear", levels, { files: holding }), {
    exit: 3, conclusion: "action_required", sign: "⚠️", words: ["noisy"],
  });
  expect("missing benchmark", await pullRequest("dropped", { decode: 20, noisy: 5 }), {
    exit: 1, conclusion: "failure", sign: "❌", words: ["encode", "missing"],
  });
  // --- The same by the snippet for any other service.
  writeFileSync(join(slow.workspace, "run-benchmarks"), "#!/bin/sh\n", { mode: 0o755 });
  const generic = await run("bash", [join(root, "ci/generic.sh")], {
    cwd: slow.workspace, env: { ...env, PATH: `${join(unpacked, "bin")}:${process.env.PATH}`, BRANCH: "slow" },
  });
  assert.equal(generic.code, 1, generic.output);
  assert.ok(generic.output.endsWith("the gate failed\n"), generic.output);
  console.log("ok  ci/generic.sh");

  // --- The same by the project's own action, inside a workflow that somebody wrote.
  const { server, address } = await release();
  const own = join(scratch, "own.yml");
  writeFileSync(own, `
on: pull_request
permissions: { contents: read, pull-requests: write, checks: write }
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - { name: Check out, uses: actions/checkout@v4, with: { ref: "\${{ github.sha }}" } }
      - { name: Measure, run: "mkdir 'my results'; cp numbers.csv 'my results/numbers.csv'" }
      - name: Judge
        id: performance
        uses: octo/plumbline@v1
        with:
          results: |
            my results
          from: ${address}
          history: none
          arguments: --store '${store}' --environment ci
      - { name: Tell, if: always(), run: "echo '\${{ steps.performance.outputs.gate }}, \${{ steps.performance.outputs.regressions }}'" }
`);
  const payload = { pull_request: { number: slow.number, head: { sha: slow.head, ref: "slow" }, base: { ref: "main" } } };
  const setting = { github, remote, caches, artifacts: scratch, scratch, run: ++runs, actions: { "octo/plumbline": root } };
  const byAction = await runWorkflow(own, {
    name: "pull_request", ref: `refs/pull/${slow.number}/merge`, sha: slow.head, fork: false, payload,
  }, setting);
  server.close();
  const judged = byAction.test.steps;
  assert.equal(judged.Judge.code, 1, judged.Judge.output);
  assert.equal(judged.Tell.output, "closed, 1\n");
  const ofSlow = [...github.state.comments.values()].filter((comment) => comment.pull === slow.number);
  assert.equal(ofSlow.length, 1, "the comment is the same one");
  assert.ok(byAction.test.summary.startsWith("### ❌ "), byAction.test.summary);
  assert.match(judged.Judge.outputs.summary, /1 regression/);
  console.log("ok  action.yml in a workflow of one's own");

  const before = github.state.refused.length;
  const fork = await pullRequest("patch-1", { ...levels, decode: 26 }, { owner: "forker" });
  expect("fork without a token that may write", fork, { exit: 1, conclusion: "failure", sign: "❌", words: ["decode"] });
  assert.equal(github.state.refused.length, before, "the fork's own workflow wrote nothing");

  // --- A job that publishes directly with a fork's token: told, and the exit code stays the gate's.
  const token = "ghs_reader";
  github.state.tokens.set(token, { "pull-requests": "read" });
  writeFileSync(join(scratch, "event.json"), JSON.stringify({ pull_request: { number: fork.number, head: { sha: fork.head } } }));
  const direct = await run(plumb, ["publish", "report.json", "--to", "github-comment"], {
    cwd: fork.workspace,
    env: { ...env, GITHUB_TOKEN: token, GITHUB_API_URL: github.address, GITHUB_REPOSITORY: "octo/demo", GITHUB_SHA: fork.head,
      GITHUB_EVENT_PATH: join(scratch, "event.json") },
  });
  assert.equal(direct.code, 2, direct.output);
  assert.ok(direct.output.includes("pull requests from forks get a read-only token"), direct.output);
  assert.ok(!direct.output.includes(token));
  console.log("ok  direct publishing with a token that only reads is told");
  return plumb;
}

/** A repository that nobody configured: init finds what measures it, and pull requests are measured beside their base. */
async function foundHere(plumb) {
  const repository = join(scratch, "found");
  const kept = join(scratch, "found-caches");
  mkdirSync(repository);
  mkdirSync(kept);
  const env = { ...process.env, PLUMB_CACHE: "none" };
  await git(repository, "init", "--quiet", "--initial-branch", "main");
  // a script that writes what hyperfine would, around the level that the commit has
  writeFileSync(join(repository, "bench.sh"), String.raw`# hyperfine --export-json times.json ./work
awk -v level="$(cat level)" -v seed="$(od -An -N3 -tu4 /dev/urandom)" 'BEGIN {
  srand(seed)
  printf "{\"results\":[{\"command\":\"work\",\"times\":["
  for (i = 0; i < 10; i++) { t = level * (1 + 0.02 * (rand() - 0.5)); sum += t; printf "%s%.6f", i ? "," : "", t }
  printf "],\"mean\":%.6f,\"stddev\":0.003,\"median\":%.6f}]}\n", sum / 10, sum / 10
}' >times.json
`);
  const digest = createHash("sha256").update(readFileSync(distribution)).digest("hex");
  const begun = await run(plumb, ["init", "--distribution", `file://${distribution}`, "--sha256", digest], { cwd: repository, env });
  assert.equal(begun.code, 0, begun.output);
  assert.ok(begun.output.startsWith("found  hyperfine (bench.sh), results in times.json\n"), begun.output);
  const commitLevel = async (level) => {
    writeFileSync(join(repository, "level"), `${level}\n`);
    await git(repository, "add", "--all");
    await git(repository, "commit", "--quiet", "--allow-empty", "--message", `level ${level}`);
    return git(repository, "rev-parse", "HEAD");
  };
  const main = await commitLevel(0.5);
  const pushed = await measured({
    name: "push", ref: "refs/heads/main", sha: main, head: main, base: main, branch: "main", owner: "octo", fork: false,
    payload: { ref: "refs/heads/main" },
  }, repository, kept);
  assert.equal(pushed.steps.Judge.code, 0, pushed.steps.Judge.output);
  assert.ok(readdirSync(join(kept, "latest")).includes("history.db"), "the first push begins the history");
  for (const [branch, level, exit, sign, owner] of [["same", 0.5, 0, "✅", "octo"], ["slower", 0.65, 1, "❌", "octo"], ["patch", 0.65, 1, "❌", "forker"]]) {
    await git(repository, "checkout", "--quiet", "-B", branch, "main");
    const head = await commitLevel(level);
    await git(repository, "checkout", "--quiet", "main");
    const number = 900 + ++pulls;
    github.state.pulls.set(number, { number, owner, branch, head: { sha: head } });
    const result = await measured({
      name: "pull_request", ref: `refs/pull/${number}/merge`, sha: head, head, base: main, branch, owner, fork: owner !== "octo",
      payload: { pull_request: { number, head: { sha: head, ref: branch }, base: { ref: "main" } } },
    }, repository, kept);
    const step = result.steps["Measure the pull request and its base"];
    assert.equal(step.code, exit, step.output);
    assert.equal(result.steps.Judge, undefined, "a pull request needs no history");
    const [comment] = [...github.state.comments.values()].filter((one) => one.pull === number);
    assert.ok(comment?.body.includes(sign), comment?.body ?? Object.values(result.published.steps).map((one) => one.output).join("\n"));
    console.log(`ok  found and measured beside its base: ${branch} of ${owner}`);
  }
}

/** What shows each kind of benchmarks, and the tools that are played for it. */
const JMH_SOURCE = `package bench;
import org.openjdk.jmh.annotations.*;
@BenchmarkMode(Mode.AverageTime) @Fork(1) @Warmup(iterations = 1, time = 50, timeUnit = java.util.concurrent.TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 50, timeUnit = java.util.concurrent.TimeUnit.MILLISECONDS)
public class Work { @Benchmark public void rest() throws Exception { Thread.sleep(LEVEL); } }
`;
const KINDS = {
  "maven-jmh": { tools: ["mvn"], files: { "pom.xml": "<project>jmh-core maven-shade-plugin</project>" }, jmh: true },
  "maven-plugin": { tools: ["mvn"], files: { "pom.xml": "<project>jmh-core</project>" }, jmh: true },
  "gradle-jmh": { tools: ["gradle"], files: { "build.gradle": "plugins { id 'me.champeau.jmh' version '0.7.2' }" } },
  "gradle-plugin": { tools: ["gradle"], files: { "build.gradle": "plugins { id 'dev.plumbline' version '0.1.0' }" }, jmh: true },
  "pytest-benchmark": { tools: ["python3"], files: { "requirements.txt": "pytest-benchmark\n" } },
  criterion: { tools: ["cargo"], files: { "Cargo.toml": "[dev-dependencies]\ncriterion = \"0.5\"\n" } },
  go: { tools: ["go"], files: { "go.mod": "module x\n", "x_test.go": "package x\nfunc BenchmarkJoin(b *testing.B) {}\n" } },
  "google-benchmark": { tools: ["cmake"], files: { "CMakeLists.txt": "target_link_libraries(speed benchmark::benchmark)\n" } },
  k6: { tools: ["k6"], files: { "load.js": "import http from 'k6/http';\n" } },
};

/** Each kind that init knows: a first push, a history, a regression that a fork sends. */
async function everyKind(plumb) {
  const path = process.env.PATH;
  const digest = createHash("sha256").update(readFileSync(distribution)).digest("hex");
  const env = { ...process.env, PLUMB_CACHE: "none" };
  for (const [kind, { tools, files, jmh }] of Object.entries(KINDS)) {
    const begin = Date.now();
    const repository = join(scratch, kind);
    const kept = join(scratch, `${kind}-caches`);
    const bin = join(scratch, `${kind}-bin`);
    for (const folder of [repository, kept, bin]) mkdirSync(folder);
    for (const tool of tools) {
      writeFileSync(join(bin, tool), `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, "tools.mjs")}' ${tool} "$@"\n`, { mode: 0o755 });
    }
    process.env.PATH = `${bin}:${path}`;
    await git(repository, "init", "--quiet", "--initial-branch", "main");
    for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
    const begun = await run(plumb, ["init", "--distribution", `file://${distribution}`, "--sha256", digest], { cwd: repository, env });
    assert.equal(begun.code, 0, begun.output);
    assert.ok(begun.output.startsWith(`found  ${kind} (`), begun.output);
    let day = 0;
    const commitLevel = async (level) => {
      process.env.GIT_AUTHOR_DATE = process.env.GIT_COMMITTER_DATE = new Date(Date.UTC(2026, 3, ++day)).toISOString();
      writeFileSync(join(repository, "level"), `${level}\n`);
      if (jmh) {
        mkdirSync(join(repository, "src"), { recursive: true });
        writeFileSync(join(repository, "src/Work.java"), JMH_SOURCE.replace("LEVEL", String(4 * level)));
      }
      await git(repository, "add", "--all");
      await git(repository, "commit", "--quiet", "--allow-empty", "--message", `change ${day}`);
      return git(repository, "rev-parse", "HEAD");
    };
    const pushed = async () => {
      const sha = await commitLevel(1);
      const result = await measured({
        name: "push", ref: "refs/heads/main", sha, head: sha, base: sha, branch: "main", owner: "octo", fork: false, payload: { ref: "refs/heads/main" },
      }, repository, kept);
      assert.equal(result.failed, false, `${kind}\n${Object.values(result.steps).map((step) => step.output).join("\n")}`);
      assert.deepEqual(github.state.checks.filter((check) => check.head_sha === sha).map((check) => check.conclusion), ["success"], kind);
      return sha;
    };
    await pushed();
    // a history of a few runs is enough where the base is measured beside the pull request
    const isPaired = kind !== "k6";
    const pushes = isPaired ? 2 : 7;
    for (let i = 1; i < pushes; i++) await pushed();
    const main = await git(repository, "rev-parse", "main");
    const history = await run(plumb, ["history", "--store", join(kept, "latest/history.db")], { cwd: repository, env });
    assert.match(history.output, new RegExp(` {2,}${pushes} {2,}`), `${kind}: ${pushes} points\n${history.output}`);
    // of a fork, whose token writes nothing
    await git(repository, "checkout", "--quiet", "-B", "slower", "main");
    const head = await commitLevel(1.5);
    await git(repository, "checkout", "--quiet", "main");
    const number = 2000 + ++pulls;
    github.state.pulls.set(number, { number, owner: "forker", branch: "slower", head: { sha: head } });
    const refused = github.state.refused.length;
    const result = await measured({
      name: "pull_request", ref: `refs/pull/${number}/merge`, sha: head, head, base: main, branch: "slower", owner: "forker", fork: true,
      payload: { pull_request: { number, head: { sha: head, ref: "slower" }, base: { ref: "main" } } },
    }, repository, kept);
    const step = result.steps[isPaired ? "Measure the pull request and its base" : "Judge"];
    assert.equal(step?.code, 1, `${kind}\n${Object.values(result.steps).map((one) => one.output).join("\n")}`);
    assert.equal(isPaired, result.steps.Judge === undefined, "only what runs elsewhere is judged against the history");
    assert.ok(result.failed, kind);
    const [comment] = [...github.state.comments.values()].filter((one) => one.pull === number);
    assert.ok(comment?.body.includes("### ❌ "), `${kind}\n${comment?.body}`);
    assert.deepEqual(github.state.checks.filter((check) => check.head_sha === head).map((check) => check.conclusion), ["failure"], kind);
    assert.equal(github.state.refused.length, refused, "the workflow of a fork writes nothing");
    console.log(`ok  ${kind}: first push, history, regression of a fork (${Math.round((Date.now() - begin) / 1000)} s)`);
  }
  process.env.PATH = path;
}

/** The files of a release on a loopback server, as scripts/dist makes them. */
async function release(change = (text) => text) {
  const version = distribution.match(/plumbline-(.*)\.tar\.gz$/)[1];
  const archive = readFileSync(distribution);
  const installer = change(readFileSync(join(root, "scripts/install.sh"), "utf8")
    .replaceAll("@VERSION@", version).replaceAll("@OWN@", "")
    .replaceAll("@PLAIN@", createHash("sha256").update(archive).digest("hex")));
  const files = { "/install.sh": installer, [`/plumbline-${version}.tar.gz`]: archive };
  const server = createServer((request, response) => {
    response.statusCode = request.url in files ? 200 : 404;
    response.end(files[request.url] ?? "");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { server, address: `http://127.0.0.1:${server.address().port}`, sha256: createHash("sha256").update(installer).digest("hex") };
}

/** install.sh behind a proxy, and where Java is too old: what it says, and that it leaves nothing half-written. */
async function installed() {
  const { server, address } = await release();
  const name = distribution.match(/([^/]*)$/)[1];
  const requests = [];
  const proxy = createServer((request, response) => {
    requests.push(request.url);
    // it alone knows where the release's address leads
    get(`${address}/${name}`, (answer) => answer.pipe(response));
  });
  proxy.on("connect", (request, socket) => {
    requests.push(`CONNECT ${request.url}`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  const through = `http://127.0.0.1:${proxy.address().port}`;
  const installer = join(scratch, "install.sh");
  writeFileSync(installer, await (await fetch(`${address}/install.sh`)).text());
  const outside = { ...process.env, no_proxy: "", NO_PROXY: "", PLUMB_CACHE: "none", PLUMBLINE_JAVA: "installed" };
  const install = (folder, from, extra) => run("bash", [installer], {
    cwd: scratch, env: { ...outside, PLUMBLINE_HOME: join(scratch, folder, "home"), PLUMBLINE_BIN: join(scratch, folder, "bin"), PLUMBLINE_FROM: from, ...extra },
  });

  const behind = await install("proxied", "http://releases.invalid/v1", { http_proxy: through });
  assert.equal(behind.code, 0, behind.output);
  assert.deepEqual(requests.splice(0), [`http://releases.invalid/v1/${name}`]);
  assert.match((await run(join(scratch, "proxied/bin/plumb"), ["--version"], { env: outside })).output, /^plumb /);
  const refused = await install("refused", "https://releases.invalid/v1", { HTTPS_PROXY: through, https_proxy: through });
  assert.equal(refused.code, 2, refused.output);
  assert.ok(requests.length > 0 && requests.every((url) => url === "CONNECT releases.invalid:443"), requests.join());
  assert.match(refused.output, /https:\/\/releases\.invalid\/v1\/.* cannot be fetched; behind a proxy, set HTTPS_PROXY/);
  assert.ok(!existsSync(join(scratch, "refused")), "nothing is installed");
  console.log("ok  install.sh goes through a proxy, and says what to set where it cannot");

  const old = join(scratch, "java-11");
  mkdirSync(old);
  writeFileSync(join(old, "java"), "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n", { mode: 0o755 });
  const outdated = await install("outdated", address, { PATH: `${old}:${process.env.PATH}`, JAVA_HOME: "", PLUMBLINE_JAVA: "" });
  assert.equal(outdated.code, 2, outdated.output);
  assert.match(outdated.output, /no Java of 17 or newer is here, and there is no package with one for .*; install a Java first/);
  assert.ok(!existsSync(join(scratch, "outdated")), "nothing is installed");
  console.log("ok  install.sh with an old Java first on the PATH: a message, nothing installed");
  proxy.close();
  server.close();
}

/** The workflow of docs/ci.md with the action: first push, history, regression, and a pull request of a fork. */
async function byAction(plumb) {
  const repository = join(scratch, "action");
  const kept = join(scratch, "action-caches");
  mkdirSync(repository);
  mkdirSync(kept);
  const documented = readFileSync(join(root, "docs/ci.md"), "utf8").match(/```yaml\n(name: Performance\n[\s\S]*?)```/)[1];
  assert.ok(documented.trim().split("\n").length <= 14, "a short workflow");
  const { server, address, sha256 } = await release();
  const written = (workflow, from, digest) => {
    const text = workflow.replace(/go test .*? > bench\.txt/, "cp numbers.csv results.csv").replaceAll("bench.txt", "results.csv")
      .replace(/^( *)command:/m, `$1from: ${from}\n$1sha256: ${digest}\n$1command:`);
    assert.notEqual(text, workflow);
    const file = join(scratch, "performance.yml");
    writeFileSync(file, text);
    return file;
  };
  const workflow = written(documented, address, sha256);
  await git(repository, "init", "--quiet", "--initial-branch", "main");
  writeFileSync(join(repository, ".gitignore"), "results.csv\nreport.json\n.plumbline/\n");
  const levels = { decode: 20, encode: 40 };
  const commitTo = async (values, seed) => {
    writeFileSync(join(repository, "numbers.csv"), numbers(values, seed));
    await git(repository, "add", "--all");
    await git(repository, "commit", "--quiet", "--allow-empty", "--message", `change ${seed}`);
    return git(repository, "rev-parse", "HEAD");
  };
  const play = async (event, file = workflow) => {
    const setting = { github, remote: repository, caches: kept, artifacts: scratch, scratch, run: ++runs, actions: { "plumbline/plumbline": root } };
    const payload = { repository: { default_branch: "main" }, ...event.payload };
    const { benchmarks } = await runWorkflow(file, { ...event, payload }, setting);
    return { ...benchmarks, action: Object.values(benchmarks.steps).at(-1) };
  };
  const pushed = async (values, seed) => {
    process.env.GIT_AUTHOR_DATE = process.env.GIT_COMMITTER_DATE = new Date(Date.UTC(2026, 2, seed)).toISOString();
    const sha = await commitTo(values, seed);
    return play({ name: "push", ref: "refs/heads/main", sha, payload: {} });
  };

  const first = await pushed(levels, 1);
  assert.equal(first.action.code, 0, first.action.output);
  assert.ok(readdirSync(join(kept, "latest")).includes("history.db"), "the first push begins the history");
  for (let seed = 2; seed <= 6; seed++) assert.equal((await pushed(levels, seed)).action.code, 0);
  const history = await run(plumb, ["history", "decode", "--store", join(kept, "latest/history.db")], { cwd: repository, env: { ...process.env, PLUMB_CACHE: "none" } });
  assert.match(history.output, /6 (runs|points)/, history.output);
  assert.match(history.output, /github-ubuntu24/, history.output);
  console.log("ok  action.yml: the first push begins the history, later ones continue it");

  const slow = await pushed({ ...levels, decode: 26 }, 7);
  assert.equal(slow.action.code, 1, slow.action.output);
  assert.equal(slow.action.outputs.gate, "closed");
  assert.ok(slow.summary.includes("decode"), slow.summary);
  const checks = github.state.checks.filter((check) => check.conclusion === "failure");
  assert.ok(checks.length > 0, "a check");
  console.log("ok  action.yml: a regression on main fails, with a check");

  const before = github.state.refused.length;
  for (const [branch, decode, exit, sign, owner] of [["steady", 20, 0, "✅", "octo"], ["slower", 33, 1, "❌", "octo"], ["patch-7", 33, 1, null, "forker"]]) {
    await git(repository, "checkout", "--quiet", "-B", branch, "main~1");
    const head = await commitTo({ ...levels, decode }, 60 + ++pulls);
    await git(repository, "checkout", "--quiet", "main");
    const number = 800 + pulls;
    github.state.pulls.set(number, { number, owner, branch, head: { sha: head } });
    const payload = { pull_request: { number, head: { sha: head, ref: branch }, base: { ref: "main" } } };
    const result = await play({ name: "pull_request", ref: `refs/pull/${number}/merge`, sha: head, fork: owner !== "octo", payload });
    assert.equal(result.action.code, exit, result.action.output);
    assert.ok(!result.action.steps["Measure and judge"].output.includes("against the history"), result.action.output);
    const [comment] = [...github.state.comments.values()].filter((one) => one.pull === number);
    if (sign) {
      assert.ok(comment?.body.includes(sign), comment?.body ?? result.action.output);
    } else {
      assert.equal(comment, undefined);
      assert.ok(result.action.steps.Publish.output.includes("::warning"), result.action.output);
    }
    console.log(`ok  action.yml measures a pull request beside its base: ${branch} of ${owner}`);
  }
  assert.ok(github.state.refused.length > before, "the token of the fork was refused");

  const forged = await play({ name: "push", ref: "refs/heads/main", sha: await git(repository, "rev-parse", "main"), payload: {} },
    written(documented, address, "0".repeat(64)));
  assert.notEqual(forged.action.code, 0);
  assert.equal(forged.action.steps["Measure and judge"], undefined, "nothing is measured with another installer");
  server.close();
  const other = await release((text) => text.replace(/plain='[0-9a-f]+'/, `plain='${"1".repeat(64)}'`));
  const tampered = await play({ name: "push", ref: "refs/heads/main", sha: await git(repository, "rev-parse", "main"), payload: {} },
    written(documented, other.address, other.sha256));
  other.server.close();
  assert.equal(tampered.action.code, 2, tampered.action.output);
  assert.match(tampered.action.output, /does not match/);
  const unknown = await play({ name: "push", ref: "refs/heads/main", sha: await git(repository, "rev-parse", "main"), payload: {} },
    written(documented, '""', '""'));
  assert.equal(unknown.action.code, 2, unknown.action.output);
  assert.match(unknown.action.output, /no release; give it the input version/);
  console.log("ok  action.yml: another installer, another archive, no release: a message, nothing measured");
}

/** The component for GitLab: its inputs are the ones that it uses, and its scripts are scripts. */
function component() {
  const text = readFileSync(join(root, "templates/plumbline.yml"), "utf8");
  const [spec, jobs] = parseAllDocuments(text).map((document) => {
    assert.deepEqual(document.errors, []);
    return document.toJS();
  });
  const used = new Set([...JSON.stringify(jobs).matchAll(/\$\[\[ inputs\.([a-z0-9]+)( \| expand_vars)? \]\]/g)].map((match) => match[1]));
  assert.deepEqual([...used].sort(), Object.keys(spec.spec.inputs).sort(), "every input is used, and declared");
  const [job] = Object.values(jobs);
  const own = new Set(Object.keys(job.variables));
  const script = [...job.before_script, ...job.script].join("\n");
  for (const [, name] of script.matchAll(/\$\{?(PLUMBLINE_[A-Z0-9_]+)/g)) assert.ok(own.has(name), name);
  assert.equal(spawnSync("bash", ["-n", "-c", script]).status, 0, "the script is one");
}

/** Every workflow that plumb init can write, and the action, as a validator reads them. */
async function validated(plumb) {
  const validator = join(import.meta.dirname, "node_modules/.bin/action-validator");
  // the validator's schema is older than the permission to attest
  const release = join(scratch, "release.yml");
  const known = readFileSync(join(root, ".github/workflows/release.yml"), "utf8").replace(/^ +attestations: write\n/m, "");
  writeFileSync(release, known);
  const files = [join(root, "action.yml"), release];
  for (const [i, options] of [[], ["--slack"], ["--history", "branch"], ["--command", "a: 'b'\n# c", "--branch", "x\"y"]].entries()) {
    const folder = join(scratch, `init-${i}`);
    mkdirSync(folder);
    await git(folder, "init", "--quiet");
    if (i === 1) writeFileSync(join(folder, "Cargo.toml"), "[dev-dependencies]\ncriterion = \"0.5\"\n");
    assert.equal((await run(plumb, ["init", ...options], { cwd: folder, env: { ...process.env, PLUMB_CACHE: "none" } })).code, 0);
    const workflows = join(folder, ".github/workflows");
    for (const name of readdirSync(workflows)) {
      files.push(join(workflows, name));
      for (const [, action] of readFileSync(join(workflows, name), "utf8").matchAll(/uses: (\S+)/g)) {
        assert.match(action, /^actions\/[a-z/-]+@[0-9a-f]{40}$/, "actions are pinned by commit");
      }
    }
  }
  for (const file of files) {
    const { code, output } = await run(validator, [file]);
    assert.equal(code, 0, `${file}\n${output}`);
  }
  for (const name of ["gitlab.yml", "bitbucket-pipelines.yml", "azure-pipelines.yml"]) {
    assert.ok(readFileSync(join(root, "ci", name), "utf8").includes("check results -o"), name);
    parse(readFileSync(join(root, "ci", name), "utf8"));
  }
  component();
  const wrong = join(scratch, "wrong.yml");
  writeFileSync(wrong, readFileSync(files[2], "utf8").replace("runs-on:", "run-on:"));
  assert.notEqual((await run(validator, [wrong])).code, 0, "the validator finds a mistake");
  console.log(`ok  ${files.length} workflows and actions are valid`);
}

try {
  const plumb = await endToEnd();
  await foundHere(plumb);
  // half a minute each, and a real JMH in forks of its own takes longer
  if (length === "long") await everyKind(plumb);
  await byAction(plumb);
  await installed();
  await validated(plumb);
} catch (error) {
  console.log(`FAILED ${error.message}`);
  process.exitCode = 1;
} finally {
  github.close();
  rmSync(scratch, { recursive: true, force: true });
}
// a server of a walk that failed would keep the process, and whoever waits for it, for ever
process.exit();
