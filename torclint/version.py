"""The version of torclint; the package's metadata says the same; and where the project has its home."""

__version__ = "0.1.0"
PROJECT = "https://git.example.org/torclint"
