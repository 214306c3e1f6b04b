"""The language server: what editors ask while somebody types, answered from the same reading that `check` makes."""
