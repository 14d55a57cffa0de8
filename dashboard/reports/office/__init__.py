"""What slides, pages and sheets have in common: editable charts, maps of shapes, formats of numbers, room for words."""
