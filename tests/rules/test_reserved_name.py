"""TL222: resource requirements that are called as Torc's own."""


def test_default(check):
    check("""
        name: w
        jobs: [{name: a, command: x, resource_requirements: small}]
        resource_requirements:
          - {name: small, num_cpus: 1, memory: 1g}
          - {name: default, num_cpus: 1, memory: 1g}
                   ^^^^^^^ TL222 Torc's own
    """)
