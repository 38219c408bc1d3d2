"""How well texts are classified, measured on labelled texts from which nothing was learned."""
