def log = new File(basedir, 'build.log').text

assert log.contains('commit unknown')
assert log.contains('PASS  nothing judged yet')
assert new File(basedir, '.plumbline/history.db').isFile()
