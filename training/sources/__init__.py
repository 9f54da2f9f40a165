"""Readers of the open data sets: each turns one published format into `Example`s."""
