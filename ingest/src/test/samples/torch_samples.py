"""Writes what torch.utils.benchmark prints, and its measurements as JSON."""

import dataclasses
import json

import torch
import torch.utils.benchmark as benchmark

torch.set_num_threads(1)


def timer(stmt, **others):
    return benchmark.Timer(stmt=stmt, **others)


matrices = []
for n in (4, 64):
    for threads in (1, 2):
        for description, stmt in (("mm", "x.mm(x)"), ("add", "x.add(x)")):
            matrices.append(
                timer(
                    stmt,
                    setup=f"x=torch.ones({n},{n})",
                    globals={"torch": torch},
                    label="square matrices",
                    sub_label=f"{n}x{n}",
                    description=description,
                    num_threads=threads,
                ).blocked_autorange(min_run_time=0.05)
            )
table = benchmark.Compare(matrices)
table.trim_significant_figures()
with open("compare.txt", "w") as file:
    file.write(str(table))

lines = timer(
    "y = x * 2\ny.sum()", setup="x=torch.ones(1000)\ny=x", env="branch"
).blocked_autorange(min_run_time=0.05)
single = timer("x.sum()", setup="x=torch.ones(1000)").timeit(100)
with open("measurements.txt", "w") as file:
    file.write("\n".join(repr(m) for m in matrices[:4] + [single, lines]) + "\n")
with open("measurements.json", "w") as file:
    json.dump(
        [
            {
                "number_per_run": m.number_per_run,
                "raw_times": m.raw_times,
                "task_spec": dataclasses.asdict(m.task_spec),
                "metadata": m.metadata,
            }
            for m in matrices + [lines]
        ],
        file,
        indent=1,
    )

environments = [
    timer(
        stmt,
        setup="x=torch.ones(16,16)",
        label="square",
        sub_label="16",
        description=description,
        env=env,
    ).blocked_autorange(min_run_time=0.05)
    for env in ("main", "branch")
    for description, stmt in (("mm", "x.mm(x)"), ("add", "x.add(x)"))
]
compared = benchmark.Compare(environments)
compared.highlight_warnings()
with open("compare-environments.txt", "w") as file:
    file.write(str(compared))
