"""Sets of names without listing them: templates over parameters, Rust patterns, automata and counting."""
