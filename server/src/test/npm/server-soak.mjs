// Keeps a server busy for a while, with twenty requests a second of every kind, and looks at what becomes of it:
//
//   node server-soak.mjs PLUMB FOLDER SECONDS [DATABASE]
//
// PLUMB is the command line, FOLDER an empty folder, DATABASE the address of a PostgreSQL database; without one SQLite
// files are used. Requests are sent at their time, whether those before are answered or not. The exit code is 1 where
// one was answered with an error, took longer than 30 seconds or came to nothing, where more than one of a hundred was
// asked to come again (503 with Retry-After), or where memory, open files or threads went on growing.
import { spawn } from "node:child_process";
import { openSync, readdirSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [plumb, folder, length, database] = process.argv.slice(2);
const SECONDS = Number(length);
const A_SECOND = 20;
const PROJECTS = ["a", "b", "c", "d"];
const BENCHMARKS = 25;
const LONGEST = 30_000;
const SAMPLES = 60;
/** What the Java machine may take more in the second half than in the first, in MiB; it grows to its limit. */
const MORE_MEMORY = 150;
const MORE_FILES = 30;

const agent = new Agent({ keepAlive: true, maxSockets: 400 });
const log = join(folder, "server.log");
const server = spawn(
    plumb,
    [
        "serve",
        "--data",
        join(folder, "data"),
        "--listen",
        "127.0.0.1:0",
        "--requests-per-second",
        "1000",
        ...(database ? ["--database", database] : []),
    ],
    { stdio: ["ignore", "pipe", openSync(log, "a")] },
);
process.on("exit", () => server.kill());
for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => process.exit(130));
}
let address = "";
let link = "";
for await (const line of createInterface({ input: server.stdout })) {
    address = /serving (\S+)/.exec(line)?.[1] ?? address;
    link = /invitation#(\S+)/.exec(line)?.[1] ?? link;
    if (address && link) {
        break;
    }
}
if (!link) {
    console.log("the server did not start, or its database has accounts already; it said:");
    console.log(readFileSync(log, "utf8"));
    server.kill();
    process.exit(1);
}
server.stdout.resume();

function call(method, path, { headers = {}, body } = {}) {
    return new Promise((resolve) => {
        const sent = request(new URL(path, address), { method, headers, agent, timeout: LONGEST }, (answer) => {
            const parts = [];
            answer.on("data", (part) => parts.push(part));
            answer.on("error", () => resolve({ status: 0, text: "the answer broke off", headers: {} }));
            answer.on("end", () =>
                resolve({
                    status: answer.statusCode,
                    text: Buffer.concat(parts).toString("utf8"),
                    headers: answer.headers,
                }),
            );
        });
        sent.on("timeout", () => sent.destroy(new Error(`no answer in ${LONGEST / 1000} s`)));
        sent.on("error", (failure) => resolve({ status: 0, text: String(failure), headers: {} }));
        sent.end(body);
    });
}

async function made(path, members, headers) {
    const body = JSON.stringify(members);
    const answer = await call("POST", path, { headers: { "Content-Type": "application/json", ...headers }, body });
    if (answer.status !== 201) {
        throw new Error(`${path}: ${answer.status} ${answer.text}`);
    }
    return answer;
}

const first = await made(
    "/api/v1/invitations/accept",
    { invitation: link, account: "root", password: "a tired person's password" },
    { Origin: address },
);
const person = { Cookie: first.headers["set-cookie"][0].split(";")[0], Origin: address };
await made("/api/v1/organisations", { name: "acme" }, person);
const tokens = {};
for (const name of PROJECTS) {
    await made("/api/v1/organisations/acme/projects", { name }, person);
    const token = await made(`/api/v1/projects/acme/${name}/tokens`, { name: "soak", role: "maintainer" }, person);
    tokens[name] = { Authorization: `Bearer ${JSON.parse(token.text).token}` };
}

// a generator of its own: the same requests each time
let seed = 12345;
function chance() {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
}

let runs = 0;
function results(name, dry) {
    runs++;
    const commit = runs.toString(16).padStart(40, "0");
    const time = new Date(Date.UTC(2026, 0, 1) + runs * 60_000).toISOString();
    let csv = "benchmark,value,unit\n";
    for (let i = 0; i < BENCHMARKS; i++) {
        csv += `pkg.bench${i},${((100 + i) * (1 + 0.02 * (chance() + chance() - 1))).toFixed(4)},ns\n`;
    }
    return call(
        "POST",
        `/api/v1/projects/acme/${name}/${dry ? "checks" : "runs"}?name=r.csv&environment=lab&branch=main` +
            `&commit=${commit}` +
            `&time=${encodeURIComponent(time)}${dry ? "&dry-run=true" : ""}`,
        { headers: { "Content-Type": "application/octet-stream", ...tokens[name] }, body: csv },
    );
}

const series = {};
const api = (name, rest) => call("GET", `/api/v1/projects/acme/${name}/${rest}`, { headers: tokens[name] });
const page = (path) => call("GET", path, { headers: person });

/** What is asked, and how often of a hundred times. */
const KINDS = [
    ["record", 6, (name) => results(name, false)],
    ["check, dry", 2, (name) => results(name, true)],
    ["series", 12, (name) => api(name, "series?limit=50")],
    ["points", 25, (name) => api(name, `series/${series[name][Math.floor(chance() * series[name].length)]}/points`)],
    ["runs", 12, (name) => api(name, "runs?limit=50")],
    ["incidents", 4, (name) => api(name, "incidents")],
    ["first page", 6, () => page("/")],
    ["dashboard", 8, (name) => page(`/p/acme/${name}/`)],
    ["incidents page", 5, (name) => page(`/p/acme/${name}/incidents`)],
    ["runs page", 6, (name) => page(`/p/acme/${name}/checks`)],
    ["not there", 4, (name) => api(name, "series/0000000000000000")],
    ["ready", 10, () => call("GET", "/readyz")],
];

for (const name of PROJECTS) {
    for (let i = 0; i < 8; i++) {
        const answer = await results(name, false);
        if (answer.status !== 200) {
            throw new Error(`recording: ${answer.status} ${answer.text}`);
        }
    }
    series[name] = JSON.parse((await api(name, "series?limit=100")).text).items.map((one) => one.series);
}

function children(pid) {
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    return [pid, ...own.flatMap(children)];
}

/** Of the process itself: a launcher may stand before it. */
function measured() {
    const all = children(server.pid).map((pid) => {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        return {
            memory: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
            files: readdirSync(`/proc/${pid}/fd`).length,
            threads: Number(/Threads:\s+(\d+)/.exec(status)?.[1] ?? 0),
        };
    });
    return all.reduce((one, other) => (other.memory > one.memory ? other : one));
}

const times = new Map(KINDS.map(([kind]) => [kind, []]));
const failures = [];
let refused = 0;
const samples = [];
const waiting = new Set();

function ask() {
    let left = chance() * 100;
    const [kind, , how] = KINDS.find(([, share]) => (left -= share) < 0) ?? KINDS[0];
    const name = PROJECTS[Math.floor(chance() * PROJECTS.length)];
    const began = performance.now();
    const expected = kind === "not there" ? 404 : 200;
    const one = how(name).then((answer) => {
        times.get(kind).push(performance.now() - began);
        if (answer.status === 503 && answer.headers["retry-after"]) {
            refused++;
        } else if (answer.status !== expected) {
            failures.push(`${kind} of ${name}: ${answer.status} ${answer.text.slice(0, 200)}`);
        }
        waiting.delete(one);
    });
    waiting.add(one);
}

const start = performance.now();
let sent = 0;
let mostWaiting = 0;
await new Promise((resolve) => {
    const timer = setInterval(() => {
        const elapsed = (performance.now() - start) / 1000;
        while (sent < Math.min(elapsed, SECONDS) * A_SECOND) {
            ask();
            sent++;
        }
        mostWaiting = Math.max(mostWaiting, waiting.size);
        while (samples.length < (elapsed / SECONDS) * SAMPLES) {
            samples.push(measured());
        }
        if (elapsed >= SECONDS) {
            clearInterval(timer);
            resolve();
        }
    }, 25);
});
await Promise.all(waiting);

function median(numbers) {
    return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

console.log(
    `${sent} requests in ${SECONDS} s, ${runs} results, at most ${mostWaiting} at once; ${failures.length} failed,` +
        ` ${refused} were asked to come again`,
);
for (const [kind, own] of times) {
    own.sort((a, b) => a - b);
    const at = (share) => (own.length ? own[Math.min(own.length - 1, Math.floor(own.length * share))].toFixed(0) : "-");
    console.log(
        `  ${kind.padEnd(16)} ${String(own.length).padStart(6)}  p50 ${at(0.5)}, p95 ${at(0.95)}, longest ${at(1)} ms`,
    );
}
const quarter = (from) => samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * (from + 0.25)));
const [early, late] = [quarter(0.5), quarter(0.75)];
const problems = failures.slice(0, 10);
if (refused > sent / 100) {
    problems.push(`more than one of a hundred requests was asked to come again`);
}
for (const [what, unit, most] of [
    ["memory", "MiB", MORE_MEMORY],
    ["files", "open", MORE_FILES],
    ["threads", "", MORE_FILES],
]) {
    const of = (part) => median(part.map((sample) => sample[what]));
    console.log(
        `  ${what}: ${of(quarter(0)).toFixed(0)} ${unit} in the first quarter, ${of(early).toFixed(0)} in the third,` +
            ` ${of(late).toFixed(0)} in the last`,
    );
    if (of(late) - of(early) > most) {
        problems.push(`${what} went on growing`);
    }
}
const severe = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => /"level":"(SEVERE|WARNING)"/.test(line));
if (severe.length > 0) {
    problems.push(`${severe.length} warnings in the log, such as ${severe[0].slice(0, 300)}`);
}
const ended = new Promise((resolve) => server.once("exit", resolve));
server.kill();
await ended;
agent.destroy();
for (const problem of problems) {
    console.log(`FAILED: ${problem}`);
}
process.exit(problems.length > 0 ? 1 : 0);
