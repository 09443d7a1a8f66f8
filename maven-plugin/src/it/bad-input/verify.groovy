def log = new File(basedir, 'build.log').text

assert log =~ /BrokenBenchmark.java:\[8,\d+\] incompatible types/
assert log =~ /JMH's code for example.HiddenBenchmark cannot be generated; .*javac printed:\s+\[ERROR\] error: @Benchmark method should be public/
assert log.contains('bad-input has no JMH benchmarks: it has no compiled classes; put benchmarks into src/without-tests and compile them')
assert log.contains('nothing was measured, so no regression can be detected')
assert log.contains('cannot write to /proc/plumbline')
assert log.contains('-Dplumb.output=FOLDER')
assert log.contains("org.openjdk.jmh:jmh-generator-annprocess:1.36 cannot be had offline; build once online")
assert log.readLines().count { it.contains('BUILD FAILURE') } == 4

// nothing half-written
assert !new File(basedir, '.plumbline').exists()
new File(basedir, 'target').eachFileRecurse {
    assert !(it.name in ['jmh.json', 'report.json', 'benchmarks.jar', 'BenchmarkList']) : it
    assert !it.name.endsWith('.part') : it
}
