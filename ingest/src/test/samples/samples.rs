#![feature(test)]
extern crate test;
use test::{black_box, Bencher};

mod text {
    use super::*;
    #[bench]
    fn join(b: &mut Bencher) {
        let words = vec!["plumb"; 100];
        b.bytes = 500;
        b.iter(|| black_box(&words).join(","));
    }
    #[bench]
    fn empty(b: &mut Bencher) {
        b.iter(|| black_box(1));
    }
}

#[bench]
fn sort_descending(b: &mut Bencher) {
    b.iter(|| {
        let mut values: Vec<u32> = (0..black_box(10_000)).rev().collect();
        values.sort();
        values
    });
}

#[bench]
#[ignore]
fn needs_a_network(b: &mut Bencher) {
    b.iter(|| ());
}

#[test]
fn is_a_test() {}
