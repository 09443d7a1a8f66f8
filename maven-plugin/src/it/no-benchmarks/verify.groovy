def log = new File(basedir, 'build.log').text

assert log.contains('[WARNING] no-benchmarks has no JMH benchmarks: no method of its classes has @Benchmark')
assert log.contains('nothing was measured, so no regression can be detected')
assert !new File(basedir, 'target/plumbline/jmh.json').exists()
