"""How are spreadsheets read that somebody sends, and written that we give out?"""
