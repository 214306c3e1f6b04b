"""TL607: barriers between jobs that each need only one job of the stage before."""

SPEC = """
name: w
files:
  - {name: "part_{i}", path: "part_{i}.csv", parameters: {i: "1:99"}}
jobs:
  - {name: "make_{i}", command: "true", output_files: ["part_{i}"], parameters: {i: "1:99"}}
  - {name: barrier_make_complete, command: "echo 'all made'", depends_on_regexes: ["^make_"]}
  - name: "use_{i}"
    command: "true"
    READS
    depends_on: [barrier_make_complete]
    parameters: {i: "1:99"}
"""


def test_one_file_for_each(check):
    spec = SPEC.replace("READS", 'input_files: ["part_{i}"]')
    line = "  - {name: barrier_make_complete, command"
    carets = (
        '           ^^^^^^^^^^^^^^^^^^^^^ TL607 makes 99 jobs wait for 99, of which each needs one\n  - name: "use_{i}"'
    )
    assert line in spec
    check(spec.replace('  - name: "use_{i}"', carets))


def test_all_files_for_each(clean):
    clean(SPEC.replace("READS", 'input_file_regexes: ["^part_"]'), "TL607")


def test_no_files(clean):
    clean(SPEC.replace("READS", "priority: 1"), "TL607")


def test_one_job_of_the_next_stage_needs_them_all(clean):
    spec = SPEC.replace("READS", 'input_files: ["part_{i}"]')
    clean(spec + '  - {name: report, command: "true", depends_on: [barrier_make_complete]}\n', "TL607")


def test_files_of_an_earlier_stage(clean):
    spec = SPEC.replace("READS", 'input_files: ["raw_{i}"]').replace(
        "jobs:\n", '  - {name: "raw_{i}", path: "raw_{i}.csv", parameters: {i: "1:99"}}\njobs:\n'
    )
    clean(spec, "TL607")


def test_a_file_that_the_commands_name(check):
    spec = SPEC.replace("    READS\n", "").replace('output_files: ["part_{i}"], ', "")
    spec = spec.replace('make_{i}", command: "true"', 'make_{i}", command: "./make > ${files.output.part_{i}}"')
    spec = spec.replace('    command: "true"', '    command: "./use ${files.input.part_{i}}"')
    carets = '           ^^^^^^^^^^^^^^^^^^^^^ TL607 of which each needs one\n  - name: "use_{i}"'
    check(spec.replace('  - name: "use_{i}"', carets))
