def log = new File(basedir, 'build.log').text

// the annotation processor is not in the POM
assert log.contains("generating its code for 1 class")
assert log.contains('example.CopyBenchmark.copy')
assert log.contains('PASS  nothing judged yet')
assert log.contains('PASS  no regression') : 'compared with itself'
assert new File(basedir, '.plumbline/history.db').isFile()
assert new File(basedir, 'target/plumbline/jmh.json').text.contains('example.CopyBenchmark.copy')
assert new File(basedir, 'target/report.md').text.contains('CopyBenchmark.copy')
def left = new File(basedir, 'target/plumbline').list().findAll { it.endsWith('.part') }
assert left.isEmpty()
