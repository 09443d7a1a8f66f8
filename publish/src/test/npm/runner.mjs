// Runs a workflow's steps in order, as a runner of GitHub Actions does: the commands for real, the five actions that the
// workflows use by what they do to files, and an action of the project's own step by step.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";

/** Runs a command; its output and exit code. */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("error", fail);
    child.on("close", (code) => done({ code, output }));
  });
}

export async function git(folder, ...args) {
  const identity = ["-c", "user.name=ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"];
  const { code, output } = await run("git", [...identity, ...args], { cwd: folder });
  if (code !== 0) throw new Error(`git ${args.join(" ")}: ${output}`);
  return output.trim();
}

/** An expression as GitHub evaluates it: what is missing is empty, never an error. */
function evaluate(expression, contexts) {
  const parts = expression.split(/('(?:[^']|'')*')/);
  const script = parts
    .map((part, i) => (i % 2 ? JSON.stringify(part.slice(1, -1).replace(/''/g, "'")) : part.replace(/\./g, "?.")))
    .join("");
  const names = Object.keys(contexts);
  return new Function(...names, `return (${script});`)(...names.map((name) => contexts[name]));
}

function filled(value, contexts) {
  return String(value).replace(/\$\{\{(.*?)\}\}/gs, (_, expression) => String(evaluate(expression, contexts) ?? ""));
}

/**
 * One run of one workflow.
 *
 * @param setting github: the address and tokens; remote: the repository's folder; caches and artifacts: folders;
 *     scratch: a folder for this run; actions: the folders of composite actions, by name
 */
export async function runWorkflow(file, event, setting) {
  const workflow = parse(readFileSync(file, "utf8"));
  const results = {};
  for (const [name, job] of Object.entries(workflow.jobs)) {
    results[name] = await runJob(job, workflow, event, setting);
  }
  return results;
}

async function runJob(job, workflow, event, setting) {
  const home = mkdtempSync(join(setting.scratch, "job-"));
  const workspace = join(home, "workspace");
  const temp = join(home, "temp");
  mkdirSync(workspace);
  mkdirSync(temp);
  const files = {};
  for (const name of ["GITHUB_PATH", "GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"]) {
    files[name] = join(home, name);
    writeFileSync(files[name], "");
  }
  const eventFile = join(home, "event.json");
  writeFileSync(eventFile, JSON.stringify(event.payload));
  const token = `ghs_${home.replace(/\W/g, "")}`;
  // a fork's pull request gets a token that only reads, whatever the workflow asks for
  const asked = job.permissions ?? workflow.permissions ?? {};
  const granted = event.fork ? Object.fromEntries(Object.keys(asked).map((key) => [key, "read"])) : asked;
  setting.github.state.tokens.set(token, granted);
  const contexts = {
    github: {
      event: event.payload, event_name: event.name, ref: event.ref, sha: event.sha, run_id: setting.run, run_attempt: 1,
      token, ref_name: event.ref.replace(/^refs\/(heads\/|pull\/)/, ""),
    },
    runner: { os: "Linux", temp },
    secrets: {},
    steps: {},
    success: () => !failed,
    cancelled: () => false,
    always: () => true,
  };
  const variables = {
    ...process.env,
    CI: "true", GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "octo/demo", GITHUB_API_URL: setting.github.address,
    GITHUB_SERVER_URL: "https://github.com", GITHUB_RUN_ID: String(setting.run), GITHUB_SHA: event.sha,
    GITHUB_REF: event.ref, GITHUB_REF_NAME: event.ref.replace("refs/heads/", ""), GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventFile, GITHUB_HEAD_REF: event.payload.pull_request?.head.ref ?? "",
    RUNNER_ENVIRONMENT: "github-hosted", ImageOS: "ubuntu24", GITHUB_BASE_REF: event.payload.pull_request?.base.ref ?? "", RUNNER_TEMP: temp, PLUMB_CACHE: "none", ...files,
  };
  delete variables.GITHUB_TOKEN;
  for (const [name, value] of Object.entries(workflow.env ?? {})) variables[name] = filled(value, contexts);
  let failed = false;
  const steps = {};
  for (const step of job.steps) {
    const condition = String(step.if ?? "").replace(/^\$\{\{|\}\}$/g, "");
    const anyway = /\b(always|cancelled|failure)\(\)/.test(condition);
    if ((!anyway && failed) || (condition.trim() && !evaluate(condition, contexts))) continue;
    const given = Object.fromEntries(Object.entries(step.with ?? {}).map(([key, value]) => [key, filled(value, contexts)]));
    let result = { code: 0, output: "" };
    const action = setting.actions?.[step.uses?.split("@")[0]];
    if (action) {
      result = await compose(action, given, { contexts, variables, files, home, workspace, temp, setting });
    } else if (step.uses) {
      await act(step.uses.split("@")[0], given, { workspace, temp, ...setting });
    } else {
      result = await script(step, contexts, { variables, files, home, workspace });
    }
    steps[step.name] = result;
    if (step.id) contexts.steps[step.id] = { outputs: result.outputs ?? {} };
    if (result.code !== 0 && !step["continue-on-error"]) failed = true;
  }
  return { failed, steps, summary: readFileSync(files.GITHUB_STEP_SUMMARY, "utf8"), workspace };
}

/** One step that is a script, with what it left in GITHUB_OUTPUT. */
async function script(step, contexts, { variables, files, home, workspace }) {
  const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value, contexts)]));
  const path = readFileSync(files.GITHUB_PATH, "utf8").split("\n").filter(Boolean).reverse();
  const file = join(home, "step.sh");
  writeFileSync(file, filled(step.run, contexts));
  writeFileSync(files.GITHUB_OUTPUT, "");
  const result = await run("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", file], {
    cwd: workspace, env: { ...variables, ...own, PATH: [...path, process.env.PATH].join(":") },
  });
  return { ...result, outputs: outputs(readFileSync(files.GITHUB_OUTPUT, "utf8")) };
}

/** name=value, or name<<END, lines, END. */
function outputs(text) {
  const all = {};
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const [, name, end] = lines[i].match(/^([^=<]+)<<(.+)$/) ?? [];
    if (name) {
      const from = ++i;
      while (i < lines.length && lines[i] !== end) i++;
      all[name] = lines.slice(from, i).join("\n");
    } else if (lines[i].includes("=")) {
      all[lines[i].slice(0, lines[i].indexOf("="))] = lines[i].slice(lines[i].indexOf("=") + 1);
    }
  }
  return all;
}

/** A composite action: its steps see their inputs, and of the job only what every step sees. */
async function compose(folder, given, place) {
  const action = parse(readFileSync(join(folder, "action.yml"), "utf8"));
  const inputs = {};
  for (const [name, { default: otherwise, required }] of Object.entries(action.inputs)) {
    if (required && !(name in given)) throw new Error(`${name} is required`);
    inputs[name] = given[name] ?? filled(otherwise ?? "", place.contexts);
  }
  for (const name of Object.keys(given)) if (!(name in inputs)) throw new Error(`the action has no input ${name}`);
  const own = { action_path: folder, action_repository: "octo/plumbline", action_ref: place.setting.actionRef ?? "main" };
  const contexts = { ...place.contexts, inputs, steps: {}, github: { ...place.contexts.github, ...own } };
  const all = { code: 0, output: "", steps: {} };
  for (const step of action.runs.steps) {
    const condition = String(step.if ?? "").replace(/^\$\{\{|\}\}$/g, "");
    const anyway = /\b(always|cancelled|failure)\(\)/.test(condition);
    if ((!anyway && all.code !== 0) || (condition.trim() && !evaluate(condition, contexts))) continue;
    let result = { code: 0, output: "" };
    if (step.uses) {
      const settings = Object.fromEntries(Object.entries(step.with).map(([key, value]) => [key, filled(value, contexts)]));
      await act(step.uses.split("@")[0], settings, { workspace: place.workspace, temp: place.temp, ...place.setting });
    } else {
      result = await script(step, contexts, place);
    }
    if (step.id) contexts.steps[step.id] = { outputs: result.outputs };
    all.steps[step.name] = result;
    all.output += result.output;
    all.code ||= result.code;
  }
  const told = Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value, contexts)]);
  return { ...all, outputs: Object.fromEntries(told) };
}

/** Whether the kept entry has one of these beginnings; one that a test laid there has them all. */
function begins(keys, caches) {
  const key = existsSync(join(caches, "key")) ? readFileSync(join(caches, "key"), "utf8") : null;
  return key === null || keys.split("\n").some((begin) => begin.trim() && key.startsWith(begin.trim()));
}

async function act(name, given, { workspace, remote, caches, artifacts }) {
  switch (name) {
    case "actions/checkout":
      await git(workspace, "clone", "--quiet", remote, ".");
      await git(workspace, "checkout", "--quiet", "--detach", given.ref);
      return;
    case "actions/setup-java":
      return;
    case "actions/cache/restore":
      if (existsSync(join(caches, "latest")) && begins(given["restore-keys"], caches)) cpSync(join(caches, "latest"), join(workspace, given.path), { recursive: true });
      return;
    case "actions/cache/save":
      if (!existsSync(join(workspace, given.path))) return; // it warns
      rmSync(join(caches, "latest"), { recursive: true, force: true });
      cpSync(join(workspace, given.path), join(caches, "latest"), { recursive: true });
      writeFileSync(join(caches, "key"), given.key);
      return;
    case "actions/upload-artifact":
      for (const path of given.path.split("\n").filter(Boolean)) {
        if (existsSync(join(workspace, path))) cpSync(join(workspace, path), join(artifacts, given.name, path));
      }
      return;
    case "actions/download-artifact":
      mkdirSync(dirname(given.path), { recursive: true });
      cpSync(join(artifacts, given.name), given.path, { recursive: true });
      return;
    default:
      throw new Error(`the runner does not know ${name}`);
  }
}
