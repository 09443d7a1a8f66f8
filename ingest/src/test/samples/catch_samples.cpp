#include <catch2/benchmark/catch_benchmark.hpp>
#include <catch2/catch_test_macros.hpp>
#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

TEST_CASE("sorting", "[sort]") {
    std::vector<int> values(1000);
    BENCHMARK("sort a descending vector") {
        std::iota(values.rbegin(), values.rend(), 0);
        std::sort(values.begin(), values.end());
        return values[0];
    };
    BENCHMARK_ADVANCED("sort, prepared")(Catch::Benchmark::Chronometer meter) {
        std::iota(values.rbegin(), values.rend(), 0);
        meter.measure([&] { std::sort(values.begin(), values.end()); });
    };
}

TEST_CASE("text", "[text]") {
    SECTION("joining") {
        BENCHMARK("join <a> & \"b\"") { return std::string("plumb") + "line"; };
        for (int length : {10, 1000}) {
            BENCHMARK("fill " + std::to_string(length)) { return std::string(length, 'x'); };
        }
    }
    SECTION("a name that is much too long for the narrow column of the table") {
        BENCHMARK("a benchmark with a name that is much too long for one line of the table") { return 42; };
    }
}

TEST_CASE("fails", "[fails]") {
    BENCHMARK("throws") { throw std::runtime_error("no such file"); return 0; };
}
