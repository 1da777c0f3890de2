/** Loaded before the program where it runs as a process of its own: the instant NOW of the tests. */
Date.now = () => 1_795_348_800_000
