import pickle
import typing

import pytest

from torclint.record import Record


class Point(Record):
    """A point."""

    x: int
    y: int = 0

    @property
    def sum(self) -> int:
        return self.x + self.y


class Same(typing.NamedTuple):
    x: int
    y: int = 0


CALLS = [((1,), {}), ((1, 2), {}), ((), {"x": 1}), ((1,), {"y": 2}), ((), {"y": 1, "x": 2})]
BAD_CALLS = [((), {}), ((1, 2, 3), {}), ((1,), {"x": 2}), ((1,), {"z": 2}), ((), {"y": 1})]


@pytest.mark.parametrize(("places", "names"), CALLS)
def test_it_is_made_as_a_named_tuple_is(places, names):
    record, named = Point(*places, **names), Same(*places, **names)
    assert record == named == tuple(named)
    assert hash(record) == hash(named)
    assert (record.x, record.y, record.sum) == (named.x, named.y, named.x + named.y)
    assert record._asdict() == named._asdict()
    assert record._replace(y=7) == named._replace(y=7)
    assert repr(record) == repr(named).replace("Same", "Point")


@pytest.mark.parametrize(("places", "names"), BAD_CALLS)
def test_it_refuses_what_a_named_tuple_refuses(places, names):
    for kind in (Point, Same):
        with pytest.raises(TypeError):
            kind(*places, **names)


def test_fields():
    assert Point._fields == Same._fields == ("x", "y")
    assert Point._field_defaults == Same._field_defaults
    assert Point.__doc__ == "A point."


def test_it_cannot_be_changed():
    with pytest.raises(AttributeError):
        Point(1).x = 2
    with pytest.raises(AttributeError):
        Point(1).z = 2


def test_patterns_and_pickles():
    match Point(1, 2):
        case Point(x, y=2):
            assert x == 1
    assert pickle.loads(pickle.dumps(Point(3, 4))) == Point(3, 4)
    assert type(pickle.loads(pickle.dumps(Point(3, 4)))) is Point


def test_an_own_method_stays():
    class Named(Record):
        name: str

        def __repr__(self) -> str:
            return self.name

    assert repr(Named("own")) == "own"
