"""TL714: names in lists that a token in the command takes the place of (recorded in the probe subst_overrides.yaml)."""

HEAD = """
        name: w
        files: [{name: f, path: f.txt}, {name: g, path: g.txt}]
        user_data: [{name: u, data: {a: 1}}, {name: v, data: {a: 1}}]
        jobs:
          - {name: make, command: x, output_files: [f, g]}
"""


def test_an_input_that_is_lost(check):
    (finding,) = check(HEAD + """
          - {name: a, command: "cat ${files.input.f}", input_files: [f, g]}
                                                                        ^ TL714 a loses `g`
    """)  # fmt: skip
    assert "${files.input.g}" in finding.help[1]


def test_other_lists(check):
    check(HEAD + """
          - {name: b, command: "cp x ${files.output.f}", output_files: [g]}
                                                                        ^ TL714 in its command take the place of `output_files`
          - {name: c, command: "x '${user_data.input.u}'", input_user_data: [v]}
                                                                             ^ TL714 ${user_data.input.v}
          - {name: d, command: "x '${user_data.output.u}'", output_user_data: [u, v]}
                                                                                  ^ TL714 dropped by Torc
    """)  # fmt: skip


def test_what_is_not_lost(clean):
    clean(HEAD + """
          - {name: a, command: "cat ${files.input.f} ${files.input.g}", input_files: [g]}
          - {name: b, command: "cat ${files.input.f}", invocation_script: "< ${files.input.g}", input_files: [g]}
          - {name: c, command: "cat x", invocation_script: "< ${files.input.f}", input_files: [g]}
          - {name: d, command: "cat ${files.input.f}", input_file_regexes: ["^g$"]}
          - {name: e, command: "cat ${files.input.f}", output_files: [g]}
          - {name: h, command: "cat ${files.input.nothing}", input_files: [g]}
    """, "TL714")  # fmt: skip


def test_parameters(check):
    check("""
        name: w
        files:
          - {name: "part_{i}", path: "part_{i}", parameters: {i: "1:3"}}
          - {name: model, path: model}
        jobs:
          - name: "use_{i}"
            command: "use ${files.input.part_{i}}"
            input_files: ["part_{i}", model]
                                      ^^^^^ TL714 use_{i} loses `model`
            parameters: {i: "1:3"}
    """)
