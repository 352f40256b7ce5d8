"""How do the passes that were issued before come into the system: from a spreadsheet, checked row by row?"""
