"""Parts that several reports have: provenance, the chain of strategies, actions. Never a whole report."""
