// Walks through the life of a JMH library with planted truth: the headline says the truth, the exit code follows.
//   node walks.mjs PLUMB           the walks
//   node walks.mjs PLUMB same 50   so many pull requests that change nothing: how often is the gate closed?
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Repository, call, results } from './library.mjs';

const [plumb, what, times] = process.argv.slice(2);
const scratch = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'walks.'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const program = resolve(plumb);
const RUNS = 15;
let seed = 4711;
let failed = 0;

/** What a check of a run of this state prints; the first line is the headline. */
function check(repository, changes = {}, ...more) {
    seed++;
    const file = join(scratch, `results-${seed}.json`);
    writeFileSync(file, results(seed, changes));
    const done = call(repository.folder, program, 'check', file, ...more);
    return { ...done, headline: done.out.split('\n\n')[0].replace(/\s+/g, ' ') };
}

function main() {
    const repository = Repository.create(join(scratch, 'main'));
    for (let run = 0; run < RUNS; run++) {
        repository.commit(`work ${run}`, `src/main/java/dev/example/Work${run % 4}.java`);
        check(repository);
    }
    return repository;
}

/** The same history, to be walked on by one walk alone. */
function copy(repository, name) {
    cpSync(repository.folder, join(scratch, name), { recursive: true });
    return new Repository(join(scratch, name));
}

function branch(repository, name, message, file) {
    repository.git('checkout', '-q', '-b', name);
    repository.commit(message, file);
    return repository;
}

/** A clone of the newest commit of the branch feature, with the history. */
function shallow(base, name) {
    const folder = join(scratch, name);
    call(scratch, 'git', 'clone', '-q', '--depth', '1', '--branch', 'feature', `file://${base.folder}`, folder);
    cpSync(join(base.folder, '.plumbline'), join(folder, '.plumbline'), { recursive: true });
    return new Repository(folder);
}

/** A walk holds if its exit code is the one and all that it should say is said, and nothing that it should not. */
function expect(name, done, code, says, saysNot = []) {
    const wrong = [
        ...(done.code === code ? [] : [`exit code ${done.code}, not ${code}`]),
        ...says.filter((text) => !matches(done, text)).map((text) => `does not say ${text}`),
        ...saysNot.filter((text) => matches(done, text)).map((text) => `says ${text}`),
    ];
    failed += wrong.length === 0 ? 0 : 1;
    console.log(wrong.length === 0 ? `ok: ${name}: ${done.headline.slice(0, 150)}`
        : `FAILED: ${name}: ${wrong.join('; ')}\n${done.out}${done.err ?? ''}`);
}

/** In the first screen; in all that is printed where the pattern is given in a list. */
const matches = (done, text) => (Array.isArray(text) ? text[0].test(done.out.replace(/\s+/g, ' ')) : text.test(done.headline));

const FEATURE = 'src/main/java/dev/example/json/JsonParser.java';
const README = 'README.md';

const WALKS = {
    'a regression': (base) => expect('a regression',
        check(branch(base, 'feature', 'parse numbers exactly', FEATURE), { time: { 'parse large': 1.2 } }), 1,
        [/^FAIL 1 regression in this change\b/, /JsonParserBenchmark\.parse/], [/\d improved/, /missing/]),

    'an improvement': (base) => expect('an improvement',
        check(branch(base, 'feature', 'parse without copies', FEATURE), { time: { JsonParser: 0.8 } }), 0,
        [/^PASS no regression\b/, /2 improved/], [/\d regression/]),

    'allocation only': (base) => expect('allocation only',
        check(branch(base, 'feature', 'keep positions', FEATURE), { bytes: { 'LruCacheBenchmark.miss': 1.25 } }), 1,
        [/^FAIL 1 regression in this change\b/, /LruCacheBenchmark\.miss/, [/gc\.alloc\.rate\.norm/]], [/2 regressions/]),

    'a rename': (base) => {
        branch(base, 'feature', 'encode: say what', 'src/jmh/java/dev/example/codec/Base64Benchmark.java');
        const renamed = { renamed: { 'LruCacheBenchmark.hit': 'LruCacheBenchmark.lookUp' } };
        const done = check(base, renamed);
        expect('a rename', done, 1, [/^FAIL +1 looks renamed/, /1 too new/], [/\d missing/]);
        const line = /plumb (series rename \S+ \S+)/.exec(done.out);
        const told = line ? line[1].split(' ') : ['--version'];
        call(base.folder, program, ...told);
        expect('a rename, joined by the printed line', check(base, renamed), 0, [/^PASS/], [/missing/]);
    },

    'a deletion': (base) => expect('a deletion',
        check(branch(base, 'feature', 'no word counts', FEATURE), { removed: ['WordCount'] }), 1,
        [/1 missing/, /WordCountBenchmark\.count/], [/4 missing/, /looks renamed/, [/--on-missing pass/]]),

    'another flag': (base) => expect('another flag',
        check(branch(base, 'feature', 'try ZGC', 'pom.xml'), { arguments: ['-Xmx256m', '-XX:+UseZGC'] }), 3,
        [/^HOLD/, /nothing is comparable: -XX:\+UseZGC is new/, [/where main has none/]], [/PASS/]),

    'a new benchmark on main': (base) => {
        base.commit('measure streams', 'src/jmh/java/dev/example/io/StreamBenchmark.java');
        expect('a new benchmark on main', check(base, NEW), 0, [/^PASS/, /1 too new/], [/\d regression/]);
    },

    'an old branch': (base) => {
        branch(base, 'old', 'a comment', README);
        base.git('checkout', '-q', 'main');
        for (let run = 0; run < 6; run++) {
            base.commit(`streams ${run}`, 'src/jmh/java/dev/example/io/StreamBenchmark.java');
            check(base, NEW);
        }
        base.git('checkout', '-q', 'old');
        expect('an old branch', check(base), 0, [/^PASS/], [/missing/, /\d regression/]);
    },

    'an innocent branch': (base) => {
        base.commit('check every quote', FEATURE);
        check(base, { time: { JsonParser: 1.3 } });
        base.commit('more tests', 'src/test/java/dev/example/ParserTest.java');
        check(base, { time: { JsonParser: 1.3 } });
        branch(base, 'typo', 'a typo', README);
        expect('an innocent branch', check(base, { time: { JsonParser: 1.3 } }), 0,
            [/^PASS no new regression\b/, /already open on main/], [/\d regression/]);
        expect('a branch that adds to it', check(base, { time: { JsonParser: 1.3, 'LruCacheBenchmark.miss': 1.3 } },
            '--branch', 'other', '--commit', base.commit('count hits', 'src/main/java/dev/example/cache/LruCache.java')),
        1, [/^FAIL 1 regression in this change\b/, /LruCacheBenchmark\.miss/]);
    },

    'no git': (base) => {
        rmSync(join(base.folder, '.git'), { recursive: true });
        expect('no git', check(base), 0, [/^PASS/, [/nothing tells the commit|commit unknown/]], [/\d regression/]);
    },

    'a shallow clone': (base) => {
        branch(base, 'feature', 'parse numbers exactly', FEATURE);
        expect('a shallow clone', check(shallow(base, 'shallow'), { time: { 'parse large': 1.2 } }), 1,
            [/^FAIL 1 regression\b/, [/fetch-depth/]]);
    },

    'a shallow clone without a benchmark': (base) => {
        branch(base, 'feature', 'no word counts', FEATURE);
        expect('a shallow clone without a benchmark', check(shallow(base, 'shallow-less'), { removed: ['WordCount'] }), 3,
            [/^HOLD/, /1 missing/, /use fetch-depth: 0/], [/FAIL/]);
    },

    'the first run': () => {
        const empty = Repository.create(join(scratch, 'empty'));
        empty.commit('begin', README);
        expect('the first run', check(empty), 0, [/^PASS nothing judged yet/], [/regression/]);
    },
};

const NEW = { added: [{ name: 'dev.example.io.StreamBenchmark.copy', params: {}, time: 7.4, bytes: 512 }] };

/** Pull requests that change nothing measured. */
function same(count) {
    const base = main();
    let closed = 0;
    let undecided = 0;
    for (let i = 0; i < count; i++) {
        const walk = copy(base, `same-${i}`);
        const done = check(branch(walk, `feature-${i}`, 'words', README));
        closed += done.code === 1 ? 1 : 0;
        undecided += done.code === 3 ? 1 : 0;
        if (done.code !== 0) {
            console.log(`${i}: exit code ${done.code}: ${done.headline}${done.code > 3 || done.code === 2 ? done.err : ''}`);
        }
        rmSync(walk.folder, { recursive: true });
    }
    console.log(`${count} pull requests that change nothing: the gate is closed by ${closed}, undecided by ${undecided}`);
    return closed;
}

if (what === 'same') {
    // 1 of 25: one in twenty is the error rate of a whole run
    failed += same(Number(times)) * 25 > Number(times) ? 1 : 0;
} else {
    const base = main();
    for (const [name, walk] of Object.entries(WALKS)) {
        if (!what || name === what) {
            walk(name === 'the first run' ? base : copy(base, name.replaceAll(' ', '-')));
        }
    }
}
process.exit(failed === 0 ? 0 : 1);
