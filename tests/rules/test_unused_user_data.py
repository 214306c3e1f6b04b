"""TL208: user data that no job reads or writes."""


def test_nobody_names_it(check):
    check("""
        name: w
        user_data:
          - {name: settings, data: {a: 1}}
                   ^^^^^^^^ TL208 no job reads or writes the user data settings
          - {name: used, data: {a: 1}}
          - {data: {a: 1}}
        jobs:
          - {name: make, command: x, input_user_data: [used]}
    """)


def test_a_token_finds_only_items_with_data(check):
    check("""
        name: w
        user_data:
          - {name: filled, data: {a: 1}}
          - {name: empty}
                   ^^^^^ TL208 tokens such as ${user_data.output.empty} find only items with data
        jobs:
          - {name: make, command: "x ${user_data.input.filled} ${user_data.output.empty}"}
    """)


def test_patterns(clean):
    clean(
        "{name: w, user_data: [{name: a, data: 1}], jobs: [{name: j, command: x, output_user_data_regexes: [a]}]}",
        "TL208",
    )
