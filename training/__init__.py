"""How the shipped language model is made; the package itself never imports this."""
