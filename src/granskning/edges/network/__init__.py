"""The one door to the network: an address of a configured service in, the bytes of its answer out.

Only `stats fetch` opens it. It speaks to no host but the one that is configured, one call at a time, with ceilings of
time, size and tries that it counts itself, and never says more than its name, its version and what is asked for.
"""
