use criterion::{black_box, criterion_group, criterion_main, BenchmarkId, Criterion, SamplingMode, Throughput};
use std::time::Duration;

fn samples(criterion: &mut Criterion) {
    criterion.bench_function("join", |b| b.iter(|| black_box(["plumb", "line"]).join(",")));

    let mut group = criterion.benchmark_group("sort/descending");
    for size in [10u64, 1000] {
        group.throughput(Throughput::Elements(size));
        group.bench_with_input(BenchmarkId::from_parameter(size), &size, |b, &size| {
            b.iter(|| {
                let mut values: Vec<u64> = (0..size).rev().collect();
                values.sort();
                values
            })
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("text");
    group.sampling_mode(SamplingMode::Flat);
    group.throughput(Throughput::Bytes(5));
    group.bench_function(BenchmarkId::new("reverse", "größe"), |b| {
        b.iter(|| black_box("größe").chars().rev().collect::<String>())
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(20))
        .measurement_time(Duration::from_millis(60)).nresamples(1000).without_plots();
    targets = samples
}
criterion_main!(benches);
