"""What a pack holds and how it lies there: folder, zips, pages that stand alone, a stick."""
