"""From judgements to results: exact, declared in the criteria set, pure. One function scores; all outputs show it."""
