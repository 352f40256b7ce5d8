"""How does a browser's camera come to see what a test wants it to see? From one frame in a file that is written anew.

Chromium takes a YUV4MPEG2 file for its camera and reads it from the beginning again each time it ends. A file of one
frame is read for every picture, so what is written into it is in view a tenth of a second later.
"""

import os
from pathlib import Path

import numpy as np
from PIL import Image

from tests.e2e.papers import FRAME, empty_scene

FRAMES_A_SECOND, SLOW_FRAMES_A_SECOND = 10, 2


class FakeCamera:
    """A camera that looks at whatever it is shown. Each frame costs the phone the reading of it."""

    def __init__(self, path: Path, frames_a_second: int = FRAMES_A_SECOND) -> None:
        self.path = path
        size = f"W{FRAME[0]} H{FRAME[1]} F{frames_a_second}:1"
        self._header = f"YUV4MPEG2 {size} Ip A1:1 C420jpeg\nFRAME\n".encode("ascii")
        path.write_bytes(self._header + _planes(empty_scene()))

    def show(self, scene: Image.Image) -> None:
        """Put something in front of the camera."""
        file = os.open(self.path, os.O_WRONLY)
        try:
            os.pwrite(file, _planes(scene), len(self._header))
        finally:
            os.close(file)

    def show_nothing(self) -> None:
        """Take everything away again."""
        self.show(empty_scene())


def _planes(scene: Image.Image) -> bytes:
    """Return a picture as Y, then Cb and Cr at half the width and height."""
    assert scene.size == FRAME
    luma, blue, red = scene.convert("YCbCr").split()
    return b"".join(np.asarray(plane).tobytes() for plane in (luma, blue.reduce(2), red.reduce(2)))
