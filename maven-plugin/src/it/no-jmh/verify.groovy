def log = new File(basedir, 'build.log').text

assert log.contains('no-jmh has no JMH benchmarks: JMH is not on the class path of its tests')
assert log.contains('<artifactId>jmh-core</artifactId>')
