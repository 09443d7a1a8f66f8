import pytest


@pytest.mark.benchmark(group="text")
def test_join(benchmark):
    benchmark(lambda: ",".join(str(i) for i in range(100)))


@pytest.mark.benchmark(group="text")
@pytest.mark.parametrize("word", ["plumb", "größe", "a,b/c [d]"])
def test_reverse(benchmark, word):
    benchmark(lambda: word[::-1])


@pytest.mark.parametrize("size", [10, 1000])
@pytest.mark.parametrize("order", ["ascending", "descending"])
def test_sort(benchmark, size, order):
    values = list(range(size))
    if order == "descending":
        values.reverse()
    benchmark.extra_info["bytes"] = size * 8
    benchmark(sorted, values)


class TestPedantic:
    def test_rounds(self, benchmark):
        benchmark.pedantic(sum, args=(range(10_000),), rounds=5, iterations=3, warmup_rounds=1)

    def test_one_round(self, benchmark):
        benchmark.pedantic(sum, args=(range(10_000),), rounds=1, iterations=1)
