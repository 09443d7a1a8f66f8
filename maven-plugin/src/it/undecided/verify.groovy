def log = new File(basedir, 'build.log').text

assert log.contains('Undecided: this run alone neither passes nor fails the gate.')
assert log.contains('HOLD')
