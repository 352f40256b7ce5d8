"""How are soft and hard shapes laid on a drawn portrait?

A canvas is painted at twice its size and halved at the end. Places are in *face units* around the point
between the eyes: across, 1 is half the width of the face; down, 1 is the distance from the eyes to the chin.
Soft shapes are blurred, and large ones painted small and enlarged, to save time.
"""

from collections.abc import Sequence
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw, ImageFilter

from borderpass.pictures.drawn_look import Colour, blend

WIDTH_PX, HEIGHT_PX = 800, 1000
OVERSAMPLING = 2
EYES_AT = (400.0, 470.0)
HALF_FACE_WIDTH_PX, FACE_DOWN_PX = 178.0, 250.0

Point = tuple[float, float]


class Canvas:
    """A picture painted in face units."""

    def __init__(self, background: Colour, face_width: float, face_height: float) -> None:
        self.size = (WIDTH_PX * OVERSAMPLING, HEIGHT_PX * OVERSAMPLING)
        self.image = Image.new("RGB", self.size, background)
        self.across = HALF_FACE_WIDTH_PX * face_width
        self.down = FACE_DOWN_PX * face_height

    def place(self, point: Point, scale: float = OVERSAMPLING) -> Point:
        """Turn face units into pixels of the canvas, or of a mask `scale` times the final picture."""
        return (EYES_AT[0] + point[0] * self.across) * scale, (EYES_AT[1] + point[1] * self.down) * scale

    def smooth(self, points: Sequence[Point], *, closed: bool = True, steps: int = 10) -> list[Point]:
        """Lay a Catmull-Rom curve through points in face units; gives points in face units."""
        around = list(points)
        padded = [around[-1], *around, *around[:2]] if closed else [around[0], *around, around[-1]]
        curve: list[Point] = []
        for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
            for step in range(steps):
                t = step / steps
                x, y = (_catmull_rom(p0[i], p1[i], p2[i], p3[i], t) for i in (0, 1))
                curve.append((x, y))
        return curve if closed else [*curve, around[-1]]

    def mask(self, points: Sequence[Point]) -> Image.Image:
        """Give the hard-edged mask of a polygon, as large as the picture."""
        mask = Image.new("L", self.size)
        ImageDraw.Draw(mask).polygon([self.place(point) for point in points], fill=255)
        return mask

    def soft_mask(self, points: Sequence[Point], blur_px: float) -> tuple[Image.Image, tuple[int, int]]:
        """Give a polygon's blurred mask, just large enough, and where it belongs."""
        shrunk = 5 if blur_px >= 12 else 1
        placed = [self.place(point, 1 / shrunk) for point in points]
        reach = 3 * blur_px / shrunk + 1
        left, top = (max(0, int(min(point[i] for point in placed) - reach)) for i in (0, 1))
        limits = WIDTH_PX // shrunk, HEIGHT_PX // shrunk
        right, bottom = (min(limits[i], int(max(point[i] for point in placed) + reach) + 1) for i in (0, 1))
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in placed], fill=255)
        factor = shrunk * OVERSAMPLING
        large = mask.filter(ImageFilter.GaussianBlur(blur_px / shrunk)).resize(
            (mask.width * factor, mask.height * factor), Image.Resampling.BILINEAR
        )
        return large, (left * factor, top * factor)

    def fill(self, points: Sequence[Point], colour: Colour) -> None:
        """Paint a polygon with a hard edge."""
        ImageDraw.Draw(self.image).polygon([self.place(point) for point in points], fill=colour)

    def soft(self, points: Sequence[Point], colour: Colour, strength: float, blur_px: float) -> None:
        """Tint a blurred polygon; `strength` 0 leaves the picture as it is, 1 covers it."""
        mask, (left, top) = self.soft_mask(points, blur_px)
        box = (left, top, left + mask.width, top + mask.height)
        self.image.paste(colour, box, mask.point(lambda value: value * strength))

    def shaped(self, points: Sequence[Point], colour: Colour, shade: float, mask: Image.Image | None = None) -> None:
        """Fill a polygon, or the mask cut from it, and darken it towards its right and lower edge."""
        mask = mask or self.mask(points)
        lit, place = self.soft_mask([(x * 0.88 - 0.07, y * 0.92 - 0.03) for x, y in points], 36)
        painted = Image.new("RGB", self.size, dark(colour, shade))
        painted.paste(colour, (*place, place[0] + lit.width, place[1] + lit.height), lit)
        self.image.paste(painted, mask=mask)

    def line(self, points: Sequence[Point], colour: Colour, width_px: float) -> None:
        """Paint a line with round ends; `width_px` is in pixels of the final picture."""
        draw = ImageDraw.Draw(self.image)
        width = max(1, round(width_px * OVERSAMPLING))
        placed = [self.place(point) for point in points]
        draw.line(placed, fill=colour, width=width, joint="curve")
        for x, y in (placed[0], placed[-1]):
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=colour)

    def to_jpeg(self) -> bytes:
        """Give the finished picture."""
        buffer = BytesIO()
        self.image.reduce(OVERSAMPLING).save(buffer, "JPEG", quality=90)
        return buffer.getvalue()


def _catmull_rom(p0: float, p1: float, p2: float, p3: float, t: float) -> float:
    cubic = -p0 + 3 * p1 - 3 * p2 + p3
    square = 2 * p0 - 5 * p1 + 4 * p2 - p3
    return 0.5 * (2 * p1 + (p2 - p0) * t + square * t * t + cubic * t * t * t)


def mirrored(right_half: Sequence[Point]) -> list[Point]:
    """Close a shape given by its right half, from the top of its axis to the bottom."""
    left_half = [(-x, y) for x, y in reversed(right_half) if abs(x) > 0.001]
    return [*right_half, *left_half]


def ellipse(centre: Point, rx: float, ry: float) -> list[Point]:
    """Give an ellipse as a polygon of 40 corners, clockwise from the right."""
    return [(centre[0] + rx * cos(a * pi / 20), centre[1] + ry * sin(a * pi / 20)) for a in range(40)]


def dark(colour: Colour, share: float) -> Colour:
    """Mix in the colour of shadow."""
    return blend(colour, (40, 18, 14), share)


def light(colour: Colour, share: float) -> Colour:
    """Mix in the colour of light."""
    return blend(colour, (255, 246, 232), share)
