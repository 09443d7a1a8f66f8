import { bench, describe } from 'vitest';

describe('sorting', () => {
  const values = Array.from({ length: 1000 }, (_, i) => 1000 - i);
  bench('sort numbers', () => { [...values].sort((a, b) => a - b); }, { time: 20, iterations: 5, warmupTime: 5 });
  bench('sort as text', () => { [...values].sort(); }, { time: 20, iterations: 5, warmupTime: 5 });
  describe('nested <group>', () => {
    bench('reverse "größe", a/b', () => { 'größe'.split('').reverse().join(''); }, { time: 5, warmupTime: 1, iterations: 5 });
    bench.skip('skipped', () => {});
    bench.todo('to do');
  });
});

bench('fails', () => { throw new Error('no such file'); }, { time: 5, warmupTime: 0, warmupIterations: 0 });
