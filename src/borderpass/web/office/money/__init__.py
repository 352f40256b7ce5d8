"""How is the fee taken, given back, and the day's till closed?"""
