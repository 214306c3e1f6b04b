"""What makes barriers change more than the number of edges in Torc, and that no such thing happens."""

# ruff: noqa: E501  a job on one line is easier to compare
from __future__ import annotations

import pytest

import torclint
from tests.fix.test_barriers import ANY_GAIN
from torclint import Source


def test_schedulers_handlers_flags_and_other_fields_of_the_jobs_around_it(rewrites):
    rewrites("""
          name: w
          env: {A: "1"}
          use_pending_failed: true
          failure_handlers:
            - {name: h, rules: [{exit_codes: [1], max_retries: 2}]}
          slurm_schedulers:
            - {name: s, account: a, walltime: "04:00:00", partition: q}
          resource_requirements:
            - {name: big, num_cpus: 8, memory: 64g, runtime: PT4H}
            - {name: light, num_cpus: 1, memory: 100m, runtime: PT1M}
          jobs:
            - {name: "prep_{i}", command: ls, scheduler: s, failure_handler: h, env: {B: "2"}, resource_requirements: big, parameters: {i: "1:9"}, stdio: {mode: none}}
        +   - {name: "barrier_prep_complete", command: "echo 'prep: 9 jobs complete' && date", resource_requirements: light, depends_on_regexes: ["^prep_"]}
        -   - {name: "work_{i}", command: ls, scheduler: s, failure_handler: h, resource_requirements: big, cancel_on_blocking_job_failure: false, parameters: {i: "1:9"}, depends_on_regexes: ["^prep_"]}
        +   - {name: "work_{i}", command: ls, scheduler: s, failure_handler: h, resource_requirements: big, cancel_on_blocking_job_failure: false, parameters: {i: "1:9"}, depends_on: ["barrier_prep_complete"]}
        -   - {name: "more_{i}", command: ls, depends_on_regexes: ["^prep_"], cancel_on_blocking_job_failure: true, parameters: {i: "1:9"}}
        +   - {name: "more_{i}", command: ls, depends_on: ["barrier_prep_complete"], cancel_on_blocking_job_failure: true, parameters: {i: "1:9"}}
    """, thresholds=ANY_GAIN)  # fmt: skip


@pytest.mark.parametrize("trigger", ["on_jobs_ready", "on_jobs_complete"])
def test_actions_count_no_barrier(rewrites, trigger):
    rewrites(f"""
          name: w
          jobs:
            - {{name: "prep_{{i}}", command: ls, parameters: {{i: "1:9"}}}}
        +   - {{name: "before_work", command: "echo 'prep: 9 jobs complete' && date", depends_on_regexes: ["^prep_"]}}
        -   - {{name: "work_{{i}}", command: ls, parameters: {{i: "1:9"}}, depends_on_regexes: ["^prep_"]}}
        +   - {{name: "work_{{i}}", command: ls, parameters: {{i: "1:9"}}, depends_on: ["before_work"]}}
          actions:
            - {{trigger_type: {trigger}, action_type: run_commands, commands: [date], job_name_regexes: ["barrier|^prep"]}}
    """, thresholds=ANY_GAIN)  # fmt: skip


def test_patterns_that_begin_like_barriers(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "prep_{i}", command: ls, parameters: {i: "1:9"}}
        +   - {name: "stage_gate_1", command: "echo 'prep: 9 jobs complete' && date", depends_on_regexes: ["^prep_"]}
        -   - {name: "work_{i}", command: ls, parameters: {i: "1:9"}, depends_on_regexes: ["^prep_"]}
        +   - {name: "work_{i}", command: ls, parameters: {i: "1:9"}, depends_on: ["stage_gate_1"]}
            - {name: last, command: ls, depends_on_regexes: ["^(prep|work|b).*"]}
    """, thresholds=ANY_GAIN)  # fmt: skip


def test_names_that_patterns_of_files_match_are_no_matter():
    text = """
        name: w
        files: [{name: barrier_prep_complete, path: x}]
        jobs:
          - {name: "prep_{i}", command: ls, parameters: {i: "1:9"}}
          - {name: "work_{i}", command: ls, parameters: {i: "1:9"}, depends_on_regexes: ["^prep_"], input_file_regexes: [barrier]}
    """
    fixed = torclint.fix(Source("spec.yaml", text), thresholds=ANY_GAIN)
    assert [barrier.name for barrier in fixed.barriers] == ["barrier_prep_complete"]


def test_a_pattern_with_parameters_that_would_match_the_name():
    text = """
        name: w
        jobs:
          - {name: "prep_{i}", command: ls, parameters: {i: "1:9"}}
          - {name: "work_{i}", command: ls, parameters: {i: "1:9"}, depends_on_regexes: ["^prep_"]}
          - {name: "look_{s}", command: ls, parameters: {s: "[prep, work]"}, depends_on_regexes: ["{s}_"], labels: [x]}
    """
    fixed = torclint.fix(Source("spec.yaml", text), thresholds=ANY_GAIN)
    assert [barrier.name for barrier in fixed.barriers] == ["barrier_before_work"]


def test_values_of_a_table(rewrites, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [f"{site},{number}" for site in ("a", "b") for number in range(9)]
    (tmp_path / "sites.csv").write_text("\n".join(["site,n", *rows, ""]))
    rewrites("""
          name: w
          jobs:
            - {name: "prep_{site}_{n}", command: ls, parameters_file: sites.csv}
        +   - {name: "barrier_prep_{site}_complete", command: "echo 'prep: 9 jobs complete' && date", depends_on_regexes: ["^prep_{site}_"], parameters: {site: "[a, b]"}}
        -   - {name: "work_{site}_{n}", command: ls, parameters_file: sites.csv, depends_on_regexes: ["^prep_{site}_"]}
        +   - {name: "work_{site}_{n}", command: ls, parameters_file: sites.csv, depends_on: ["barrier_prep_{site}_complete"]}
    """, thresholds=ANY_GAIN)  # fmt: skip


def test_pairs_of_a_zip(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "prep_{s}_{y}_{i}", command: ls, parameters: {s: "[a, b]", y: "1:2", i: "1:9"}}
        +   - name: "barrier_prep_{s}_{y}_complete"
        +     command: "echo 'prep: 9 jobs complete' && date"
        +     depends_on_regexes: ["^prep_{s}_{y}_"]
        +     parameters:
        +       s: "[a, b]"
        +       y: "[1, 2]"
        +     parameter_mode: zip
            - name: work_{s}_{y}_{k}
              command: ls
              parameters: {s: "[a, a, a, a, a, a, b, b, b, b, b, b]", y: "[1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]", k: "1:12"}
              parameter_mode: zip
        -     depends_on_regexes: ["^prep_{s}_{y}_"]
        +     depends_on: ["barrier_prep_{s}_{y}_complete"]
    """, thresholds=ANY_GAIN)  # fmt: skip


def test_many_jobs_by_many_through_user_data_stay(stays):
    stays(
        """
        name: w
        user_data: [{name: u, data: {a: 1}}]
        jobs:
          - {name: "prep_{i}", command: ls, output_user_data: [u], parameters: {i: "1:300"}}
          - {name: "work_{i}", command: ls, input_user_data: [u], parameters: {i: "1:300"}}
        """,
    )
