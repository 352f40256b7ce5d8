"""How does a governor approve, sign, return and refuse?"""
