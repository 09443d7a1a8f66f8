// no commit yet: runs follow each other in time
assert ['git', 'init', '-q', '-b', 'main'].execute(null, basedir).waitFor() == 0
