def log = new File(basedir, 'build.log').text

['first.FirstBenchmark.first', 'second.SecondBenchmark.second', 'third.ThirdBenchmark.third'].each {
    def module = it.substring(0, it.indexOf('.'))
    def results = new File(basedir, "$module/target/plumbline/jmh.json").text
    assert results.contains("example.$it")
    assert results.count('"benchmark"') == 1 : "$module measures its own benchmarks only"
    assert new File(basedir, 'target/report.md').text.contains(it)
    assert !new File(basedir, "$module/.plumbline").exists()
}
assert new File(basedir, '.plumbline/history.db').isFile()
assert !log.contains('has no JMH benchmarks')
