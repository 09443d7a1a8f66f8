def log = new File(basedir, 'build.log').text

// both commits were compiled, and nothing that is measured differs
assert log.contains('PASS')
assert log.contains('the same')
assert !new File(basedir, '.git/worktrees').exists()
