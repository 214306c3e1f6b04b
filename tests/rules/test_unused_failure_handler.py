"""TL210: failure handlers that no job has."""


def test_nobody_names_it(check):
    check("""
        name: w
        failure_handlers:
          - {name: again, rules: [{exit_codes: [1], max_retries: 3}]}
                   ^^^^^ TL210 no job has the failure handler again
          - {name: used, rules: [{exit_codes: [1], max_retries: 3}]}
        jobs:
          - {name: j, command: x, failure_handler: used}
    """)
