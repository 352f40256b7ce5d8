"""What is engraved on the ground of a pass: woven waves and a rosette, light enough to read through?

Drawn here once and kept, as one SVG with one path a figure: Typst would draw the same curves anew for every
pass, at forty milliseconds a page.
"""

from functools import cache
from itertools import pairwise
from math import cos, pi, sin

_WAVE_INK = "#c9dcf4"
_ROSETTE_INK = "#b4cbe9"
_PHASES = (1.0, 0.4, -0.2, -0.8)
_HALF_WAVE_HANDLE = 0.3642  # Where the handles of a cubic lie for the best half of a sine, as a share of its width.


@cache
def engrave_ground(
    width_mm: float,
    height_mm: float,
    rosette_mm: tuple[float, float, float] | None,
    half_waves: int = 7,
    pitch_mm: float = 3.1,
) -> str:
    """The ground as an SVG of `width_mm` x `height_mm`, one user unit a millimetre.

    `rosette_mm` is its centre (x, y) and radius, or None for none; `half_waves` go across the width, a row of
    waves each `pitch_mm`.
    """
    rosette = ""
    if rosette_mm is not None:
        rosette = f'<path d="{_rosette(*rosette_mm)}" stroke="{_ROSETTE_INK}" stroke-width="0.09"/>'
    waves = "".join(
        _wave(row * pitch_mm, pitch_mm * 1.2 * phase, width_mm / half_waves, half_waves)
        for row in range(int(height_mm / pitch_mm) + 2)
        for phase in _PHASES
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width_mm} {height_mm}" fill="none">'
        f'<path d="{waves}" stroke="{_WAVE_INK}" stroke-width="0.08"/>{rosette}</svg>'
    )


def _wave(middle: float, rise: float, half: float, half_waves: int) -> str:
    curves = []
    for index in range(half_waves):
        height = -2 * rise if index % 2 == 0 else 2 * rise
        handle = half * _HALF_WAVE_HANDLE
        curves.append(f"c{handle:.2f} 0 {half - handle:.2f} {height:.2f} {half:.2f} {height:.2f}")
    return f"M0 {middle + rise:.2f}" + "".join(curves)


def _rosette(centre_x: float, centre_y: float, radius: float, petals: int = 16, strands: int = 7) -> str:
    """Closed curves whose radius swings `petals` times a turn, each wider and a little further on."""
    step = 2 * pi / (petals * 4)
    path = []
    for strand in range(strands):
        swing = 0.03 + 0.03 * strand
        turn = strand * pi / 4
        knots = []
        for index in range(petals * 4 + 1):
            angle = index * step
            reach = radius * (0.74 + swing * cos(angle * petals + turn))
            slope = -radius * swing * petals * sin(angle * petals + turn)
            across, down = cos(angle), sin(angle)
            # The tangent of the polar curve, a third of a step long: the handle of a smooth cubic.
            handle = (
                (slope * across - reach * down) * step / 3,
                (slope * down + reach * across) * step / 3,
            )
            knots.append(((centre_x + reach * across, centre_y + reach * down), handle))
        path.append(f"M{knots[0][0][0]:.2f} {knots[0][0][1]:.2f}")
        path.extend(
            f"C{x0 + hx0:.2f} {y0 + hy0:.2f} {x1 - hx1:.2f} {y1 - hy1:.2f} {x1:.2f} {y1:.2f}"
            for ((x0, y0), (hx0, hy0)), ((x1, y1), (hx1, hy1)) in pairwise(knots)
        )
    return "".join(path)
