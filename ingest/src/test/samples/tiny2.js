import { Bench } from 'tinybench';
import { writeFileSync } from 'node:fs';

const bench = new Bench({ time: 1, iterations: 10, warmupTime: 2 });
bench.add('join', () => ['plumb', 'line'].join(',')).add('later', async () => { await new Promise((done) => setTimeout(done, 2)); });
await bench.warmup();
await bench.run();
writeFileSync('tiny.json', JSON.stringify(bench.tasks.map((task) => ({ name: task.name, ...task.result, samples: task.result.samples.slice(0, 20) })), null, 2));
console.table(bench.table());
