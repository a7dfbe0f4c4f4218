"""Leaks planted into a built keepsake, one at a time; written from DESIGN.md, not from the code.

What is not planted, because nothing that opens a site undoes it or no program can see it: letters
of other scripts that look alike (a Cyrillic e), words turned round, ROT13, words that a script
puts together while it runs (no page may run one of its own), words drawn in pictures, QR codes.
"""
