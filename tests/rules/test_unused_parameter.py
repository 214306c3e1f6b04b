"""TL316: parameters that nothing is made of."""


def test_of_the_workflow(check):
    check("""
        name: w
        parameters:
          seed: "1:5"
          ^^^^ TL316 no item uses the parameter seed
          used: "1:2"
        jobs:
          - {name: "a_{used}", command: x, use_parameters: [used]}
    """)


def test_of_the_workflow_in_the_environment(clean):
    clean("{name: w, parameters: {p: 5}, env: {P: '{p}'}, jobs: [{name: a, command: x}]}", "TL316")


def test_of_an_item(check):
    check("""
        name: w
        jobs:
          - name: "a_{i}"
            command: x
            parameter_mode: zip
            parameters:
              i: "1:3"
              j: "4:6"
              ^ TL316 the parameter j stands nowhere in a_{i}
          - name: b
            command: x
            parameters: {k: 5}
                         ^ TL316 the parameter k stands nowhere in b
    """)


def test_one_that_stands_somewhere(clean):
    clean(
        """
        name: w
        jobs:
          - name: "a_{i}"
            command: "x {j:03d}"
            parameter_mode: zip
            parameters: {i: "1:3", j: "4:6"}
        files:
          - {name: "f_{i}", path: "f_{i}", parameters: {i: "1:3"}}
        """,
        "TL316",
    )


def test_one_that_multiplies_the_item_makes_equal_names(check):
    check(
        """
        name: w
        jobs:
          - {name: a, command: x, parameters: {i: "1:3"}}
                   ^ TL202
        """,
        "TL316",
    )
