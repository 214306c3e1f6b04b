"""Source text: decoding, lines, spans, style, edits and the atomic write."""
