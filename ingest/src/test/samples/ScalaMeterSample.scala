import org.scalameter.api._
import org.scalameter.picklers.Implicits._
import org.scalameter.reporting.RegressionReporter

/** Two benchmarks with a parameter, whose results are kept as JSON. */
object ScalaMeterSample extends Bench.Local[Double] {
  override def measurer = new Executor.Measurer.Default
  override def aggregator = Aggregator.min
  override def reporter =
    RegressionReporter[Double](RegressionReporter.Tester.Accepter(), RegressionReporter.Historian.Complete())
  override def persistor = new org.scalameter.persistence.JSONSerializationPersistor("out")
  val sizes = Gen.range("size")(1000, 2000, 1000)
  val ranges = for (size <- sizes) yield 0 until size
  performance of "Range" in {
    measure method "map" config (exec.benchRuns := 3, exec.minWarmupRuns := 2, exec.maxWarmupRuns := 3) in {
      using(ranges) in { r => r.map(_ + 1) }
    }
    measure method "sum" config (exec.benchRuns := 3, exec.minWarmupRuns := 2, exec.maxWarmupRuns := 3) in {
      using(ranges) in { r => r.sum }
    }
  }
}
