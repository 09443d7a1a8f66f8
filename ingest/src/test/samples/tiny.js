import { Bench } from 'tinybench';
import { writeFileSync } from 'node:fs';

const bench = new Bench({ name: 'samples', time: process.argv[2] === 'samples' ? 0.1 : 20, iterations: 10, warmupTime: 5, retainSamples: process.argv[2] === 'samples' });
bench
  .add('join', () => ['plumb', 'line'].join(','))
  .add('parse', () => JSON.parse('{"a": [1, 2, 3]}'))
  .add('later', async () => { await Promise.resolve(); })
  .add('fails', () => { throw new Error('no such file'); });
await bench.run();
writeFileSync('tiny.json', JSON.stringify(bench.tasks.map((task) => ({ name: task.name, result: task.result })), null, 2));
console.table(bench.table());
