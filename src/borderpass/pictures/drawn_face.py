"""How is a demo portrait painted?

Nobody's photo is in this repository: the people of the demo are drawn. A portrait is painted back to front:
background, hair behind, neck, clothes, ears, face, features, hair, scarf, glasses. Light comes from the upper
left. Every shape is in face units, see `drawn_canvas`.
"""

from PIL import Image, ImageChops, ImageDraw

from borderpass.pictures.drawn_canvas import OVERSAMPLING, Canvas, Point, dark, ellipse, light, mirrored
from borderpass.pictures.drawn_look import Colour, Garment, Hair, Look, blend, choose_look

BLACK: Colour = (18, 14, 14)
WHITE: Colour = (255, 255, 255)


def draw_face(seed: int, sex: int, age: int) -> bytes:
    """Draw an invented person: a JPEG of 800x1000 pixels, always the same for the same arguments.

    `sex` is 1 male, 2 female, 3 other; `age` is in full years.
    """
    look = choose_look(seed, sex, age)
    canvas = Canvas(look.background, look.face_width, look.face_height)
    _paint_background(canvas, look)
    _paint_hair_behind(canvas, look)
    _paint_neck_and_clothes(canvas, look)
    _paint_head(canvas, look)
    _paint_lines(canvas, look)
    _paint_nose(canvas, look)
    _paint_mouth(canvas, look)
    for side in (-1, 1):
        _paint_eye(canvas, look, side)
        _paint_brow(canvas, look, side)
    _paint_hair(canvas, look)
    if look.head_scarf:
        _paint_head_scarf(canvas, look, look.head_scarf)
    if look.krama:
        _paint_krama(canvas, *look.krama)
    if look.glasses:
        _paint_glasses(canvas, look)
    return canvas.to_jpeg()


_OPENINGS: dict[Garment, list[Point]] = {
    Garment.SHIRT: [(-0.5, 1.2), (0.5, 1.2), (0.0, 1.82)],
    Garment.ROUND_NECK: ellipse((0, 1.26), 0.6, 0.28),
    Garment.V_NECK: [(-0.62, 1.2), (0.62, 1.2), (0.0, 1.95)],
}


def _face_outline(look: Look) -> list[Point]:
    jaw = look.jaw
    return [
        (0, -1.0), (0.52, -0.93), (0.87, -0.60), (0.99, -0.15), (0.97, 0.22),
        (0.88 * (0.6 + 0.4 * jaw), 0.55), (0.60 * jaw, 0.85), (0.27 * jaw, 0.985), (0, 1.0),
    ]  # fmt: skip


def _paint_background(canvas: Canvas, look: Look) -> None:
    canvas.soft(ellipse((-0.6, -0.3), 2.0, 1.5), WHITE, 0.55, 150)
    canvas.soft(ellipse((1.9, 1.6), 1.2, 1.4), dark(look.background, 0.25), 0.5, 140)


def _paint_hair_behind(canvas: Canvas, look: Look) -> None:
    back = dark(look.hair_colour, 0.25)
    if look.hair in (Hair.LONG, Hair.FRINGE):
        shape = [(0, -1.1), (0.9, -0.9), (1.22, -0.2), (1.28, 0.6), (1.34, 1.3), (1.1, 1.75), (0, 1.7)]
        canvas.fill(canvas.smooth(mirrored(shape)), back)
    elif look.hair is Hair.BOB:
        shape = [(0, -1.1), (0.9, -0.9), (1.2, -0.2), (1.24, 0.5), (1.08, 0.86), (0.5, 0.9), (0, 0.9)]
        canvas.fill(canvas.smooth(mirrored(shape)), back)
    elif look.hair is Hair.TIED and look.part > 0.2:
        canvas.fill(ellipse((0, -1.28), 0.36, 0.2), back)


def _paint_neck_and_clothes(canvas: Canvas, look: Look) -> None:
    neck = mirrored([(0, 0.5), (0.54, 0.55), (0.53, 1.1), (0.66, 1.36), (1.2, 1.6), (0, 2.4)])
    bare = canvas.image.copy()
    canvas.fill(neck, dark(look.skin, 0.12))
    canvas.soft(ellipse((0.06, 0.98), 0.6, 0.26), dark(look.skin, 0.6), 0.75, 18)
    outside_neck = ImageChops.invert(canvas.mask(neck))
    canvas.image.paste(bare, mask=outside_neck)
    body = canvas.smooth(
        mirrored([(0, 1.42), (0.5, 1.3), (0.95, 1.42), (1.7, 1.62), (2.12, 1.95), (2.3, 2.6), (0, 2.7)])
    )
    opening = _OPENINGS[look.garment]
    shown = canvas.mask(body)
    shown.paste(0, mask=canvas.mask(opening))
    canvas.shaped(body, look.cloth, 0.3, shown)
    if look.garment is Garment.SHIRT:
        _paint_collar(canvas, look)
    elif look.garment is Garment.V_NECK:
        canvas.line([(-0.53, 1.31), opening[2], (0.53, 1.31)], dark(look.cloth, 0.3), 5)
    else:
        canvas.line(opening[:21], dark(look.cloth, 0.3), 6)


def _paint_collar(canvas: Canvas, look: Look) -> None:
    for side in (-1, 1):
        collar = [(side * x, y) for x, y in ((0.5, 1.12), (0.7, 1.3), (0.64, 1.62), (0.42, 1.76), (0.0, 1.8))]
        canvas.fill(collar, light(look.cloth, 0.2))
        canvas.line([*collar[1:], collar[0]], dark(look.cloth, 0.4), 3)
    canvas.line([(0, 1.8), (0.02, 2.3)], dark(look.cloth, 0.4), 3)
    canvas.fill(ellipse((0.06, 2.0), 0.03, 0.02), dark(look.cloth, 0.5))


def _paint_head(canvas: Canvas, look: Look) -> None:
    if look.hair is not Hair.COVERED:
        for side in (-1, 1):
            canvas.fill(ellipse((side * 1.0, 0.1), 0.13, 0.2), dark(look.skin, 0.14))
            canvas.soft(ellipse((side * 1.02, 0.1), 0.06, 0.11), dark(look.skin, 0.5), 0.7, 5)
    canvas.shaped(canvas.smooth(mirrored(_face_outline(look))), look.skin, 0.30)
    canvas.soft(ellipse((-0.12, -0.52), 0.5, 0.2), light(look.skin, 0.55), 0.55, 36)
    for side in (-1, 1):
        canvas.soft(ellipse((side * 0.55, 0.3), 0.24, 0.14), light(look.skin, 0.5), 0.5, 24)
        canvas.soft(ellipse((side * 0.6, 0.38), 0.22, 0.13), (216, 104, 84), 0.16, 26)
        canvas.soft(ellipse((side * 0.43, -0.04), 0.3, 0.13), dark(look.skin, 0.6), 0.55, 16)
    canvas.soft(ellipse((0, 0.86), 0.2, 0.07), light(look.skin, 0.5), 0.4, 14)


def _paint_lines(canvas: Canvas, look: Look) -> None:
    """Paint what the years leave: folds beside the mouth, at the eyes, on the forehead."""
    if look.lined <= 0:
        return
    colour, strength = dark(look.skin, 0.45), 0.2 + 0.4 * look.lined
    for side in (-1, 1):
        fold = [(0.25, 0.38), (0.38, 0.48), (0.44, 0.62), (0.42, 0.68), (0.36, 0.52)]
        canvas.soft([(side * x, y) for x, y in fold], colour, strength, 5)
        canvas.soft(ellipse((side * 0.45, 0.13), 0.17, 0.012), colour, strength * 0.6, 6)
        for drop in (-0.05, 0.0, 0.05):
            canvas.soft([(side * 0.74, drop), (side * 0.9, drop * 2.2), (side * 0.9, drop * 2.2 + 0.015)],
                        colour, strength, 3)  # fmt: skip
    for height in (-0.48, -0.58, -0.67)[: round(3 * look.lined)]:
        canvas.soft(ellipse((0, height), 0.4, 0.008), colour, strength * 0.8, 4)


def _paint_nose(canvas: Canvas, look: Look) -> None:
    wide, tip = 0.20 * look.nose_width, 0.40 * look.nose_length
    canvas.soft([(0.09, -0.02), (0.15, tip - 0.1), (wide + 0.05, tip), (0.06, tip)], dark(look.skin, 0.5), 0.5, 9)
    canvas.soft([(-0.13, -0.08), (-0.09, tip - 0.12), (-0.15, tip - 0.1)], dark(look.skin, 0.4), 0.35, 9)
    canvas.soft([(-0.05, -0.12), (0.04, -0.12), (0.06, tip - 0.04), (-0.07, tip - 0.04)],
                light(look.skin, 0.7), 0.6, 9)  # fmt: skip
    canvas.soft(ellipse((0.02, tip + 0.055), wide * 0.9, 0.035), dark(look.skin, 0.6), 0.65, 7)
    for side in (-1, 1):
        wing = [(side * wide * x, tip + y) for x, y in ((0.92, -0.09), (1.12, -0.03), (1.05, 0.03), (0.8, 0.045))]
        canvas.line(canvas.smooth(wing, closed=False), dark(look.skin, 0.42), 3.5)
        canvas.soft(ellipse((side * wide * 0.55, tip + 0.035), wide * 0.3, 0.02), dark(look.skin, 0.85), 0.95, 3)


def _paint_mouth(canvas: Canvas, look: Look) -> None:
    half, full, lift = 0.37 * look.mouth_width, 0.075 * look.lip_fullness, 0.02 + 0.04 * look.smile
    y = 0.645
    lip = blend(look.skin, (176, 44, 56) if look.red_lips else (168, 76, 70), 0.7 if look.red_lips else 0.5)
    middle = [
        (-half, y - lift),
        (-half * 0.45, y + 0.004),
        (0, y + 0.008),
        (half * 0.45, y + 0.004),
        (half, y - lift),
    ]
    bow = [(half * 0.5, y - full * 0.72), (half * 0.16, y - full), (0, y - full * 0.8)]
    bow = [*bow, *((-x, height) for x, height in reversed(bow[:2]))]
    below = [(half * 0.6, y + full * 0.85), (0, y + full * 1.35), (-half * 0.6, y + full * 0.85)]
    canvas.soft(ellipse((0.02, y + full * 1.35 + 0.05), half * 0.6, 0.03), dark(look.skin, 0.55), 0.5, 8)
    canvas.fill(canvas.smooth([*middle, *bow]), dark(lip, 0.2))
    canvas.fill(canvas.smooth([*middle, *below]), lip)
    canvas.soft(ellipse((-0.04, y + full * 0.65), half * 0.4, full * 0.25), light(lip, 0.5), 0.5, 6)
    canvas.line(canvas.smooth(middle, closed=False), dark(lip, 0.68), 4)
    for side in (-1, 1):
        canvas.soft(ellipse((side * half, y - lift), 0.035, 0.02), dark(look.skin, 0.7), 0.8, 4)
    if look.moustache:
        hair = [(0, 0.515), (0.2, 0.525), (0.36, 0.585), (0.4, 0.64), (0.2, 0.592), (0, 0.578)]
        canvas.soft(canvas.smooth(mirrored(hair)), look.hair_colour, 0.85, 3)


def _paint_eye(canvas: Canvas, look: Look, side: int) -> None:
    centre = 0.44 * look.eye_gap
    half, tilt = 0.205 * look.eye_size, look.eye_tilt / 250
    high = 0.068 * look.eye_size

    def at(x: float, y: float) -> Point:
        return side * (centre + x * half), y * high - x * tilt

    lid = canvas.smooth([at(-1, 0.35), at(-0.5, -0.72), at(0.1, -1.0), at(0.65, -0.62), at(1, 0.1)], closed=False)
    under = canvas.smooth([at(1, 0.1), at(0.5, 0.78), at(-0.2, 0.9), at(-1, 0.35)], closed=False)
    ball = Image.new("RGB", canvas.size, (246, 241, 236))
    x, y = canvas.place(at(0.0, -0.1))
    draw = ImageDraw.Draw(ball)
    for radius, colour in ((0.108, (40, 24, 18)), (0.096, (84, 52, 34)), (0.052, BLACK)):
        r = radius * look.eye_size * canvas.across * OVERSAMPLING
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
    r = 0.026 * canvas.across * OVERSAMPLING
    draw.ellipse((x - 2.2 * r, y - 2.4 * r, x - 0.2 * r, y - 0.4 * r), fill=WHITE)
    canvas.image.paste(ball, mask=canvas.mask([*lid, *under]))
    canvas.soft([*lid, at(0.9, -0.5), at(0, -0.65), at(-0.8, 0.0)], (60, 36, 30), 0.4, 4)
    canvas.line(under, dark(look.skin, 0.5), 2)
    canvas.line(lid, (30, 20, 18), 7 if look.red_lips else 5.5)
    fold = canvas.smooth([at(-0.95, -0.5), at(-0.4, -1.45), at(0.2, -1.65), at(0.95, -0.8)], closed=False)
    canvas.line(fold, dark(look.skin, 0.5), 2.5)


def _paint_brow(canvas: Canvas, look: Look, side: int) -> None:
    weight, arch = 0.042 * look.brow_weight, 0.05 * look.brow_arch
    top = [(0.18, -0.262), (0.34, -0.268 - arch * 0.6), (0.54, -0.262 - arch), (0.74, -0.2)]
    bottom = [
        (0.55, -0.258 - arch + weight),
        (0.34, -0.256 - arch * 0.6 + weight * 1.5),
        (0.18, -0.256 + weight),
    ]
    shape = [(side * x, y) for x, y in canvas.smooth([*top, *bottom])]
    canvas.soft(shape, look.hair_colour, 0.92, 3)


def _hairline(hair: Hair, part: float) -> list[Point]:
    """Give where hair ends and skin begins, from the right ear over the forehead to the left."""
    right, middle, left = {
        Hair.CROPPED: ([(0.95, 0.0), (0.9, -0.38), (0.68, -0.64)], [(0.3, -0.72), (-0.3, -0.72)],
                       [(-0.68, -0.64), (-0.9, -0.38), (-0.95, 0.0)]),
        Hair.PARTED: ([(0.95, 0.0), (0.9, -0.42), (0.72, -0.7)], [(part + 0.05, -0.86), (0.1, -0.66)],
                      [(-0.5, -0.56), (-0.88, -0.42), (-0.95, 0.0)]),
        Hair.SWEPT: ([(0.95, 0.0), (0.88, -0.44), (0.6, -0.76)], [(0.0, -0.82), (-0.4, -0.7)],
                     [(-0.76, -0.54), (-0.92, -0.3), (-0.95, 0.0)]),
        Hair.RECEDING: ([(0.94, 0.0), (0.9, -0.38), (0.78, -0.62)],
                        [(0.56, -0.86), (0.1, -0.78), (-0.56, -0.86)],
                        [(-0.78, -0.62), (-0.9, -0.38), (-0.94, 0.0)]),
        Hair.TIED: ([(0.98, 0.0), (0.93, -0.36), (0.7, -0.66)], [(part, -0.84), (-0.2, -0.76)],
                    [(-0.72, -0.6), (-0.93, -0.36), (-0.98, 0.0)]),
        Hair.LONG: ([(1.0, 0.6), (0.93, -0.1), (0.78, -0.48)], [(part * 0.7, -0.92), (-0.5, -0.6)],
                    [(-0.88, -0.2), (-0.95, 0.1), (-1.0, 0.6)]),
        Hair.BOB: ([(1.0, 0.55), (0.92, 0.0), (0.8, -0.46)], [(part, -0.88), (-0.4, -0.6)],
                   [(-0.84, -0.3), (-0.93, 0.0), (-1.0, 0.55)]),
        Hair.FRINGE: ([(1.0, 0.6), (0.93, 0.0), (0.84, -0.36)], [(0.4, -0.4), (-0.1, -0.38), (-0.5, -0.4)],
                      [(-0.84, -0.36), (-0.93, 0.0), (-1.0, 0.6)]),
        Hair.COVERED: ([], [], []),
    }[hair]  # fmt: skip
    return [*right, *middle, *left]


def _paint_hair(canvas: Canvas, look: Look) -> None:
    p = 1 if look.part > 0 else -1
    at = abs(look.part)
    outer = [(-1.05, -0.02), (-1.1, -0.4), (-0.92, -0.92), (-0.45, -1.2), (0.1, -1.24), (0.6, -1.15),
             (0.97, -0.82), (1.1, -0.4), (1.05, -0.02)]  # fmt: skip
    inner = _hairline(look.hair, at)
    if not inner:
        return
    if look.hair in (Hair.LONG, Hair.FRINGE, Hair.BOB):
        outer = [(-1.16, 0.62), *outer[1:-1], (1.16, 0.62)]
    if look.hair is Hair.RECEDING or look.hair is Hair.CROPPED:
        outer = [(x * 0.985, y * (0.93 if y < -0.6 else 1)) for x, y in outer]
    shape = [(p * x, y) for x, y in canvas.smooth([*outer, *inner])]
    mask = canvas.mask(shape)
    canvas.soft([(x, y + 0.05) for x, y in shape], dark(look.skin, 0.8), 0.22, 12)
    canvas.image.paste(look.hair_colour, mask=mask)
    canvas.soft(ellipse((-0.3, -0.98), 0.36, 0.05), light(look.hair_colour, 0.45), 0.5, 20)


def _paint_head_scarf(canvas: Canvas, look: Look, colour: Colour) -> None:
    around = canvas.smooth(
        mirrored([(0, -1.22), (0.6, -1.14), (1.02, -0.78), (1.18, -0.2), (1.14, 0.5), (1.0, 1.0), (1.3, 1.5),
                   (1.5, 2.4), (0, 2.6)])
    )  # fmt: skip
    jaw = look.jaw * 0.93
    opening = canvas.smooth(
        mirrored([(0, -0.72), (0.5, -0.64), (0.84, -0.3), (0.91, 0.1), (0.86 * (0.6 + 0.4 * jaw), 0.5),
                   (0.58 * jaw, 0.79), (0.26 * jaw, 0.93), (0, 0.95)])
    )  # fmt: skip
    cloth = canvas.mask(around)
    cloth.paste(0, mask=canvas.mask(opening))
    canvas.shaped(around, colour, 0.35, cloth)
    for fold in ([(-0.88, 0.75), (-0.4, 1.12), (0.3, 1.3), (1.05, 1.28)],
                 [(-0.95, 1.0), (-0.4, 1.45), (0.4, 1.66), (1.25, 1.6)]):  # fmt: skip
        curve = canvas.smooth(fold, closed=False)
        canvas.soft([*curve, *((x, y + 0.05) for x, y in reversed(curve))], dark(colour, 0.9), 0.3, 6)
    canvas.line([*opening, opening[0]], dark(colour, 0.3), 4)


def _paint_krama(canvas: Canvas, colour: Colour, ground: Colour) -> None:
    """Paint the checked scarf of the country, laid around the neck."""
    ring = canvas.smooth(
        mirrored([(0, 1.16), (0.35, 1.13), (0.62, 1.04), (0.86, 1.2), (0.98, 1.44), (0.7, 1.64), (0, 1.72)])
    )
    tail = [(0.2, 1.55), (0.66, 1.5), (0.84, 2.6), (0.22, 2.6)]
    check = Image.new("RGB", canvas.size, ground)
    draw = ImageDraw.Draw(check, "RGBA")
    step = 30 * OVERSAMPLING
    for start in range(0, max(canvas.size), step):
        draw.rectangle((start, 0, start + step // 2, canvas.size[1]), fill=(*colour, 150))
        draw.rectangle((0, start, canvas.size[0], start + step // 2), fill=(*colour, 150))
    check = check.rotate(24, Image.Resampling.BILINEAR, fillcolor=ground)
    for shape in (tail, ring):
        canvas.soft([(x, y + 0.04) for x, y in shape], BLACK, 0.3, 10)
        canvas.image.paste(check, mask=canvas.mask(shape))
    for fold in ([(-0.8, 1.22), (-0.3, 1.42), (0.4, 1.46)], [(0.85, 1.3), (0.5, 1.5), (0.1, 1.56)]):
        canvas.soft([*fold, (fold[1][0], fold[1][1] + 0.04)], BLACK, 0.45, 8)


def _paint_glasses(canvas: Canvas, look: Look) -> None:
    frame: Colour = (46, 40, 42)
    centre = 0.44 * look.eye_gap
    rim = canvas.smooth([(-0.29, -0.11), (0, -0.14), (0.3, -0.12), (0.32, 0.03), (0.2, 0.17), (-0.14, 0.18),
                         (-0.29, 0.08)])  # fmt: skip
    for side in (-1, 1):
        lens = [(side * (centre + x), y) for x, y in rim]
        canvas.image.paste(WHITE, mask=canvas.mask(lens).point(lambda value: value * 0.07))
        canvas.line([*lens, lens[0]], frame, 4.5)
        canvas.line([(side * (centre + 0.31), -0.06), (side * 1.02, -0.1)], frame, 4.5)
    canvas.line(canvas.smooth([(-0.16, -0.04), (0, -0.07), (0.16, -0.04)], closed=False), frame, 4.5)
