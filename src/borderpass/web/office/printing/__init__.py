"""How does a pass become paper, and how does it reach its holder?"""
