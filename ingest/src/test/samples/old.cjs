const Benchmark = require('benchmark');
Benchmark.options.maxTime = 0.05;
Benchmark.options.minSamples = 5;
new Benchmark.Suite('samples')
  .add('RegExp#test', () => /o/.test('Hello World!'))
  .add('String#indexOf', () => 'Hello World!'.indexOf('o') > -1)
  .add('slow one', () => { for (let i = 0; i < 3e7; i++); })
  .add('fails', () => { throw new Error('no such file'); })
  .on('cycle', (event) => console.log(String(event.target)))
  .on('complete', function () { console.log('Fastest is ' + this.filter('fastest').map('name')); })
  .run();
