"""How far is long work in an office, and what came of it?"""
