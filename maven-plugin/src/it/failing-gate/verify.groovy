def log = new File(basedir, 'build.log').text

assert log.contains('[ERROR] ' + new File(basedir, 'src/test/java/example/CopyBenchmark.java').canonicalPath + ':[13,1] example.CopyBenchmark.copy')
assert log =~ /FAIL  1 regression/
assert log.contains('mvn plumb:accept -Dplumb.finding=')
assert log.contains('MojoFailureException')
assert log.contains('1 series replayed') : 'calibrated'
assert log.readLines().count { it.contains('BUILD SUCCESS') } == 3

// accepted: the same regression passes
def parts = log.split('BUILD FAILURE')
assert parts.length == 2
assert new File(basedir, 'plumbline/acceptances.yaml').text.contains('agreed')
assert parts[1] =~ /PASS  /
// the second build makes nothing again
assert log.split('generating its code').length == 2
assert parts[1].contains('Nothing to compile')
assert new File(basedir, 'target/plumbline-dashboard/index.html').text.contains('CopyBenchmark.copy')
