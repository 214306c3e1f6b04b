"""TL206: user data that is read, has no data and is written by nobody."""


def test_nobody_fills_it(check):
    (finding,) = check("""
        name: w
        user_data: [{name: settings}]
                           ^^^^^^^^ TL206 has no data, and no job writes it
        jobs:
          - {name: a, command: x, input_user_data: [settings]}
    """)
    assert finding.related[0].message == "read by a"


def test_null_is_no_data(check):
    check("""
        name: w
        user_data: [{name: settings, data: null}]
                           ^^^^^^^^ TL206
        jobs:
          - {name: a, command: x, input_user_data: [settings]}
    """)


def test_filled_or_written_or_not_read(clean):
    clean("""
        name: w
        user_data: [{name: filled, data: 0.5}, {name: written}, {name: unread}, {name: empty, data: {}}]
        jobs:
          - {name: make, command: x, output_user_data: [written, unread]}
          - {name: a, command: x, input_user_data: [written, empty]}
    """, "TL206")  # fmt: skip
