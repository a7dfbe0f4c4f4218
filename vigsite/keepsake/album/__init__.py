"""Our album: the pages that are printed."""
