// Renders and checks what runs a server elsewhere, and starts the program as each of it does:
//
//   node deploy-test.mjs PLUMB DEPLOY FOLDER
//
// PLUMB is the command line, DEPLOY the folder with the files, FOLDER one with helm/helm in it. Each check prints a line;
// the exit code is 1 when one failed. What is not installed (docker-compose, systemd-analyze) is skipped with a line.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { Ingress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import { Service } from "kubernetes-models/v1/Service";
import { parse, parseAllDocuments } from "yaml";

const [plumb, deploy, folder] = process.argv.slice(2);
const chart = join(deploy, "helm/plumbline");
const KINDS = { StatefulSet, Service, Ingress };
const LEAST = { publicUrl: "https://perf.example.org", image: { repository: "registry.example.org/plumbline", tag: "1.2.3" } };
const ALL = {
    ...LEAST,
    database: {
        host: "db.example.org",
        port: 5433,
        passwordSecret: { name: "postgres" },
        sslMode: "verify-full",
        readHost: "replica.example.org",
        readLagSeconds: 5,
    },
    replicas: 3,
    storage: { size: "5Gi", className: "fast" },
    ingress: { className: "nginx", tlsSecret: "perf-tls", annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "2g" } },
    trustedProxies: ["10.42.0.0/16", "fd00:42::/32"],
    webhookNetworks: ["10.0.0.0/8"],
    identitySecret: "sign-in",
    environmentSecret: "sign-in-variables",
    metrics: true,
    requestsPerSecond: 20,
    imagePullSecrets: [{ name: "registry" }],
    nodeSelector: { disk: "ssd" },
    tolerations: [{ key: "perf", operator: "Exists" }],
    affinity: { nodeAffinity: {} },
};
let failed = 0;

async function check(what, body) {
    try {
        const note = await body();
        console.log(`${note ? "skipped" : "ok"}: ${what}${note ? `: ${note}` : ""}`);
    } catch (error) {
        failed++;
        console.log(`FAILED: ${what}\n  ${String(error.message).replaceAll("\n", "\n  ")}`);
    }
}

function call(command, args, options = {}) {
    const answer = spawnSync(command, args, { encoding: "utf8", timeout: 60_000, ...options });
    return { code: answer.status, out: answer.stdout ?? "", err: `${answer.stderr ?? ""}${answer.error ?? ""}` };
}

function isThere(command) {
    return call("sh", ["-c", `command -v ${command}`]).code === 0;
}

function helm(values, ...args) {
    const file = join(folder, "values.yaml");
    writeFileSync(file, JSON.stringify(values));
    return call(join(folder, "helm/helm"), [...args, chart, "--values", file]);
}

function objects(values) {
    const answer = helm(values, "template", "perf");
    assert.equal(answer.code, 0, answer.err);
    return Object.fromEntries(parseAllDocuments(answer.out).map((document) => [document.toJS().kind, document.toJS()]));
}

function container(values) {
    return objects(values).StatefulSet.spec.template.spec.containers[0];
}

async function freePort() {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

/** Starts the program with the arguments of a file, on other folders and a port of its own, and stops it as it is stopped there. */
async function starts(name, args, paths = {}) {
    const port = await freePort();
    const data = join(folder, name, "data");
    mkdirSync(join(folder, name), { recursive: true });
    const own = args
        .filter((arg) => !/^--(read-)?database(-lag)?=/.test(arg))
        .map((arg) => (arg.startsWith("--data=") ? `--data=${data}` : arg))
        .map((arg) => (arg.startsWith("--listen=") ? `--listen=127.0.0.1:${port}` : arg))
        .map((arg) => Object.entries(paths).reduce((all, [there, here]) => all.replace(there, here), arg));
    const server = spawn(plumb, own, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    server.stdout.on("data", (text) => (said += text));
    server.stderr.on("data", (text) => (said += text));
    const ended = new Promise((resolve) => server.once("exit", (code, signal) => resolve(code ?? signal)));
    const pages = {};
    try {
        for (const page of ["/readyz", "/healthz", "/metrics"]) {
            pages[page] = await answer(`http://127.0.0.1:${port}${page}`, server);
        }
    } finally {
        server.kill("SIGTERM");
    }
    const end = await ended;
    assert.deepEqual([pages["/healthz"], pages["/readyz"]], [200, 200], said);
    assert.match(said, /first account/);
    assert.ok([0, 143, "SIGTERM"].includes(end), `it ended with ${end}`);
    return pages;
}

async function answer(address, server) {
    for (let tries = 0; tries < 300 && server.exitCode === null; tries++) {
        try {
            const { status } = await fetch(address);
            if (status !== 503) {
                return status;
            }
        } catch {
            // it does not listen yet
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return 0;
}

await check("helm lint --strict finds nothing, with the least values and with all", () => {
    for (const values of [LEAST, ALL]) {
        const found = helm(values, "lint", "--strict");
        assert.equal(found.code, 0, found.out);
    }
});

await check("what is missing or wrong is refused by its name", () => {
    for (const [values, name] of [
        [{}, "image.repository"],
        [{ ...LEAST, publicUrl: "http://perf.example.org" }, "publicUrl"],
        [{ ...LEAST, replicas: 2 }, "database.host"],
        [{ ...LEAST, database: { readHost: "replica.example.org" } }, "database.host"],
        [{ ...LEAST, database: { host: "db", readHost: "replica", readLagSeconds: 0 } }, "readLagSeconds"],
        [{ ...LEAST, storage: { size: "much" } }, "storage.size"],
        [{ ...LEAST, replica: 1 }, "replica"],
    ]) {
        const refused = helm(values, "template", "perf");
        assert.notEqual(refused.code, 0);
        assert.ok(refused.err.includes(name), refused.err);
    }
});

await check("every object is one that Kubernetes knows", () => {
    for (const values of [LEAST, ALL, { ...LEAST, ingress: { enabled: false } }]) {
        const all = objects(values);
        assert.equal("Ingress" in all, values.ingress?.enabled !== false);
        for (const [kind, object] of Object.entries(all)) {
            new KINDS[kind](object).validate();
        }
    }
});

await check("the pod has no rights and no secrets in its arguments", () => {
    const pod = objects(ALL).StatefulSet.spec.template.spec;
    assert.equal(pod.automountServiceAccountToken, false);
    assert.equal(pod.securityContext.runAsNonRoot, true);
    const [server] = pod.containers;
    assert.deepEqual(server.securityContext.capabilities.drop, ["ALL"]);
    assert.equal(server.securityContext.readOnlyRootFilesystem, true);
    assert.equal(server.env[0].valueFrom.secretKeyRef.name, "postgres");
    assert.ok(server.args.includes("--database=postgresql://plumbline@db.example.org:5433/plumbline?sslmode=verify-full"));
    const replica = "postgresql://plumbline@replica.example.org:5432/plumbline?sslmode=verify-full";
    assert.ok(server.args.includes(`--read-database=${replica}`));
    assert.ok(server.args.includes("--read-database-lag=5"));
});

await check("the service finds the pod, and the ingress the service", () => {
    const { StatefulSet: set, Service: service, Ingress: ingress } = objects(ALL);
    for (const [name, value] of Object.entries(service.spec.selector)) {
        assert.equal(set.spec.template.metadata.labels[name], value);
    }
    assert.ok(set.spec.template.spec.containers[0].ports.some((port) => port.name === service.spec.ports[0].targetPort));
    assert.equal(ingress.spec.rules[0].host, "perf.example.org");
    assert.equal(ingress.spec.rules[0].http.paths[0].backend.service.name, service.metadata.name);
});

await check("the program starts as in the chart", () => starts("least", container(LEAST).args).then(() => undefined));

await check("the program starts as in the chart with everything", async () => {
    const identity = join(folder, "identity.yaml");
    writeFileSync(identity, "ci-issuers:\n  - https://token.actions.githubusercontent.com\n");
    const pages = await starts("all", container(ALL).args, { "/etc/plumbline/identity.yaml": identity });
    assert.equal(pages["/metrics"], 200);
});

const environment = { ...process.env, PLUMBLINE_HOST: "perf.example.org", POSTGRES_PASSWORD: "secret" };
await check("docker-compose takes the compose file, and names what is not set", () => {
    if (!isThere("docker-compose")) {
        return "docker-compose is not installed";
    }
    const file = join(deploy, "compose.yaml");
    const config = call("docker-compose", ["--file", file, "config"], { env: environment });
    assert.equal(config.code, 0, config.err);
    assert.deepEqual(Object.keys(parse(config.out).services).sort(), ["database", "proxy", "server"]);
    const without = call("docker-compose", ["--file", file, "config"], { env: { PATH: process.env.PATH, HOME: folder } });
    assert.notEqual(without.code, 0);
    assert.match(without.err, /PLUMBLINE_HOST|POSTGRES_PASSWORD/);
});

await check("docker-compose takes the compose file with a replica, whose server reads there", () => {
    if (!isThere("docker-compose")) {
        return "docker-compose is not installed";
    }
    const files = ["compose.yaml", "compose.replica.yaml"].flatMap((name) => ["--file", join(deploy, name)]);
    const config = call("docker-compose", [...files, "config"], { env: environment });
    assert.equal(config.code, 0, config.err);
    const { services } = parse(config.out);
    assert.deepEqual(Object.keys(services).sort(), ["database", "proxy", "replica", "server"]);
    assert.ok(services.server.command.includes("--read-database=postgresql://plumbline@replica/plumbline"));
    const alone = parse(readFileSync(join(deploy, "compose.yaml"), "utf8")).services.server.command;
    assert.deepEqual(
        services.server.command.filter((arg) => !arg.startsWith("--read-database=")),
        alone.map((arg) => arg.replace(/\$\{PLUMBLINE_HOST:[^}]*\}/, "perf.example.org")),
    );
});

await check("the program starts as in the compose file", async () => {
    const { server } = parse(readFileSync(join(deploy, "compose.yaml"), "utf8")).services;
    const args = server.command.map((arg) => arg.replace(/\$\{PLUMBLINE_HOST:[^}]*\}/, "perf.example.org"));
    await starts("compose", args);
});

const unit = join(deploy, "plumbline.service");
await check("systemd takes the unit", () => {
    if (!isThere("systemd-analyze")) {
        return "systemd-analyze is not installed";
    }
    const root = join(folder, "root");
    mkdirSync(join(root, "usr/bin"), { recursive: true });
    mkdirSync(join(root, "etc/systemd/system"), { recursive: true });
    cpSync("/usr/lib/systemd/system", join(root, "usr/lib/systemd/system"), { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(root, "usr/bin/plumb"), "#!/bin/sh\n");
    chmodSync(join(root, "usr/bin/plumb"), 0o755);
    cpSync(unit, join(root, "etc/systemd/system/plumbline.service"));
    const found = call("systemd-analyze", ["verify", `--root=${root}`, "plumbline.service"]);
    const own = found.err.split("\n").filter((line) => line.includes("plumbline"));
    assert.deepEqual(own, []);
    assert.equal(found.code, 0, found.err);
});

await check("the program starts as in the unit", async () => {
    const line = /^ExecStart=(.*)$/m.exec(readFileSync(unit, "utf8"))[1];
    const args = line.replace("$PLUMBLINE_OPTIONS", "--public-url=https://perf.example.org").split(" ").slice(1);
    const joined = [];
    for (const arg of args) {
        if (joined.at(-1)?.match(/^--[a-z-]+$/) && !arg.startsWith("--")) {
            joined.push(`${joined.pop()}=${arg}`);
        } else {
            joined.push(arg);
        }
    }
    await starts("unit", joined);
});

console.log(failed === 0 ? "all passed" : `${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
