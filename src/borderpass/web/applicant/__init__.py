"""The applicant at home, without an account: fill in the form, get a reference, follow one application."""
