// Plays a benchmark tool: `node tools.mjs TOOL ARGUMENT…` writes what the real tool once wrote, with every time
// multiplied by the number in the file `level` of the working folder and one percent of noise. Maven, and Gradle with
// Plumbline's plugin, are played by the JDK's own compiler: what it makes is a jar of the real JMH.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const recorded = join(import.meta.dirname, "../../../../ingest/src/test/resources");
const [tool, ...words] = process.argv.slice(2);
const level = () => Number(readFileSync("level", "utf8"));
const time = (value) => value * level() * (1 + 0.01 * (Math.random() - 0.5));
const read = (file) => readFileSync(join(recorded, file), "utf8");

/** Every number below these keys is a time. */
function scaled(value, keys, inside = false) {
  if (typeof value === "number") return inside ? time(value) : value;
  if (Array.isArray(value)) return value.map((one) => scaled(one, keys, inside));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scaled(one, keys, inside || keys.test(key))]));
}
const json = (file, keys) => JSON.stringify(scaled(JSON.parse(read(file)), keys));

function written(file, text) {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

/** Another program, played by this one. */
function script(file, name) {
  written(file, `#!/bin/sh\nexec '${process.execPath}' '${import.meta.filename}' ${name} "$@"\n`);
  chmodSync(file, 0o755);
}

/** A jar that runs the benchmarks below src with the JMH of the local repository. */
function jmhJar(file) {
  const repository = join(homedir(), ".m2/repository");
  const jar = (folder, name) => {
    const versions = readdirSync(join(repository, folder, name)).filter((one) => /^\d/.test(one));
    const jars = versions.map((one) => join(repository, folder, name, one, `${name}-${one}.jar`));
    return jars.at(-1);
  };
  const version = read("../../../../pom.xml").match(/<jmh.version>(.*)<\/jmh.version>/)[1];
  const jmh = (name) => join(repository, "org/openjdk/jmh", name, version, `${name}-${version}.jar`);
  const needed = [jmh("jmh-core"), jar("net/sf/jopt-simple", "jopt-simple"), jar("org/apache/commons", "commons-math3")];
  const sources = readdirSync("src").map((name) => join("src", name));
  mkdirSync("target/classes", { recursive: true });
  execFileSync("javac", ["-nowarn", "-d", "target/classes", "-cp", needed.join(":"), "-processorpath",
    [jmh("jmh-generator-annprocess"), ...needed].join(":"), ...sources]);
  written("target/manifest", `Main-Class: org.openjdk.jmh.Main\n${folded(`Class-Path: ${needed.map((one) => pathToFileURL(one)).join(" ")}`)}\n`);
  mkdirSync(join(file, ".."), { recursive: true });
  execFileSync("jar", ["-c", "-f", file, "-m", "target/manifest", "-C", "target/classes", "."]);
}

/** A line of a manifest has 72 bytes at most. */
const folded = (line) => line.replace(/^.{70}|.{69}/g, "$&\n ").replace(/\n $/, "");

const tools = {
  mvn() {
    const goal = words.find((word) => word.startsWith("dev.plumbline:"))?.replace(/.*:/, "");
    if (!goal) return jmhJar("target/benchmarks.jar");
    jmhJar("target/plumbline/benchmarks.jar");
    if (goal === "run") execFileSync("java", ["-jar", "target/plumbline/benchmarks.jar", "-rf", "json", "-rff", "target/plumbline/jmh.json"]);
  },
  gradle() {
    const task = words.at(-1);
    if (task.startsWith("plumb")) {
      jmhJar("build/plumbline/benchmarks.jar");
      if (task === "plumbRun") execFileSync("java", ["-jar", "build/plumbline/benchmarks.jar", "-rf", "json", "-rff", "build/plumbline/jmh.json"]);
      return;
    }
    written("build/results/jmh/results.txt", read("jmh-text/result-table.txt").replace(/(\d+\.\d+)( ±)/g, (all, value, rest) => time(+value).toFixed(3).padStart(value.length) + rest));
  },
  python3() {
    if (words[1] === "venv") script(join(words[2], "bin/python"), "python3");
    const file = words.find((word) => word.startsWith("--benchmark-json="))?.replace("--benchmark-json=", "");
    if (file) written(file, json("pytest-benchmark/params-groups.json", /^(min|max|mean|median|q1|q3|data|total)$/));
  },
  cargo() {
    cpSync(join(recorded, "criterion/join"), "target/criterion/join", { recursive: true });
    written("target/criterion/join/new/sample.json", json("criterion/join/new/sample.json", /^times$/));
    written("target/criterion/join/new/estimates.json", json("criterion/join/new/estimates.json", /^(point_estimate|lower_bound|upper_bound|standard_error)$/));
    // as it does at the end of each run
    cpSync("target/criterion/join/new", "target/criterion/join/base", { recursive: true });
  },
  go() {
    const lines = read("go-bench/benchmem.txt").split("\n");
    const measured = (line) => line.replace(/([\d.]+) ns\/op/, (all, value) => `${time(+value).toFixed(1)} ns/op`);
    process.stdout.write(lines.flatMap((line) => (line.startsWith("Benchmark") ? Array.from({ length: 5 }, () => measured(line)) : [line])).join("\n"));
  },
  cmake() {
    if (words[0] === "--build") script(join(words[1], "speed"), "google-benchmark");
  },
  "google-benchmark"() {
    const file = words.find((word) => word.startsWith("--benchmark_out="))?.replace("--benchmark_out=", "");
    written(file, json("google-benchmark/repetitions.json", /^(real_time|cpu_time)$/));
  },
  k6() {
    const file = words.find((word) => word.startsWith("--summary-export="))?.replace("--summary-export=", "");
    written(file, json("k6/summary-export.json", /^http_req_duration|^iteration_duration/));
  },
};
tools[tool]();
