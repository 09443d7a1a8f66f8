#include <benchmark/benchmark.h>
#include <algorithm>
#include <chrono>
#include <cstring>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

static void Copy(benchmark::State& state) {
    std::string from(state.range(0), 'x'), to(state.range(0), ' ');
    for (auto _ : state) { std::memcpy(to.data(), from.data(), from.size()); benchmark::DoNotOptimize(to.data()); benchmark::ClobberMemory(); }
    state.SetBytesProcessed(state.iterations() * state.range(0));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Copy)->Arg(64)->Arg(4096);

static void Sort(benchmark::State& state) {
    std::vector<int> values(state.range(0));
    for (auto _ : state) { std::iota(values.rbegin(), values.rend(), 0); std::sort(values.begin(), values.end()); }
    state.SetComplexityN(state.range(0));
    state.SetLabel(state.range(1) ? "reversed" : "plain");
}
BENCHMARK(Sort)->ArgNames({"n", "reversed"})->Args({64, 1})->Args({512, 1})->Args({4096, 1})->Unit(benchmark::kMicrosecond)->Complexity(benchmark::oNLogN);

static void Counters(benchmark::State& state) {
    for (auto _ : state) { benchmark::DoNotOptimize(state.iterations()); }
    state.counters["frames"] = benchmark::Counter(state.iterations(), benchmark::Counter::kIsRate);
    state.counters["secondsPerFrame"] = benchmark::Counter(state.iterations(), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    state.counters["depth"] = 42;
}
BENCHMARK(Counters);

static void Manual(benchmark::State& state) {
    for (auto _ : state) {
        auto start = std::chrono::steady_clock::now();
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
}
BENCHMARK(Manual)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(Manual)->Name("Manual with \"name\", comma")->UseManualTime()->Unit(benchmark::kSecond)->Iterations(3);

static void Fails(benchmark::State& state) { state.SkipWithError("no such file"); for (auto _ : state) {} }
BENCHMARK(Fails);

static void Skipped(benchmark::State& state) { state.SkipWithMessage("needs a GPU"); for (auto _ : state) {} }
BENCHMARK(Skipped);

static void Shared(benchmark::State& state) { int i = 0; for (auto _ : state) benchmark::DoNotOptimize(i++); }
BENCHMARK(Shared)->Threads(2)->UseRealTime()->MeasureProcessCPUTime();

template <class T> static void Sum(benchmark::State& state) {
    std::vector<T> values(1000, 1);
    for (auto _ : state) benchmark::DoNotOptimize(std::accumulate(values.begin(), values.end(), T()));
}
BENCHMARK(Sum<int>);
BENCHMARK(Sum<double>)->ComputeStatistics("max", [](const std::vector<double>& v) { return *std::max_element(v.begin(), v.end()); });

class Fixture : public benchmark::Fixture {};
BENCHMARK_F(Fixture, Empty)(benchmark::State& state) { for (auto _ : state) {} }

BENCHMARK_MAIN();
