"""Pages about a spec or a run: one self-contained HTML file each, made with Jinja2, readable without JavaScript."""
