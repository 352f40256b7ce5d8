"""Is an identity photo light enough and sharp enough to know somebody by?

Both are measured in the middle of the frame, where the face is, on a small grey copy:

`lit_face`   how light the lit parts of the face are: the 90th percentile of its grey levels (0 to 255). Of 18 photos
             of people of all shades it was 101 to 233 as taken, 73 to 169 in half the light, 48 to 112 in a fifth.
`sharpness`  how much of its fine detail is left: the mean of what a blur of 1 px takes away, over the mean of what one
             of 3 px takes away on top of that, at a height of 240 px. Of the same photos and of eight drawn ones it was
             0.28 to 0.55 as taken, 0.13 to 0.25 after a blur of 0.5 % of the height, 0.03 to 0.14 after one of 0.9 %,
             and at most 0.08 after one of 1.2 %. The same person in other light measures the same.

Under the limits below a person should look: a warning, never a refusal.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

LEAST_LIT_FACE = 90
LEAST_SHARPNESS = 0.12
_WIDTH_PX, _HEIGHT_PX = 192, 240
_FINE_PX, _COARSE_PX = 1.0, 3.0
_NO_DETAIL = 1e-3

_Plane = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured, in the units above."""

    lit_face: int
    sharpness: float

    @property
    def is_dark(self) -> bool:
        """Whether the face is too dark to be known by."""
        return self.lit_face < LEAST_LIT_FACE

    @property
    def is_blurred(self) -> bool:
        """Whether too little detail is left: out of focus, moved, or much enlarged."""
        return self.sharpness < LEAST_SHARPNESS


def measure_quality(photo: Image.Image) -> Quality:
    """Measure an RGB picture of aspect 4:5 in which the face fills the middle."""
    grey = photo.convert("L").resize((_WIDTH_PX, _HEIGHT_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    sharp, fine, coarse = _middle(grey), _middle(grey, _FINE_PX), _middle(grey, _COARSE_PX)
    detail = float(np.abs(fine - coarse).mean())
    lost = float(np.abs(sharp - fine).mean())
    # Where there is nothing to see, nothing is blurred: that no face is there is said by whoever looks for one.
    return Quality(round(float(np.percentile(sharp, 90))), lost / detail if detail > _NO_DETAIL else 1.0)


def _middle(grey: Image.Image, blur_px: float = 0.0) -> _Plane:
    blurred = grey.filter(ImageFilter.GaussianBlur(blur_px)) if blur_px else grey
    plane = np.asarray(blurred, dtype=np.float64)
    return plane[_HEIGHT_PX // 4 : -_HEIGHT_PX // 4, _WIDTH_PX // 4 : -_WIDTH_PX // 4]
