// Measures reading from a large project in PostgreSQL:
//
//   node server-figures.mjs PLUMB FOLDER DATABASE SERIES POINTS
//
// PLUMB is the command line, FOLDER an empty folder, DATABASE the address of a database without a server's tables, in
// which psql may write. One run is recorded over the interface; the others are rows that psql makes of its rows, since
// to record ten million points takes longer than to read them. Then requests of each kind are sent one after the
// other. The exit code is 1 where one failed, or the 95th percentile of a kind is beyond its limit.
import { spawn, spawnSync } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [plumb, folder, database, series, points] = process.argv.slice(2);
const SERIES = Number(series);
const POINTS = Number(points);
const REQUESTS = 100;
const LIMIT = 200;
const PATIENCE = 20 * 60_000;

const log = join(folder, "server.log");
const server = spawn(
    plumb,
    ["serve", "--data", join(folder, "data"), "--listen", "127.0.0.1:0", "--requests-per-second", "1000"].concat([
        "--database",
        database,
    ]),
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
    console.log(`the server did not start, or its database has accounts already\n${readFileSync(log, "utf8")}`);
    process.exit(1);
}
server.stdout.resume();

async function call(method, path, { headers = {}, body } = {}) {
    const answer = await fetch(new URL(path, address), { method, headers, body, redirect: "manual" });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

async function made(path, members, headers) {
    const answer = await call("POST", path, {
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(members),
    });
    if (answer.status !== 201) {
        throw new Error(`${path}: ${answer.status} ${answer.text}`);
    }
    return answer;
}

function sql(text) {
    const done = spawnSync("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text], {
        encoding: "utf8",
    });
    if (done.status !== 0) {
        throw new Error(done.stderr);
    }
    return done.stdout.trim();
}

const first = await made(
    "/api/v1/invitations/accept",
    { invitation: link, account: "root", password: "a tired person's password" },
    { Origin: address },
);
const person = { Cookie: first.headers.get("set-cookie").split(";")[0], Origin: address };
await made("/api/v1/organisations", { name: "acme" }, person);
await made("/api/v1/organisations/acme/projects", { name: "large" }, person);
const project = "/api/v1/projects/acme/large";
const token = JSON.parse((await made(`${project}/tokens`, { name: "figures", role: "maintainer" }, person)).text).token;
const program = { Authorization: `Bearer ${token}` };

async function record(number) {
    let csv = "benchmark,value,unit\n";
    for (let i = 0; i < SERIES; i++) {
        csv += `pkg${i % 100}.Bench.case${i},${(100 + (i % 900) + 0.01 * ((i * number) % 97)).toFixed(4)},ns\n`;
    }
    const time = encodeURIComponent(new Date(Date.UTC(2026, 0, 1)).toISOString());
    const answer = await call(
        "POST",
        `${project}/runs?name=r.csv&environment=lab&branch=main&commit=${String(number).padStart(40, "0")}&time=${time}`,
        { headers: { "Content-Type": "application/octet-stream", ...program }, body: csv },
    );
    if (answer.status !== 200) {
        throw new Error(`recording: ${answer.status} ${answer.text}`);
    }
}

let began = performance.now();
await record(1);
console.log(`recorded ${SERIES} new series in ${((performance.now() - began) / 1000).toFixed(1)} s`);
began = performance.now();
const schema = sql("SELECT table_schema FROM information_schema.tables WHERE table_name = 'point'");
sql(`SET search_path TO "${schema}";
INSERT INTO run (run_id, id, content_id, commit_id, branch_id, commit_second, commit_nano, position, environment_id,
    facts, measured_second, measured_nano, added_second, added_nano, context, measurements)
  SELECT run_id + n, md5('run' || n) || md5('more' || n), md5('content' || n) || md5('more' || n), lpad(to_hex(n), 40, 'a'),
    branch_id, commit_second + 3600 * n, commit_nano, position + n, environment_id, facts, measured_second + 3600 * n,
    measured_nano, added_second, added_nano, context, measurements
  FROM run, generate_series(1, ${POINTS - 1}) AS n;
INSERT INTO point (series_id, run_id, metric_id, value, group_count, group_deviation, measurements)
  SELECT series_id, run_id + n, metric_id, value * (1 + 0.02 * (random() + random() - 1)), group_count, group_deviation,
    measurements FROM point, generate_series(1, ${POINTS - 1}) AS n;
INSERT INTO measurement (run_id, ordinal, series_id, metric_id, value, group_count, group_deviation, sample)
  SELECT point.run_id, first.ordinal, first.series_id, first.metric_id, point.value, first.group_count,
    first.group_deviation, first.sample
  FROM measurement AS first JOIN point ON point.series_id = first.series_id AND point.run_id <> first.run_id;
ANALYZE;`);
const rows = Number(sql(`SELECT count(*) FROM "${schema}".point`));
// the loop was blocked meanwhile: it has yet to notice that the server closed the idle connection
await new Promise((resolve) => setTimeout(resolve, 200));
console.log(`${rows} points in ${((performance.now() - began) / 1000).toFixed(0)} s`);

const ids = JSON.parse((await call("GET", `${project}/series?limit=1000`, { headers: program })).text).items.map(
    (one) => one.series,
);
const KINDS = [
    ["points of a series", () => call("GET", `${project}/series/${ids.shift()}/points?limit=1000`, { headers: program })],
    ["1,000 of the series", () => call("GET", `${project}/series?limit=1000`, { headers: program })],
    ["search", (n) => call("GET", `${project}/series?benchmark=*case77${n % 10}*`, { headers: program })],
    ["overview", () => call("GET", "/p/acme/large/", { headers: person })],
];
const problems = [];
for (const [kind, how] of KINDS) {
    // what is computed in the background is waited for
    began = performance.now();
    let warm = await how(0);
    while (warm.status !== 200 || warm.text.includes("Computing this page")) {
        if (performance.now() - began > PATIENCE) {
            break;
        }
        await new Promise((resolve) => setTimeout(resolve, 5_000));
        warm = await how(0);
    }
    const waited = (performance.now() - began) / 1000;
    const times = [];
    let bytes = 0;
    for (let n = 0; n < REQUESTS; n++) {
        const start = performance.now();
        const answer = await how(n);
        times.push(performance.now() - start);
        bytes = answer.text.length;
        if (answer.status !== 200 || answer.text.includes("Computing this page")) {
            problems.push(`${kind}: ${answer.status} ${answer.text.slice(0, 200)}`);
            break;
        }
    }
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0);
    console.log(
        `  ${kind.padEnd(20)} first ${waited.toFixed(1)} s; then p50 ${at(0.5)}, p95 ${at(0.95)}, longest ${at(1)} ms; ${bytes} bytes`,
    );
    if (Number(at(0.95)) > LIMIT) {
        problems.push(`${kind}: the 95th percentile is beyond ${LIMIT} ms`);
    }
}
problems.forEach((problem) => console.log(problem));
process.exit(problems.length ? 1 : 0);
