// Attacks a running server from outside, as OWASP's application security verification standard (ASVS 5.0) asks:
//
//   node security-test.mjs PLUMB FOLDER [long]
//
// PLUMB is the command line, FOLDER an empty folder. With long, sqlmap tries every parameter, too. Each check prints a
// line with the sections of the standard; the exit code is 1 when one failed. What is asked of every route comes from
// the description of the interface, so that no new route is left out.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import yaml from "@stoplight/yaml";

const [plumb, folder, extent] = process.argv.slice(2);
const PASSWORD = "a tired person's password";
const data = join(folder, "data");
const log = join(folder, "server.log");
const specification = yaml.parse(readFileSync(new URL("../../../../docs/openapi.yaml", import.meta.url), "utf8"));
const METHODS = ["get", "post", "put", "patch", "delete"];
let passed = 0;
let failed = 0;

function check(sections, what, problems) {
    const found = [problems].flat().filter(Boolean);
    if (found.length === 0) {
        passed++;
        console.log(`ok: ${what} (${sections})`);
    } else {
        failed++;
        console.log(`FAILED: ${what} (${sections})`);
        for (const problem of found.slice(0, 10)) {
            console.log(`  ${problem}`);
        }
    }
}

async function serve(isFirst, ...more) {
    const server = spawn(plumb, ["serve", "--data", data, "--listen", "127.0.0.1:0", ...more], {
        stdio: ["ignore", "pipe", openSync(log, "a")],
    });
    let address = "";
    let link = "";
    for await (const line of createInterface({ input: server.stdout })) {
        address = /serving (\S+)/.exec(line)?.[1] ?? address;
        link = /invitation#(\S+)/.exec(line)?.[1] ?? link;
        if (address && (link || !isFirst)) {
            break;
        }
    }
    const ended = new Promise((resolve) => server.once("exit", resolve));
    return {
        address,
        link,
        // of the process itself: a launcher may stand before it
        resident: () =>
            Math.max(
                ...[server.pid, ...children(server.pid)].map((pid) =>
                    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0),
                ),
            ) / 1024,
        stop: () => {
            server.kill();
            return ended;
        },
    };
}

function children(pid) {
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    return [...own, ...own.flatMap(children)];
}

/** Everything that was answered, to look for what should not be there. */
const answers = [];

/** One request; the headers as they are given, which `fetch` would not allow. */
function call(method, path, { headers = {}, body, quiet = false } = {}) {
    const url = new URL(path, server.address);
    return new Promise((resolve, reject) => {
        const sent = request(url, { method, headers, timeout: 60_000 }, (answer) => {
            const parts = [];
            answer.on("data", (part) => parts.push(part));
            answer.on("end", () => {
                const text = Buffer.concat(parts).toString("utf8");
                const whole = { method, path, status: answer.statusCode, headers: answer.headers, text };
                if (!quiet) {
                    answers.push(whole);
                }
                resolve(whole);
            });
            answer.on("error", reject);
        });
        sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer in a minute`)));
        sent.on("error", (error) => resolve({ method, path, status: 0, headers: {}, text: String(error) }));
        sent.end(body);
    });
}

/** Somebody who signed in, with a cookie. */
function person(cookie) {
    return {
        headers: { cookie, "x-plumbline-request": "1", origin: server.address },
        send: (method, path, json) =>
            call(method, path, {
                headers: {
                    cookie,
                    origin: server.address,
                    ...(json === undefined ? {} : { "content-type": "application/json" }),
                },
                body: json === undefined ? undefined : JSON.stringify(json),
            }),
    };
}

function bearer(token) {
    return {
        send: (method, path, json) =>
            call(method, path, {
                headers: {
                    authorization: `Bearer ${token}`,
                    ...(json === undefined ? {} : { "content-type": "application/json" }),
                },
                body: json === undefined ? undefined : JSON.stringify(json),
            }),
    };
}

function must(answer, ...statuses) {
    if (!statuses.includes(answer.status)) {
        throw new Error(`${answer.method} ${answer.path}: ${answer.status} ${answer.text}`);
    }
    return answer;
}

const cookie = (answer) => must(answer, 201).headers["set-cookie"][0].split(";")[0];

async function accept(invitation, account) {
    const answer = await call("POST", "/api/v1/invitations/accept", {
        headers: { "content-type": "application/json", origin: server.address },
        body: JSON.stringify({ invitation, account, password: PASSWORD }),
        quiet: true,
    });
    return { session: cookie(answer), set: answer.headers["set-cookie"][0] };
}

const secrets = [PASSWORD];

async function member(owner, organisation, role, name) {
    const answer = must(
        await call("POST", `/api/v1/organisations/${organisation}/invitations`, {
            headers: { ...owner.headers, "content-type": "application/json" },
            body: JSON.stringify({ role }),
            quiet: true,
        }),
        201,
    );
    const invitation = /pli_[a-z0-9]+/.exec(answer.text)[0];
    secrets.push(invitation);
    const { session } = await accept(invitation, name);
    secrets.push(session.split("=")[1]);
    return person(session);
}

async function token(owner, project, role) {
    const answer = must(
        await call("POST", `/api/v1/projects/${project}/tokens`, {
            headers: { ...owner.headers, "content-type": "application/json" },
            body: JSON.stringify({ name: `for ${role}`, role, days: 2 }),
            quiet: true,
        }),
        201,
    );
    const text = JSON.parse(answer.text).token;
    secrets.push(text);
    return { text, id: JSON.parse(answer.text).id, ...bearer(text) };
}

// --- A server with two organisations that know nothing of each other. ---

let server = await serve(true, "--requests-per-second", "100000");
const first = await accept(server.link, "root");
const root = person(first.session);
for (const name of ["acme", "globex"]) {
    must(await root.send("POST", "/api/v1/organisations", { name }), 201);
}
const anna = await member(root, "acme", "owner", "anna");
const eve = await member(root, "globex", "owner", "eve");
const SECRET_NAME = "unannounced-product";
must(await anna.send("POST", "/api/v1/organisations/acme/projects", { name: SECRET_NAME }), 201);
must(await eve.send("POST", "/api/v1/organisations/globex/projects", { name: "open-field" }), 201);
const PROJECT = `acme/${SECRET_NAME}`;
const roles = {};
for (const role of ["viewer", "recorder", "contributor", "reviewer", "maintainer"]) {
    roles[role] = await token(anna, PROJECT, role);
}
const foreign = await token(eve, "globex/open-field", "maintainer");

const HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "a\r\nSet-Cookie: x=y",
    "'; drop table series;--",
    "../../etc/passwd",
];
function results(slower) {
    const rows = ["benchmark,metric,unit,value"];
    for (const [i, name] of ["Parse.json", "Parse.csv", ...HOSTILE].entries()) {
        for (let fork = 0; fork < 5; fork++) {
            const noise = 1 + 0.005 * Math.sin(12.9 * (i + 3 * fork));
            rows.push(`"${name.replaceAll('"', '""')}",time,ns,${100 * (i + 1) * noise * (i === 0 ? slower : 1)}`);
        }
    }
    return rows.join("\n");
}
const upload = (who, project, path, body, headers = {}) =>
    call("POST", `/api/v1/projects/${project}/${path}`, {
        headers: { authorization: `Bearer ${who.text}`, "content-type": "application/octet-stream", ...headers },
        body,
    });
for (let i = 0; i < 8; i++) {
    const commit = `${i}`.padStart(40, "a");
    const time = `2026-01-0${i + 1}T00:00:00Z`;
    must(
        await upload(
            roles.recorder,
            PROJECT,
            `checks?name=r.csv&environment=lab&branch=main&commit=${commit}&time=${time}`,
            results(i === 7 ? 1.3 : 1) + `\nTick.${i},time,ns,${i + 1}\n`,
        ),
        200,
    );
}
const items = async (who, path) =>
    JSON.parse(must(await who.send("GET", `/api/v1/projects/${PROJECT}/${path}`), 200).text);
const run = (await items(roles.viewer, "runs")).items[0].id;
const series = (await items(roles.viewer, "series")).items[0].id;

// --- Every route of the description, asked by people who have no right to it. ---

const OBJECTS = {
    organisation: "acme",
    project: SECRET_NAME,
    account: "anna",
    id: roles.viewer.id,
    run,
    series,
    incident: "i00000000",
    acceptance: "a1",
    benchmark: "Parse.json",
};
const routes = Object.entries(specification.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] })),
);
const filled = (path) => path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(OBJECTS[name] ?? "x"));
const body = (operation) => {
    const type = Object.keys(operation.requestBody?.content ?? {})[0];
    return type === undefined
        ? {}
        : { headers: { "content-type": type }, body: type === "application/json" ? "{}" : "benchmark,value\na,1\n" };
};
async function ask(who, { path, method, operation }) {
    const { headers = {}, body: sent } = body(operation);
    const credentials = who.text ? { authorization: `Bearer ${who.text}` } : (who.headers ?? {});
    return call(method.toUpperCase(), filled(path), { headers: { ...headers, ...credentials }, body: sent });
}
const ofProject = routes.filter(({ path }) => path.includes("{organisation}"));
const strangers = { nobody: {}, "the owner of another organisation": eve, "a token of another project": foreign };
for (const [name, who] of Object.entries(strangers)) {
    const wrong = [];
    for (const route of ofProject) {
        const answer = await ask(who, route);
        // an event proves by its signature who sends it, and nobody else learns whether there is such a project
        const isSigned = route.operation.security?.some((scheme) => "forgeSignature" in scheme) ?? false;
        const allowed = isSigned ? [401] : name === "nobody" ? [401, 404] : [404, 403];
        // a token may be told that tokens do not administer organisations, whichever: 403 without a name
        const isBlind = answer.status === 404 || !answer.text.includes(SECRET_NAME);
        if (
            !allowed.includes(answer.status) ||
            !isBlind ||
            (answer.status === 403 && route.path.includes("{project}"))
        ) {
            wrong.push(`${answer.method} ${answer.path}: ${answer.status} ${answer.text.slice(0, 120)}`);
        }
    }
    check("8.2.1, 8.2.2", `${name} gets nothing of a private project, by ${ofProject.length} routes`, wrong);
}
{
    const wrong = [];
    // its own project's name and visibility are no results
    for (const route of ofProject.filter(({ method, path }) => method === "get" && path.includes("{project}/"))) {
        const answer = await ask(roles.recorder, route);
        if (answer.status < 400) {
            wrong.push(`${answer.method} ${answer.path}: ${answer.status}`);
        }
    }
    check("8.2.1", "a token that records reads nothing", wrong);
}
{
    const wrong = [];
    // these two read: commands are refused one by one, and which commits are known is asked with a body
    const reads = ["/commands", "/repository/known"];
    for (const route of ofProject.filter(
        ({ method, path }) => method !== "get" && !reads.some((end) => path.endsWith(end)),
    )) {
        const answer = await ask(roles.viewer, route);
        if (answer.status < 400) {
            wrong.push(`${answer.method} ${answer.path}: ${answer.status}`);
        }
    }
    check("8.2.1", "a token that reads writes nothing", wrong);
}
{
    const wrong = [];
    for (const route of routes.filter(({ path }) => /\/(accounts|audit|organisations|sessions|me)\b/.test(path))) {
        const answer = await ask(roles.maintainer, route);
        // who it is, the organisation of its project, and the end of a session that it does not have
        const isOwn =
            (route.method === "get" && ["/api/v1/me", "/api/v1/organisations"].includes(route.path)) ||
            (route.path === "/api/v1/sessions/current" && answer.text === "");
        if (answer.status < 400 && !isOwn) {
            wrong.push(`${answer.method} ${answer.path}: ${answer.status} ${answer.text.slice(0, 100)}`);
        }
    }
    check("8.2.1", "a token administers no organisation, account or session", wrong);
}

// --- Fields, methods, addresses. ---

{
    const before = must(await anna.send("GET", `/api/v1/projects/${PROJECT}`), 200).text;
    await anna.send("PATCH", `/api/v1/projects/${PROJECT}`, {
        id: "x",
        organisation: "globex",
        createdAt: "2020-01-01",
        role: "owner",
    });
    const after = must(await anna.send("GET", `/api/v1/projects/${PROJECT}`), 200).text;
    check("15.3.3, 8.2.3", "fields that nobody may set stay", before === after ? "" : `${before} became ${after}`);
}
{
    const wrong = [];
    for (const [method, path] of [
        ["TRACE", "/"],
        ["TRACE", "/api/v1/projects"],
        ["GET", "/assets/"],
        ["GET", "/.git/config"],
        ["GET", "/%2e%2e/%2e%2e/etc/passwd"],
        ["GET", "/assets/..%2f..%2fserver.db"],
    ]) {
        const answer = await call(method, path);
        if (answer.status >= 200 && answer.status < 300) {
            wrong.push(`${method} ${path}: ${answer.status}`);
        }
    }
    check("13.4.2-5", "no TRACE, no lists of files, no files of the machine", wrong);
}
{
    const inAddress = [];
    for (const name of ["token", "access_token", "api_key", "authorization"]) {
        const answer = await call("GET", `/api/v1/projects/${PROJECT}/runs?${name}=${roles.viewer.text}`, {
            quiet: true,
        });
        if (answer.status < 400) {
            inAddress.push(`?${name}= is taken: ${answer.status}`);
        }
    }
    check("14.2.1", "a token in an address opens nothing", inAddress);
}

// --- Sessions, cookies, other sites. ---

{
    const attributes = first.set.toLowerCase();
    check("3.3.1-4", "the session's cookie is HttpOnly, SameSite and for the whole site", [
        attributes.includes("httponly") ? "" : "no HttpOnly",
        /samesite=(lax|strict)/.test(attributes) ? "" : "no SameSite",
        attributes.includes("path=/") ? "" : "no Path=/",
        attributes.includes("domain=") ? "has a Domain" : "",
    ]);
}
{
    const again = cookie(
        await call("POST", "/api/v1/sessions", {
            headers: { "content-type": "application/json", origin: server.address },
            body: JSON.stringify({ account: "eve", password: PASSWORD }),
            quiet: true,
        }),
    );
    const other = cookie(
        await call("POST", "/api/v1/sessions", {
            headers: { "content-type": "application/json", origin: server.address, cookie: again },
            body: JSON.stringify({ account: "eve", password: PASSWORD }),
            quiet: true,
        }),
    );
    secrets.push(again.split("=")[1], other.split("=")[1]);
    const one = person(other);
    must(await one.send("GET", "/api/v1/me"), 200);
    await one.send("DELETE", "/api/v1/sessions/current");
    const dead = await one.send("GET", "/api/v1/me");
    check("7.2.4, 7.4.1", "a sign-in gets a new session, and signing out ends it", [
        again === other ? "the session stayed the same" : "",
        dead.status === 401 ? "" : `after signing out: ${dead.status}`,
    ]);
}
{
    const wrong = [];
    for (const origin of [
        "https://evil.example",
        "null",
        server.address.replace("127.0.0.1", "127.0.0.1.evil.example"),
    ]) {
        for (const site of [{ origin }, { origin, "sec-fetch-site": "cross-site" }]) {
            const answer = await call("POST", `/api/v1/projects/${PROJECT}/triage`, {
                headers: { cookie: anna.headers.cookie, "content-type": "application/json", ...site },
                body: JSON.stringify({ finding: "Parse.json", decision: "acknowledged" }),
            });
            if (answer.status !== 403) {
                wrong.push(`from ${origin}: ${answer.status}`);
            }
        }
        const form = await call("POST", `/p/${PROJECT}/settings`, {
            headers: { cookie: anna.headers.cookie, "content-type": "application/x-www-form-urlencoded", origin },
            body: "visibility=public",
        });
        if (form.status < 400) {
            wrong.push(`a form from ${origin}: ${form.status}`);
        }
    }
    check("3.5.1", "another site's request with a session's cookie is refused", wrong);
}
{
    const answer = await call("GET", "/api/v1", { headers: { origin: "https://evil.example" } });
    const preflight = await call("OPTIONS", `/api/v1/projects/${PROJECT}/runs`, {
        headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    const allowed = [answer, preflight].map((one) => one.headers["access-control-allow-origin"] ?? "");
    check("3.4.2", "no other site may read answers", [
        allowed.some((origin) => origin.includes("evil") || origin === "*") ? `allows ${allowed}` : "",
        answer.headers["access-control-allow-credentials"] ? "allows credentials" : "",
    ]);
}
{
    const wrong = [];
    for (const path of ["/", "/sign-in", `/p/${PROJECT}/`, "/api/v1", "/nothing/here"]) {
        const answer = await call("GET", path, { headers: { cookie: anna.headers.cookie } });
        const policy = answer.headers["content-security-policy"] ?? "";
        if (!policy || /unsafe-(inline|eval)/.test(policy) || !/frame-ancestors/.test(policy)) {
            wrong.push(`${path}: policy ${policy}`);
        }
        if (answer.headers["x-content-type-options"] !== "nosniff" || !answer.headers["referrer-policy"]) {
            wrong.push(
                `${path}: nosniff ${answer.headers["x-content-type-options"]}, referrer ${answer.headers["referrer-policy"]}`,
            );
        }
        if (answer.headers.server || answer.headers["x-powered-by"]) {
            wrong.push(`${path}: says what it is: ${answer.headers.server ?? answer.headers["x-powered-by"]}`);
        }
    }
    check("3.4.1-6", "pages and answers have their security headers", wrong);
}

// --- Hostile text. ---

{
    const wrong = [];
    const html = await call("GET", `/p/${PROJECT}/benchmarks`, { headers: { cookie: anna.headers.cookie } });
    if (html.text.includes("<script>alert")) {
        wrong.push("a benchmark's name is markup");
    }
    const table = await call("GET", `/api/v1/projects/${PROJECT}/report?as=csv`, {
        headers: { authorization: `Bearer ${roles.viewer.text}` },
    });
    if (table.status === 200 && /(^|[,;\n])"?=cmd/.test(table.text)) {
        wrong.push("a benchmark's name is a formula in CSV");
    }
    for (const answer of answers) {
        if (Object.keys(answer.headers).includes("set-cookie") && /x=y/.test(String(answer.headers["set-cookie"]))) {
            wrong.push(`${answer.path}: a name became a header`);
        }
    }
    check("1.2.1, 1.2.3", "hostile names are text in pages, tables and headers", wrong);
}
{
    const entity = `<?xml version="1.0"?><!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&x;" time="1"/></testsuite>`;
    const answer = await upload(roles.contributor, PROJECT, "runs?name=t.xml&environment=lab&format=junit-xml", entity);
    const listed = await call("GET", `/api/v1/projects/${PROJECT}/benchmarks`, {
        headers: { authorization: `Bearer ${roles.viewer.text}` },
    });
    check("1.5.1", "no file comes in through an entity of XML", [
        /root:.*:0:0/.test(answer.text + listed.text) ? "the file was read" : "",
        answer.status >= 500 ? `${answer.status}` : "",
    ]);
}

// --- Bodies that are bombs. ---

{
    const before = server.resident();
    const wrong = [];
    const deep = "[".repeat(200_000);
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024));
    const attempts = {
        "JSON 200,000 deep": () =>
            call("POST", `/api/v1/projects/${PROJECT}/triage`, {
                headers: { authorization: `Bearer ${roles.reviewer.text}`, "content-type": "application/json" },
                body: deep,
            }),
        "results of JSON 200,000 deep": () =>
            upload(roles.contributor, PROJECT, "runs?name=d.json&environment=lab", deep),
        "300 MB of zeros in gzip": () =>
            upload(roles.contributor, PROJECT, "runs?name=z.csv&environment=lab", bomb, { "content-encoding": "gzip" }),
        "a body of another type": () =>
            call("POST", `/api/v1/projects/${PROJECT}/triage`, {
                headers: { authorization: `Bearer ${roles.reviewer.text}`, "content-type": "text/plain" },
                body: "{}",
            }),
        "40 MB of JSON for one decision": () =>
            call("POST", `/api/v1/projects/${PROJECT}/triage`, {
                headers: { authorization: `Bearer ${roles.reviewer.text}`, "content-type": "application/json" },
                body: `{"finding":"${"x".repeat(40 * 1024 * 1024)}"}`,
            }),
        "a length that is a lie": () =>
            call("POST", `/api/v1/projects/${PROJECT}/triage`, {
                headers: {
                    authorization: `Bearer ${roles.reviewer.text}`,
                    "content-type": "application/json",
                    "transfer-encoding": "chunked, identity",
                },
                body: "{}",
            }),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
        const answer = await attempt();
        if (answer.status !== 0 && (answer.status < 400 || answer.status >= 500)) {
            wrong.push(`${name}: ${answer.status} ${answer.text.slice(0, 120)}`);
        }
    }
    const alive = await call("GET", "/readyz");
    const grown = server.resident() - before;
    if (grown > 400) {
        wrong.push(`grew by ${grown.toFixed(0)} MB`);
    }
    check("5.2.1-3", "bombs are refused in bounded memory", [
        ...wrong,
        alive.status === 200 ? "" : "not ready any more",
    ]);
}

// --- Tokens. ---

{
    const revoked = await token(anna, PROJECT, "viewer");
    must(await revoked.send("GET", `/api/v1/projects/${PROJECT}/runs`), 200);
    must(await anna.send("DELETE", `/api/v1/projects/${PROJECT}/tokens/${revoked.id}`), 204, 200);
    const after = await revoked.send("GET", `/api/v1/projects/${PROJECT}/runs`);
    check("7.4.1", "a revoked token is refused at the next call", after.status === 401 ? "" : `${after.status}`);
    const bits = new Set(secrets.filter((one) => one.startsWith("plb_")));
    const shortest = Math.min(...[...bits].map((one) => one.length - 4));
    check("7.2.3", "tokens have 128 bits and more", shortest * 5 >= 128 ? "" : `${shortest} characters`);
}

// --- Guesses, addresses that lie, quotas. ---

{
    const guess = (account, headers = {}) =>
        call("POST", "/api/v1/sessions", {
            headers: { "content-type": "application/json", origin: server.address, ...headers },
            body: JSON.stringify({ account, password: `wrong password ${Math.random()}` }),
            quiet: true,
        });
    const names = [];
    for (const account of ["anna", "nobody-of-this-name"]) {
        const { status, text } = await guess(account);
        names.push(`${status} ${text}`);
    }
    check("6.3.8", "an answer does not say which accounts there are", names[0] === names[1] ? "" : names);
    const statuses = [];
    for (let i = 0; i < 60; i++) {
        statuses.push((await guess("anna", { "x-forwarded-for": `10.0.0.${i}`, forwarded: `for=10.1.0.${i}` })).status);
    }
    const slowed = statuses.filter((status) => status === 429).length;
    const last = await guess("anna");
    check("6.3.1, 4.1.3", "guesses of passwords are slowed, whatever address they claim", [
        slowed >= 40 ? "" : `${slowed} of 60 were refused: ${statuses.join(" ")}`,
        last.headers["retry-after"] ? "" : "429 without Retry-After",
        statuses.includes(201) ? "a guess was right" : "",
    ]);
    const working = await anna.send("GET", "/api/v1/me");
    check(
        "6.3.1",
        "who is signed in is not locked out by guesses of others",
        working.status === 200 ? "" : `${working.status}`,
    );
}

// --- What is kept, and what is said. ---

{
    const audit = must(await anna.send("GET", "/api/v1/organisations/acme/audit?limit=200"), 200).text;
    const whole = must(await root.send("GET", "/api/v1/audit?limit=200"), 200).text;
    const missing = [
        "session.begin",
        "session.end",
        "token.issue",
        "token.revoke",
        "invitation.accept",
        "project.create",
        "organisation.create",
    ].filter((word) => !(audit + whole).includes(word));
    check("16.3.1-3", "the audit log has sign-ins, refusals, tokens, members and projects", [
        ...missing.map((word) => `nothing of ${word}`),
        /"outcome": "(?!done)/.test(whole) ? "" : "nothing that was refused",
    ]);
}
{
    const wrong = [];
    for (const answer of answers) {
        for (const secret of secrets) {
            if (secret.length > 12 && answer.text.includes(secret)) {
                wrong.push(`${answer.method} ${answer.path} has a secret`);
            }
        }
        if (
            /\$argon2|password_hash|at (dev\.plumbline|java|org|io\.javalin)\.|SQLITE_|org\.sqlite|PSQLException/.test(
                answer.text,
            )
        ) {
            wrong.push(`${answer.method} ${answer.path}: ${answer.text.slice(0, 160)}`);
        }
        if (answer.text.includes(folder)) {
            wrong.push(`${answer.method} ${answer.path} names a folder of the server: ${answer.text.slice(0, 160)}`);
        }
        if (answer.status >= 500 && answer.status !== 503) {
            wrong.push(`${answer.method} ${answer.path}: ${answer.status} ${answer.text.slice(0, 120)}`);
        }
    }
    check(
        "15.3.1, 16.5.1",
        `no secret, stack, statement or folder in ${answers.length} answers, and no error of the server`,
        wrong,
    );
}

// Every parameter of every reading route, by a tool that knows more attacks than we do.
if (extent === "long") {
    const wrong = [];
    let asked = 0;
    for (const { path, operation } of routes.filter(
        ({ method, path }) => method === "get" && path.includes("{project}"),
    )) {
        const names = (operation.parameters ?? [])
            .map((one) => (one.$ref ? specification.components.parameters[one.$ref.split("/").pop()] : one))
            .filter((one) => one.in === "query")
            .map((one) => one.name);
        // also the last part of the path, where it names something
        const address = filled(path).replace(/(Parse\.json|i00000000)$/, "$1*");
        if (names.length === 0 && !address.includes("*")) {
            continue;
        }
        const query = names.map((name) => `${name}=${name === "limit" || name === "days" ? 5 : "main"}`).join("&");
        asked += names.length + (address.includes("*") ? 1 : 0);
        const out = execFileSync(
            "sqlmap",
            [
                "-u",
                `${server.address}${address}${query ? `?${query}` : ""}`,
                "--batch",
                "--level=2",
                "--risk=1",
                "--threads=4",
                "--time-sec=3",
                "--disable-coloring",
                "--flush-session",
                "--ignore-code=400,404,422",
                "--technique=BEU",
                `--output-dir=${join(folder, "sqlmap")}`,
                "-H",
                `Authorization: Bearer ${roles.viewer.text}`,
            ],
            { encoding: "utf8", timeout: 900_000, maxBuffer: 1 << 28 },
        );
        if (/is vulnerable|injection point\(s\)/.test(out)) {
            wrong.push(`${path}: ${out.slice(-400)}`);
        }
    }
    check("1.2.4", `sqlmap finds nothing in ${asked} parameters`, wrong);
}

// Only now: the server writes what it kept.
await server.stop();
{
    const files = [];
    const walk = (place) => {
        for (const entry of readdirSync(place, { withFileTypes: true })) {
            const path = join(place, entry.name);
            if (entry.isDirectory()) {
                walk(path);
            } else if (entry.isFile()) {
                files.push(path);
            }
        }
    };
    walk(data);
    const wrong = [];
    for (const path of [...files, log]) {
        const text = readFileSync(path, "latin1");
        for (const secret of secrets) {
            if (secret.length > 12 && text.includes(secret)) {
                wrong.push(`${path.slice(folder.length)} has ${secret.slice(0, 8)}…`);
            }
        }
    }
    check(
        "11.4.2, 13.3.1, 16.2.5",
        `no token, session, invitation or password in ${files.length} files and the log`,
        wrong,
    );
    const open = execFileSync("find", [data, "-type", "d", "-perm", "/077", "-printf", "%P %m\n"], {
        encoding: "utf8",
    }).trim();
    check("13.2.2", "nobody else on the machine looks into the server's folders", open ? open.split("\n") : "");
}

// --- A server that hands out quotas, and one that would be open to all. ---

server = await serve(false, "--requests-per-second", "2");
{
    const statuses = [];
    let last;
    for (let i = 0; i < 200; i++) {
        const answer = await call("GET", "/api/v1", { quiet: true });
        statuses.push(answer.status);
        last = answer.status === 429 ? answer : last;
    }
    check("2.4.1", "more requests than agreed get 429 with Retry-After", [
        last ? "" : "none of 200 was refused",
        last && !last.headers["retry-after"] ? "no Retry-After" : "",
    ]);
}
await server.stop();
{
    mkdirSync(join(folder, "open"), { recursive: true });
    let out = "";
    let code = 0;
    try {
        out = execFileSync(plumb, ["serve", "--data", join(folder, "open"), "--listen", "0.0.0.0:0"], {
            encoding: "utf8",
            timeout: 20_000,
            stdio: ["ignore", "pipe", "pipe"],
        });
    } catch (error) {
        code = error.status;
        out = String(error.stderr);
    }
    check(
        "12.2.1",
        "plain HTTP on an address of the network is refused without a public address",
        code > 0 ? "" : `started, or did not end: ${out}`,
    );
    writeFileSync(join(folder, "open.txt"), out);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
