"""Is this CBOR exactly the bytes that we would have written?

Core deterministic encoding (RFC 8949 section 4.2.1) and nothing but integers, byte strings, text strings, arrays and
maps: what has one meaning gets one encoding, so that a fingerprint of the bytes is a fingerprint of the meaning.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import cbor2

from borderpass.wire.refusal import WireError

CborMap = dict[Any, Any]


class Limits(NamedTuple):
    """How deep containers may nest and how many items (map pairs count one) one may hold."""

    depth: int
    items: int


PASS_LIMITS = Limits(depth=8, items=64)
BUNDLE_LIMITS = Limits(depth=12, items=65_536)
_INT_MIN, _INT_MAX = -(2**64), 2**64 - 1


class _NoTags(Mapping[int, Any]):
    """Refuses every tag where the decoder meets it.

    Left to the decoder, tags 28 and 29 (shared values) let 200 bytes mean more than any machine can hold or write.
    """

    def __getitem__(self, tag: int) -> Any:
        raise WireError(f"tag {tag} is not in the profile")

    def __iter__(self) -> Iterator[int]:
        return iter(())

    def __len__(self) -> int:
        return 0


NO_TAGS = _NoTags()


def encode(value: object) -> bytes:
    """Return the core deterministic encoding of a value made of the types that `decode_strict` gives."""
    return cbor2.dumps(_sorted(value))


def decode_strict(data: bytes, limits: Limits = PASS_LIMITS) -> Any:
    """Return the value of exactly one deterministic CBOR item.

    Raise WireError for anything else: bytes left over, indefinite lengths, lengths or integers not in their shortest
    form, map keys out of order or twice, tags, floats, simple values, and containers beyond the limits.
    """
    try:
        value = cbor2.loads(
            data,
            max_depth=limits.depth + 1,
            allow_indefinite=False,
            allow_duplicate_keys=False,
            semantic_decoders=NO_TAGS,
        )
        again = cbor2.dumps(value)
    except Exception as error:
        raise WireError(f"not CBOR of our profile: {type(error).__name__}") from error
    if again != data:
        raise WireError("not the deterministic encoding of what it says")
    _check([value], limits.depth + 1, limits.items)
    return value


def _check(container: Any, depth: int, items: int) -> None:
    if not depth:
        raise WireError("nested too deep")
    if len(container) > items:
        raise WireError(f"more than {items} items in one container")
    members = container
    if type(container) is dict:
        _check_keys(container)
        members = container.values()
    for member in members:
        kind = type(member)
        if kind is dict or kind is list:
            _check(member, depth - 1, items)
        elif kind is int:
            if not _INT_MIN <= member <= _INT_MAX:
                raise WireError("integer beyond 64 bits")
        elif kind is not str and kind is not bytes:
            raise WireError(f"a {kind.__name__} is not in the profile")


def _check_keys(container: dict[Any, Any]) -> None:
    previous: tuple[Any, ...] = ()
    for key in container:
        rank = _rank(key)
        if rank <= previous:
            raise WireError("map keys out of order")
        previous = rank


def _rank(key: object) -> tuple[Any, ...]:
    """Return what sorts map keys as their encodings sort bytewise (RFC 8949 section 4.2.1)."""
    if type(key) is int and _INT_MIN <= key <= _INT_MAX:
        return (0, key) if key >= 0 else (1, -1 - key)
    if type(key) is bytes:
        return (2, len(key), key)
    if type(key) is str:
        octets = key.encode()
        return (3, len(octets), octets)
    raise WireError("a map key is neither integer, bytes nor text")


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=_rank)}
    if isinstance(value, list | tuple):
        return [_sorted(member) for member in value]
    return value
