// Builds the pages for Maven:  node build.mjs OUT [--check]
//
// Fetches what the lock names, once; then builds, when a source is newer than the last build. With --check it also checks
// types and style and runs the unit tests. Nothing is asked of the network while node_modules answers to the lock.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = dirname(fileURLToPath(import.meta.url));
const [out, ...options] = process.argv.slice(2);
const feature = Number(process.versions.node.split(".")[0]);
if (feature < 20) {
    console.error(`[ERROR] web: Node 20 or newer is needed, this is ${process.version}`);
    process.exit(1);
}

function npm(...parameters) {
    const windows = process.platform === "win32";
    execFileSync(windows ? "npm.cmd" : "npm", parameters, { cwd: home, stdio: "inherit", shell: windows });
}

function tool(name, ...parameters) {
    const program = {
        tsc: "typescript/bin/tsc",
        biome: "@biomejs/biome/bin/biome",
        vite: "vite/bin/vite.js",
        vitest: "vitest/vitest.mjs",
    }[name];
    execFileSync(process.execPath, [join(home, "node_modules", program), ...parameters], {
        cwd: home,
        stdio: "inherit",
        env: { ...process.env, PLUMBLINE_WEB_OUT: out },
    });
}

function newest(path) {
    const stat = statSync(path);
    return stat.isDirectory()
        ? Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
        : stat.mtimeMs;
}

const lock = join(home, "package-lock.json");
const installed = join(home, "node_modules", ".plumbline-lock");
if (!existsSync(installed) || readFileSync(installed, "utf8") !== readFileSync(lock, "utf8")) {
    npm("ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
    copyFileSync(lock, installed);
}

const stamp = join(out, "page.js");
const sources = ["src", "vite.config.ts", "tsconfig.json", "package-lock.json", "build.mjs"];
if (!existsSync(stamp) || sources.some((source) => newest(join(home, source)) > statSync(stamp).mtimeMs)) {
    mkdirSync(out, { recursive: true });
    tool("vite", "build", "--logLevel", "warn");
    // what ends a script inside a page would end it there; in JavaScript the backslash changes nothing
    const script = readFileSync(stamp, "utf8")
        .replace(/<\/(script)/gi, "<\\/$1")
        .replace(/<!--/g, "<\\!--");
    writeFileSync(stamp, script);
}
if (options.includes("--check")) {
    tool("tsc", "--noEmit");
    tool("biome", "ci", ".");
    tool("vitest", "run");
}
