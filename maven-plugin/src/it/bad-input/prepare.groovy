def git(String... words) {
    def process = (['git', '-c', 'user.name=it', '-c', 'user.email=it@example.org'] + words.toList()).execute(null, basedir)
    assert process.waitFor() == 0 : process.err.text
}
git 'init', '-q', '-b', 'main'
new File(basedir, '.gitignore').text = 'target/\n.plumbline/\nbuild.log\n'
git 'add', '-A'
git 'commit', '-q', '-m', 'one'
