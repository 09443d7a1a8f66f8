// A small JMH library of which the truth is known: what JMH with its GC profiler writes of it, and its git repository.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FORKS = 3;
const ITERATIONS = 5;

/** Name, parameters, level in µs, bytes that a call allocates. */
const BENCHMARKS = [
    ['codec.Base64Benchmark.encode', { size: '64' }, 0.21, 160],
    ['codec.Base64Benchmark.encode', { size: '4096' }, 11.4, 5_608],
    ['codec.Base64Benchmark.decode', { size: '64' }, 0.33, 136],
    ['codec.Base64Benchmark.decode', { size: '4096' }, 17.9, 4_160],
    ['json.JsonParserBenchmark.parse', { document: 'small' }, 3.6, 2_904],
    ['json.JsonParserBenchmark.parse', { document: 'large' }, 412, 301_552],
    ['cache.LruCacheBenchmark.hit', {}, 0.048, 24],
    ['cache.LruCacheBenchmark.miss', {}, 0.61, 224],
    ['text.WordCountBenchmark.count', {}, 58.2, 23_040],
].map(([name, params, time, bytes]) => ({ name: `dev.example.${name}`, params, time, bytes }));

/** mulberry32: the same numbers from the same seed, everywhere. */
function numbers(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

function normal(uniform) {
    return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

const mean = (raw) => raw.flat().reduce((sum, one) => sum + one, 0) / raw.flat().length;
const metric = (unit, raw) => ({ score: mean(raw), scoreError: 'NaN', scoreUnit: unit, rawData: raw });

/**
 * What a run of a state of the library writes. Noise: 0.8 % for the run, 0.6 % a fork, 0.7 % an iteration, and every
 * fortieth iteration 10 % slower.
 *
 * @param changes of the library: { time: {name part: factor}, bytes: {…}, removed: [name part], renamed: {from: to},
 *     added: [benchmark], arguments: of the JVM, jdk: its version }
 */
export function results(seed, changes = {}) {
    const uniform = numbers(seed);
    const of = (factors, id) => Object.entries(factors ?? {})
        .filter(([part]) => id.includes(part)).reduce((all, [, factor]) => all * factor, 1);
    return JSON.stringify([...BENCHMARKS, ...(changes.added ?? [])].map(({ name, params, time, bytes }) => {
        const id = `${name} ${Object.values(params).join(' ')}`;
        const ofRun = 0.008 * normal(uniform);
        const raw = Array.from({ length: FORKS }, () => {
            const ofFork = 0.006 * normal(uniform);
            return Array.from({ length: ITERATIONS }, () => time * of(changes.time, id)
                * Math.exp(ofRun + ofFork + 0.007 * normal(uniform)) * (uniform() < 0.025 ? 1.1 : 1));
        });
        const allocated = bytes * of(changes.bytes, id);
        const norm = raw.map((fork) => fork.map(() => allocated + 0.02 * uniform()));
        // it rises with speed, as everything that is counted in a second
        const rate = raw.map((fork, i) => fork.map((value, j) => norm[i][j] / value / 1.048576));
        const collections = rate.map((fork) => fork.map((value) => Math.max(1, Math.round(value / 90 + 2 * uniform()))));
        const to = Object.entries(changes.renamed ?? {}).find(([from]) => name.endsWith(from));
        return (changes.removed ?? []).some((part) => id.includes(part)) ? null : {
            jmhVersion: '1.37', benchmark: to ? name.slice(0, -to[0].length) + to[1] : name, mode: 'avgt',
            threads: 1, forks: FORKS, jvm: '/usr/lib/jvm/java-17/bin/java', jvmArgs: changes.arguments ?? ['-Xmx256m'],
            jdkVersion: changes.jdk ?? '17.0.9', vmName: 'OpenJDK 64-Bit Server VM', vmVersion: changes.jdk ?? '17.0.9',
            warmupIterations: 3, warmupTime: '200 ms', warmupBatchSize: 1,
            measurementIterations: ITERATIONS, measurementTime: '200 ms', measurementBatchSize: 1,
            ...(Object.keys(params).length ? { params } : {}),
            primaryMetric: metric('us/op', raw),
            secondaryMetrics: {
                'gc.alloc.rate': metric('MB/sec', rate),
                'gc.alloc.rate.norm': metric('B/op', norm),
                'gc.count': { ...metric('counts', collections), score: collections.flat().reduce((a, b) => a + b) },
                'gc.time': { ...metric('ms', collections), score: collections.flat().reduce((a, b) => a + b) },
            },
        };
    }).filter(Boolean), null, 1);
}

/** Runs a program; what it wrote and its exit code, which is no exception. */
export function call(folder, program, ...parameters) {
    try {
        return { code: 0, out: execFileSync(program, parameters, {
            cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: environment() }) };
    } catch (failure) {
        return { code: failure.status ?? -1, out: failure.stdout ?? '', err: failure.stderr ?? String(failure) };
    }
}

/** Nothing of the machine's CI variables or of its user's git settings. */
function environment() {
    const { PATH, TMPDIR, JAVA_HOME, PLUMB_JAVA, PLUMB_BUILD, PLUMB_CACHE, HOME } = process.env;
    const own = { TMPDIR, JAVA_HOME, PLUMB_JAVA, PLUMB_BUILD, PLUMB_CACHE };
    return { PATH, HOME, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value)),
        LC_ALL: 'C.UTF-8', COLUMNS: '120', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
}

let second = Date.parse('2026-03-02T08:00:00Z') / 1000;

/** A git repository; each commit is an hour behind the one before. */
export class Repository {
    constructor(folder) {
        this.folder = folder;
    }

    static create(folder) {
        mkdirSync(folder, { recursive: true });
        const repository = new Repository(folder);
        repository.git('init', '-q', '-b', 'main');
        repository.git('config', 'user.name', 'Ann Example');
        repository.git('config', 'user.email', 'ann@example.org');
        return repository;
    }

    git(...parameters) {
        const done = call(this.folder, 'git', ...parameters);
        if (done.code !== 0) {
            throw new Error(`git ${parameters.join(' ')}: ${done.err}`);
        }
        return done.out.trim();
    }

    /** Changes a file and commits it. */
    commit(message, file) {
        second += 3600;
        mkdirSync(dirname(join(this.folder, file)), { recursive: true });
        writeFileSync(join(this.folder, file), `${message} ${second}\n`);
        this.git('add', file);
        const date = `${second} +0000`;
        execFileSync('git', ['commit', '-q', '-m', message], { cwd: this.folder,
            env: { ...environment(), GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } });
        return this.git('rev-parse', 'HEAD');
    }
}
