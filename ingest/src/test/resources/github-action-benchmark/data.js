window.BENCHMARK_DATA = {
  "lastUpdate": 1712345678901,
  "repoUrl": "https://example.org/acme/sort",
  "entries": {
    "Go": [
      {
        "commit": {
          "author": {"email": "a@example.org", "name": "A", "username": "a"},
          "committer": {"email": "a@example.org", "name": "A", "username": "a"},
          "distinct": true,
          "id": "1111111111111111111111111111111111111111",
          "message": "sort: first version\n\nWith a body.",
          "timestamp": "2024-03-01T10:00:00+01:00",
          "tree_id": "2222222222222222222222222222222222222222",
          "url": "https://example.org/acme/sort/commit/1111111111111111111111111111111111111111"
        },
        "date": 1709283700123,
        "tool": "go",
        "benches": [
          {"name": "BenchmarkSort", "value": 325, "unit": "ns/op\t         4.000 swaps", "extra": "5000000 times\n4 procs"},
          {"name": "BenchmarkCopy", "value": 812.5, "unit": "MB/s", "extra": "5000000 times\n4 procs"}
        ]
      },
      {
        "benches": [
          {"name": "BenchmarkSort", "value": "330.25", "range": "± 5", "unit": "ns/op", "extra": "4000000 times\n4 procs"},
          {"name": "BenchmarkCopy", "value": "null", "unit": "MB/s"}
        ],
        "commit": {
          "id": "3333333333333333333333333333333333333333",
          "message": "sort: faster",
          "timestamp": "2024-03-02T10:00:00Z",
          "url": "https://example.org/acme/sort/commit/3333333333333333333333333333333333333333"
        },
        "date": 1709373700000,
        "tool": "go"
      }
    ],
    "Node": [
      {
        "commit": {
          "id": "3333333333333333333333333333333333333333",
          "message": "sort: faster",
          "timestamp": "2024-03-02T10:00:00Z",
          "url": "https://example.org/acme/sort/commit/3333333333333333333333333333333333333333"
        },
        "date": 1709373800000,
        "tool": "benchmarkjs",
        "benches": [
          {"name": "BenchmarkSort", "value": 1000, "range": "±2.50%", "unit": "ops/sec", "extra": "76 samples"}
        ]
      }
    ],
    "Blocks": [
      {
        "commit": {"id": "4444444444444444444444444444444444444444", "message": "m", "timestamp": "2024-03-03T10:00:00Z", "url": "u"},
        "date": 1709460000000,
        "tool": "customBiggerIsBetter",
        "benches": [
          {"name": "rate", "value": 72.5, "unit": "mgas/s"},
          {"name": "verify", "value": 80.5, "unit": "block_verify_ms/ggas"},
          {"name": "score", "value": 3, "unit": ""}
        ]
      }
    ]
  }
}
