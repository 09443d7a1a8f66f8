package samples

import (
	"errors"
	"sort"
	"strings"
	"testing"
)

func BenchmarkJoin(b *testing.B) {
	words := strings.Split(strings.Repeat("plumb ", 50), " ")
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		_ = strings.Join(words, ",")
	}
}

func BenchmarkSort(b *testing.B) {
	for _, size := range []int{10, 1000} {
		b.Run("size="+map[int]string{10: "10", 1000: "1e3"}[size], func(b *testing.B) {
			values := make([]int, size)
			b.SetBytes(int64(8 * size))
			for i := 0; i < b.N; i++ {
				for j := range values {
					values[j] = size - j
				}
				sort.Ints(values)
			}
			b.ReportMetric(float64(size), "values/op")
			b.ReportMetric(0.25, "hit-rate")
		})
	}
}

func BenchmarkName(b *testing.B) {
	b.Run("with space/größe-3", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
		}
	})
	b.Run("empty", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
		}
	})
}

func BenchmarkParallel(b *testing.B) {
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
		}
	})
}

func BenchmarkLog(b *testing.B) {
	b.Log("a line of the benchmark's own")
	for i := 0; i < b.N; i++ {
	}
}

func BenchmarkFails(b *testing.B) { b.Fatal(errors.New("no such file")) }

func BenchmarkSkipped(b *testing.B) { b.Skip("needs a network") }
