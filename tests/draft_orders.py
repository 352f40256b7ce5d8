"""Which orders are enacted, tried or refused in the tests? One that opens the gate of Poipet at other hours."""

ORDER = """
number: {number}
title:
  km: បទបញ្ជាសាកល្បង
  en: Order of the tests
  th: คำสั่งทดสอบ
authority:
  km: ការសាកល្បង
  en: Tests
  th: การทดสอบ
evidence: assumed
source: Made for the tests.
signed_on: {day}
in_force_on: {day}
supersedes: [BP-2025-04/poipet-hours]
provisions:
  - id: poipet-hours
    kind: opening
    checkpoints: [poipet]
    hours: 08:00-10:00
"""
"""Poipet is open from 8 to 10 from a day on; to be formatted with `number` and `day`."""
