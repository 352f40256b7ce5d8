"""What does the person of demo portrait number N look like?

A look is chosen from seed, sex and age alone, so that a demo shows the same people every time. It is a value:
`drawn_face` paints it. Sex is 1 male, 2 female, 3 other, as in the pass.
"""

from dataclasses import dataclass
from enum import Enum
from random import Random

Colour = tuple[int, int, int]

SKINS: tuple[Colour, ...] = (
    (240, 204, 170), (229, 187, 149), (214, 167, 126), (198, 148, 107), (178, 128, 90), (156, 109, 76),
)  # fmt: skip
YOUNG_HAIR: tuple[Colour, ...] = ((24, 20, 20), (34, 26, 24), (48, 34, 28), (62, 44, 34))
GREY_HAIR: tuple[Colour, ...] = ((104, 100, 98), (142, 139, 136), (186, 184, 182), (214, 212, 210))
BACKGROUNDS: tuple[Colour, ...] = (
    (214, 227, 240), (232, 236, 238), (240, 232, 218), (218, 234, 226), (196, 214, 232), (236, 224, 228),
)  # fmt: skip
CLOTHES: tuple[Colour, ...] = (
    (244, 244, 242), (62, 96, 150), (38, 52, 84), (122, 46, 52), (74, 122, 104), (210, 152, 66),
    (142, 112, 162), (92, 98, 108), (220, 140, 138), (150, 176, 204), (58, 78, 62), (182, 88, 56),
)  # fmt: skip
SCARVES: tuple[Colour, ...] = (
    (38, 66, 108), (106, 132, 148), (150, 96, 116), (216, 198, 176), (70, 100, 84), (46, 46, 54),
    (184, 160, 198),
)  # fmt: skip
KRAMAS: tuple[tuple[Colour, Colour], ...] = (
    ((178, 36, 44), (244, 240, 234)), ((44, 74, 138), (240, 240, 238)), ((96, 54, 110), (238, 230, 214)),
    ((40, 104, 80), (242, 238, 226)), ((60, 56, 56), (236, 232, 226)),
)  # fmt: skip


class Hair(Enum):
    """How the hair is worn."""

    CROPPED = "cropped"
    PARTED = "parted"
    SWEPT = "swept"
    RECEDING = "receding"
    LONG = "long"
    BOB = "bob"
    FRINGE = "fringe"
    TIED = "tied"
    COVERED = "covered"


class Garment(Enum):
    """What is worn on the shoulders."""

    SHIRT = "shirt"
    ROUND_NECK = "round neck"
    V_NECK = "v neck"


@dataclass(frozen=True, slots=True)
class Look:
    """Everything a portrait is painted from; lengths are factors of an average grown-up's."""

    skin: Colour
    hair_colour: Colour
    hair: Hair
    part: float  # where the hair is parted or swept from, -1 left to 1 right
    background: Colour
    garment: Garment
    cloth: Colour
    head_scarf: Colour | None
    krama: tuple[Colour, Colour] | None
    glasses: bool
    moustache: bool
    lined: float  # 0 young skin to 1 deep lines
    face_width: float
    face_height: float
    jaw: float
    eye_size: float
    eye_gap: float
    eye_tilt: float
    brow_weight: float
    brow_arch: float
    nose_width: float
    nose_length: float
    mouth_width: float
    lip_fullness: float
    smile: float
    red_lips: bool


def choose_look(seed: int, sex: int, age: int) -> Look:
    """Choose a look for a person of `age` full years; the same arguments always give the same look."""
    rng = Random(f"borderpass portrait {seed} {sex} {age}")  # noqa: S311 - a drawing, not a secret
    womanly = sex == 2 or (sex == 3 and rng.random() < 0.5)
    child = max(0.0, min(1.0, (16 - age) / 10))
    covered = womanly and age >= 10 and rng.random() < 0.12
    krama = rng.random() < (0.25 if age >= 45 else 0.08)
    return Look(
        skin=_varied(rng, rng.choice(SKINS), 6),
        hair_colour=_hair_colour(rng, age),
        hair=Hair.COVERED if covered else _hair(rng, womanly, age),
        part=rng.choice((-1, 1)) * rng.uniform(0.1, 0.6),
        background=_varied(rng, rng.choice(BACKGROUNDS), 5),
        garment=Garment.SHIRT if 6 <= age <= 17 else rng.choice(tuple(Garment)),
        cloth=CLOTHES[0] if 6 <= age <= 17 else _varied(rng, rng.choice(CLOTHES), 8),
        head_scarf=_varied(rng, rng.choice(SCARVES), 6) if covered else None,
        krama=rng.choice(KRAMAS) if krama and not covered else None,
        glasses=rng.random() < (0.32 if age >= 40 else 0.14 if age >= 12 else 0.04),
        moustache=not womanly and sex == 1 and age >= 24 and rng.random() < 0.25,
        lined=min(1.0, max(0.0, (age - 32) / 38)),
        face_width=rng.uniform(0.94, 1.05) + 0.05 * child,
        face_height=rng.uniform(0.95, 1.05) - 0.13 * child,
        jaw=rng.uniform(0.82, 0.96) if womanly or child else rng.uniform(0.92, 1.08),
        eye_size=rng.uniform(0.92, 1.08) + (0.05 if womanly else 0) + 0.2 * child,
        eye_gap=rng.uniform(0.95, 1.05),
        eye_tilt=rng.uniform(-1, 5),
        brow_weight=rng.uniform(0.65, 0.9) if womanly else rng.uniform(0.95, 1.35) - 0.45 * child,
        brow_arch=rng.uniform(0.8, 1.4) if womanly else rng.uniform(0.3, 1.0),
        nose_width=rng.uniform(0.88, 1.14) - 0.16 * child,
        nose_length=rng.uniform(0.93, 1.07) - 0.2 * child,
        mouth_width=rng.uniform(0.9, 1.1) - 0.14 * child,
        lip_fullness=rng.uniform(0.85, 1.2),
        smile=rng.uniform(0.15, 1.0),
        red_lips=womanly and age >= 18 and rng.random() < 0.5,
    )


def _hair_colour(rng: Random, age: int) -> Colour:
    grey = max(0.0, min(1.0, (age - 42) / 28)) * rng.uniform(0.7, 1.0)
    young = rng.choice(YOUNG_HAIR)
    old = GREY_HAIR[min(3, max(0, (age - 45) // 10))]
    return _varied(rng, blend(young, old, grey), 3)


def _hair(rng: Random, womanly: bool, age: int) -> Hair:
    if womanly:
        choices = [Hair.LONG, Hair.BOB, Hair.FRINGE, Hair.TIED]
        return rng.choice([Hair.TIED, Hair.TIED, Hair.BOB, Hair.CROPPED] if age >= 58 else choices)
    choices = [Hair.CROPPED, Hair.PARTED, Hair.SWEPT]
    return rng.choice([*choices, Hair.RECEDING, Hair.RECEDING] if age >= 45 else choices)


def _varied(rng: Random, colour: Colour, by: int) -> Colour:
    red, green, blue = (max(0, min(255, part + rng.randint(-by, by))) for part in colour)
    return red, green, blue


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """Mix two colours; `share` 0 gives the first, 1 the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
