def log = new File(basedir, 'build.log').text

assert log.contains('[ERROR] ' + new File(basedir, 'src/test/java/example/CopyBenchmark.java').canonicalPath + ':[13,1] example.CopyBenchmark.copy')
assert log =~ /FAIL  1 regression/
assert log.contains('mvn plumb:accept -Dplumb.finding=')
assert log.contains('MojoFailureException')
assert log.readLines().count { it.contains('BUILD SUCCESS') } == 1
