"""Briefings: a storyline filled with the figures of one edition, and the files made of it.

`storylines` reads what is told in which order, `content` fills it, `model` is what comes out; `deck`, `document` and
`workbook` write it, and a page shows it. All of them take their numbers from the same cells.
"""
