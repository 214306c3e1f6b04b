"""TL209: resource requirements that no job has."""

HEAD = """
name: w
resource_requirements:
  - {name: small, num_cpus: 1, memory: 1g}
  - {name: large, num_cpus: 9, memory: 9g}
"""


def test_nobody_names_them(check):
    check("""
        name: w
        resource_requirements:
          - {name: small, num_cpus: 1, memory: 1g}
          - {name: large, num_cpus: 9, memory: 9g}
                   ^^^^^ TL209 no job has the resource requirements large
        jobs:
          - {name: j, command: x, resource_requirements: small}
    """)


def test_a_name_with_a_parameter(clean):
    jobs = 'jobs: [{name: "j_{s}", command: x, resource_requirements: "{s}", parameters: {s: "[small, large]"}}]\n'
    clean(HEAD + jobs, "TL209")


def test_jobs_that_are_added_later(clean):
    clean(HEAD + "dynamic_jobs: {max_iterations: 3}\njobs: [{name: j, command: x}]\n", "TL209")
