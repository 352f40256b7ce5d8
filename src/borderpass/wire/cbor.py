"""Is this CBOR exactly the bytes that we would have written?

Core deterministic encoding (RFC 8949 section 4.2.1) and nothing but integers, byte strings, text strings, arrays and
maps: what has one meaning gets one encoding, so that a fingerprint of the bytes is a fingerprint of the meaning.
"""

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
_LEAVES = (str, bytes)


def encode(value: object) -> bytes:
    """Return the core deterministic encoding of a value made of the types that `decode_strict` gives."""
    return cbor2.dumps(_sorted(value))


def decode_strict(data: bytes, limits: Limits = PASS_LIMITS) -> Any:
    """Return the value of exactly one deterministic CBOR item.

    Raise WireError for anything else: bytes left over, indefinite lengths, lengths or integers not in their shortest
    form, map keys out of order or twice, tags, floats, simple values, and containers beyond the limits.
    """
    try:
        value = cbor2.loads(data, max_depth=limits.depth + 1, allow_indefinite=False, allow_duplicate_keys=False)
        _check(value, limits.depth, limits.items)
        again = cbor2.dumps(value)
    except WireError:
        raise
    except Exception as error:
        # cbor2 hands malformed semantic tags to other parsers, whose errors are of many kinds.
        raise WireError(f"not CBOR of our profile: {type(error).__name__}") from error
    if again != data:
        raise WireError("not the deterministic encoding of what it says")
    return value


def _check(value: object, depth: int, items: int) -> None:
    kind = type(value)
    if kind in _LEAVES:
        return
    if kind is int:
        if not _INT_MIN <= value <= _INT_MAX:  # type: ignore[operator]
            raise WireError("integer beyond 64 bits")
        return
    if kind is not dict and kind is not list:
        raise WireError(f"a {kind.__name__} is not in the profile")
    if not depth:
        raise WireError("nested too deep")
    if len(value) > items:  # type: ignore[arg-type]
        raise WireError(f"more than {items} items in one container")
    if kind is dict:
        previous: Any = ()
        for key, member in value.items():  # type: ignore[attr-defined]
            rank = _rank(key)
            if rank <= previous:
                raise WireError("map keys out of order")
            previous = rank
            _check(member, depth - 1, items)
    else:
        for member in value:  # type: ignore[attr-defined]
            _check(member, depth - 1, items)


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
