"""TL601: barriers that do more than say that a stage is complete."""

import pytest

STAGES = """
name: w
jobs:
  - {name: "stage1_{i}", command: "true", parameters: {i: "1:999"}}
  - {name: all_stage1_complete, command: COMMAND, depends_on_regexes: ["^stage1_"]}
  - {name: "next_{i}", command: "true", parameters: {i: "1:999"}, depends_on: [all_stage1_complete]}
"""


def test_a_validation(check):
    check("""
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:999"}}
          - name: barrier_stage1_complete
            command: "python aggregate_outputs_all.py"
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TL601 runs `python`
            resource_requirements: large
                                   ^^^^^ TL601 16 CPUs, 1 GPU, 32g of memory, PT2H of time
            depends_on_regexes: ["^stage1_"]
          - {name: "next_{i}", command: "true", parameters: {i: "1:999"}, depends_on: [barrier_stage1_complete]}
        resource_requirements:
          - {name: large, num_cpus: 16, num_gpus: 1, num_nodes: 1, memory: 32g, runtime: PT2H}
    """)


@pytest.mark.parametrize(
    "command",
    [
        "\"echo 'Stage 1 complete: 1000 files preprocessed' && date\"",
        '"echo done && ls -l output/ | wc -l"',
        "\"cat output/*.txt | awk '{sum+=$1} END {print sum}'\"",
        '"true"',
        "\"echo 'python is not run; only named'\"",
        '"N=3 echo $N"',
    ],
)
def test_light_ones(command, clean):
    clean(STAGES.replace("COMMAND", command), "TL601")


def test_a_report_in_several_lines(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "preprocess_{i}", command: "true", parameters: {i: "1:999"}}
          - name: preprocessing_complete
            command: |
              echo "════════════════════════════════════════"
              echo "Preprocessing Complete: $(date)"
              echo "Files generated: $(ls output/stage1_*.json | wc -l)"
              echo "Total size: $(du -sh output/)"
              echo "Proceeding to analysis stage..."
            depends_on_regexes: ["^preprocess_.*"]
          - {name: "next_{i}", command: "true", parameters: {i: "1:999"}, depends_on: [preprocessing_complete]}
        """,
        "TL601",
    )


@pytest.mark.parametrize("program", ["python", "./merge.sh", "srun", "bash", "Rscript"])
def test_programs(program, check):
    command = f'"echo start && {program} x.py"'
    line = STAGES.replace("COMMAND", command).splitlines()[4]
    carets = " " * line.index(command) + "^" * len(command) + f" TL601 `{program}`"
    check(STAGES.replace("COMMAND", command).replace(line, line + "\n" + carets))


def test_a_job_that_is_not_called_a_barrier(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:999"}}
          - {name: validate_stage1, command: "python validate.py", depends_on_regexes: ["^stage1_"]}
          - {name: "next_{i}", command: "true", parameters: {i: "1:999"}, depends_on: [validate_stage1]}
        """,
        "TL601",
    )


def test_work_after_the_barrier(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:999"}}
          - {name: all_stage1_complete, command: "echo 'Stage 1 done'", depends_on_regexes: ["^stage1_.*"]}
          - {name: validate_stage1, command: "python validate_all.py", depends_on: [all_stage1_complete]}
          - {name: "stage2_{i}", command: "true", parameters: {i: "0:999"}, depends_on: [validate_stage1]}
        """,
        "TL601",
    )


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        ("num_cpus: 1, num_gpus: 0, num_nodes: 1, memory: 100m, runtime: PT1M", None),
        ("num_cpus: 1, num_gpus: 0, num_nodes: 1, memory: 1g, runtime: PT10M", None),
        ("num_cpus: 2, num_gpus: 0, num_nodes: 1, memory: 100m, runtime: PT1M", "2 CPUs"),
        ("num_cpus: 1, num_gpus: 2, num_nodes: 1, memory: 100m, runtime: PT1M", "2 GPUs"),
        ("num_cpus: 1, num_gpus: 0, num_nodes: 1, memory: 1025m, runtime: PT1M", "1025m of memory"),
        ("num_cpus: 1, num_gpus: 0, num_nodes: 1, memory: 100m, runtime: PT11M", "PT11M of time"),
    ],
)
def test_resources(needs, told, check, clean):
    head = "\nname: w\njobs:\n  - {name: 'p_{i}', command: t, parameters: {i: '1:9'}}\n  - name: p_done_barrier\n"
    head = head.replace("p_done_barrier", "all_done")
    barrier = "    command: echo\n    depends_on_regexes: ['^p_']\n    resource_requirements: needs\n"
    carets = " " * 27 + f"^^^^^ TL601 asks for {told}\n"
    tail = "  - {name: 'q_{i}', command: t, parameters: {i: '1:9'}, depends_on: [all_done]}\n"
    tail += f"resource_requirements:\n  - {{name: needs, {needs}}}\n"
    if told is None:
        clean(head + barrier + tail, "TL601")
    else:
        check(head + barrier + carets + tail)


@pytest.mark.parametrize(
    ("name", "is_barrier"),
    [
        ("barrier_a", True),
        ("stage_a_barrier_2", True),
        ("stage_a_complete", True),
        ("all_simulations_finished", True),
        ("sync", True),
        ("wait_for_a", True),
        ("checkpoint_model", False),
        ("compute_wait_times", False),
        ("sync_results", False),
        ("gate_simulation", False),
        ("done_jobs_report", False),
    ],
)
def test_which_names_say_that_a_job_is_a_barrier(name, is_barrier, check, clean):
    """Other single jobs between two stages do real work, and are left alone."""
    spec = f"""
        name: w
        jobs:
          - {{name: "a_{{i}}", command: x, parameters: {{i: "1:200"}}}}
          - {{name: "b_{{i}}", command: x, parameters: {{i: "1:200"}}, depends_on: [{name}]}}
          - name: {name}
            depends_on_regexes: ["^a_"]
            command: python work.py
"""
    if is_barrier:
        check(f"{spec}                     ^^^^^^^^^^^^^^ TL601 runs `python`\n")
    else:
        clean(spec, "TL601")
