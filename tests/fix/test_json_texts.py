"""What the fix makes of JSON and JSON5 texts, to the letter."""

# ruff: noqa: E501  texts on one line are what some of the tests are about
from __future__ import annotations

import json

import torclint
from torclint import Source


def test_json_with_every_field_on_its_line(rewrites):
    rewrites(r"""
          {
            "name": "w",
            "jobs": [
              {
                "name": "prep_{i}",
                "command": "true",
                "parameters": {"i": "1:100"}
              },
        +     {
        +       "name": "barrier_prep_complete",
        +       "command": "echo 'prep: 100 jobs complete' && date",
        +       "depends_on_regexes": ["^prep_\\d"]
        +     },
              {
                "name": "work_{i}",
                "command": "echo \"\u00e9\"",
        -       "depends_on_regexes": [
        -         "^prep_\\d"
        +       "depends_on": [
        +         "barrier_prep_complete"
                ],
                "parameters": {"i": "1:100"}
              }
            ]
          }
    """, path="spec.json")  # fmt: skip


def test_json_without_any_blank():
    spec = {
        "name": "w",
        "jobs": [
            {"name": "prep_{i}", "command": "true", "parameters": {"i": "1:100"}},
            {"name": "work_{i}", "command": "true", "depends_on_regexes": ["^prep_"], "parameters": {"i": "1:100"}},
        ],
    }
    fixed = torclint.fix(Source("spec.json", json.dumps(spec, separators=(",", ":"))))
    command = "echo 'prep: 100 jobs complete' && date"
    spec["jobs"].insert(1, {"name": "barrier_prep_complete", "command": command, "depends_on_regexes": ["^prep_"]})
    spec["jobs"][2] = {
        "name": "work_{i}", "command": "true", "depends_on": ["barrier_prep_complete"], "parameters": {"i": "1:100"}
    }  # fmt: skip
    assert fixed.text == json.dumps(spec, separators=(",", ":"))


def test_json_with_tabs_and_crlf(rewrites):
    rewrites(
        """
          {
          >"name": "w",
          >"jobs": [
          >>{"name": "a_{i}", "command": "true", "parameters": {"i": "1:100"}},
        + >>{"name": "barrier_a_complete", "command": "echo 'a: 100 jobs complete' && date", "depends_on_regexes": ["^a_"]},
        - >>{"name": "b_{i}", "command": "true", "parameters": {"i": "1:100"}, "depends_on_regexes": ["^a_"]}
        + >>{"name": "b_{i}", "command": "true", "parameters": {"i": "1:100"}, "depends_on": ["barrier_a_complete"]}
          >]
          }
        """,
        path="spec.json",
        change=lambda text: text.replace(">", "\t").replace("\n", "\r\n"),
    )


def test_json5(rewrites):
    rewrites(
        r"""
          // top
          {
            name: 'w', // name
            jobs: [
              // one
              {
                name: 'prep_{i}',
                command: 'true',
                parameters: {i: '1:100'},
              }, // end of one

        +     {
        +       name: 'barrier_prep_complete',
        +       command: "echo 'prep: 100 jobs complete' && date",
        +       depends_on_regexes: ['^prep_\\d+'],
        +     },
        +
              // two,
              /* on
               * four
               * lines */
              {
                name: 'work_{i}', // name
                command: "true",
        -       depends_on_regexes: [
        -         '^prep_\\d+', // all
        +       depends_on: [
        +         'barrier_prep_complete', // all
                ],
                parameters: {i: '1:100'},
              },
        +     {name: 'barrier_work_complete', command: "echo 'work: 100 jobs complete' && date", depends_on_regexes: ['^work_']},
        -     /* three */ {name: 'post_{i}', command: 'true', depends_on_regexes: ['^work_',], parameters: {i: '1:100'}},
        +     /* three */ {name: 'post_{i}', command: 'true', depends_on: ['barrier_work_complete',], parameters: {i: '1:100'}},
            ],
          }
        """,
        path="spec.json5",
    )


def test_json5_with_commas_first(rewrites):
    rewrites("""
          { "name": "w"
          , "jobs":
            [ { "name": "a_{i}", "command": "true", "parameters": { "i": "1:100" } }
        -   , { "name": "b_{i}", "command": "true", "parameters": { "i": "1:100" }, "depends_on_regexes": ["^a_"] }
        +   , { "name": "barrier_a_complete", "command": "echo 'a: 100 jobs complete' && date", "depends_on_regexes": ["^a_"] }, { "name": "b_{i}", "command": "true", "parameters": { "i": "1:100" }, "depends_on": ["barrier_a_complete"] }
            ]
          }
    """, path="spec.json5")  # fmt: skip


def test_json5_with_a_key_in_escapes(rewrites):
    rewrites(
        r"""
          {
            name: 'w',
            jobs: [
              {name: 'a_{i}', command: 'true', parameters: {i: '1:100'}},
        +     {name: 'barrier_a_complete', command: "echo 'a: 100 jobs complete' && date", depends_on_regexes: ["^a_"]},
        -     {name: 'b_{i}', command: 'true', depends\u005fon_regexes: ["^a_"], parameters: {i: '1:100'}},
        +     {name: 'b_{i}', command: 'true', depends_on: ["barrier_a_complete"], parameters: {i: '1:100'}},
            ],
          }
        """,
        path="spec.json5",
    )


def test_a_key_that_is_written_twice(stays):
    stays(
        """
        {"name": "w", "jobs": [
          {"name": "a_{i}", "command": "ls", "parameters": {"i": "1:100"}},
          {"name": "b_{i}", "command": "ls", "depends_on_regexes": ["^c"], "depends_on_regexes": ["^a_"], "parameters": {"i": "1:100"}}
        ]}
        """,
        "the edit would change or leave other parts of the spec (an alias, or a key written twice)",
        path="spec.json",
    )


def test_json5_with_escapes_and_an_open_brace_with_a_comment(rewrites):
    rewrites(
        r"""
          {name: 'w', jobs: [
            {name: 'a_{i}', command: 'ls', parameters: {i: '1:100'}}, // x
        +   {
        +     name: 'barrier_a_complete',
        +     command: "echo 'a: 100 jobs complete' && date",
        +     depends_on_regexes: ['^a_']
        +   },
            { // opening
              name: 'b_{i}',
              command: 'ls \
          x',
        -     depends_on_regexes: ['\x5ea_'], parameters: {i: '1:100'}}]}
        +     depends_on: ['barrier_a_complete'], parameters: {i: '1:100'}}]}
        """,
        path="spec.json5",
    )
