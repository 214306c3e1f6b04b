"""Texts that stand for amounts, as Torc reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torclint.spec.quantities import QuantityError, gpu_count, memory_bytes, runtime, walltime_seconds


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1024", 1024),
        ("1k", 1024),
        ("2M", 2 * 1024**2),
        ("+1g", 1024**3),
        ("01G", 1024**3),
        (" 4T ", 4 * 1024**4),
        ("0", 0),
    ],
)
def test_memory(text, amount):
    assert memory_bytes(text) == amount


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1.5g", "write 1536m"),
        ("1gb", "write 1g"),
        ("1Gi", "write 1g"),
        ("16 GB", "write 16g"),
        ("1 g", "write 1g"),
        ("-1g", ""),
        ("", ""),
        ("g", ""),
        ("1x", ""),
        ("1µ", ""),
        ("9223372036854775807k", ""),
    ],
)
def test_memory_refused(text, advice):
    with pytest.raises(QuantityError) as caught:
        memory_bytes(text)
    assert advice in caught.value.advice


@pytest.mark.parametrize(
    ("text", "seconds", "ignored"),
    [
        ("PT90M", 5400, ""),
        ("P1DT2H3M4S", 93784, ""),
        (" PT1H ", 3600, ""),
        ("PT", 0, ""),
        ("PT1.5H", 0, "1.5H"),
        ("PT1h", 0, "1h"),
        ("PT30", 0, "30"),
        ("PT1S1M", 1, "1M"),
        ("P1Y2W", 31557600, "2W"),
        ("P2W3D", 1209600, "3D"),
        ("PT1.5S", 1, ""),
        ("P1M", 2629800, ""),
        ("PT99999999999S", 0, "99999999999S"),
        ("PT1Hxyz", 3600, "xyz"),
        ("P0001-02-03T04:05:06", 31557600 + 2 * 2629800 + 3 * 86400 + 4 * 3600 + 5 * 60 + 6, ""),
    ],
)
def test_runtime(text, seconds, ignored):
    assert runtime(text) == (seconds, ignored)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("P", ""),
        ("1H", "PT1H"),
        ("pt1h", "PT1H"),
        ("-PT1H", ""),
        ("P1.5D", ""),
        ("", ""),
        ("04:00:00", "PT4H"),
        ("1-02:30:00", "P1DT2H30M"),
        ("30m", "PT30M"),
        ("2 days", "P2D"),
    ],
)
def test_runtime_refused(text, advice):
    with pytest.raises(QuantityError) as caught:
        runtime(text)
    assert advice in caught.value.advice


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30", 1800),
        ("30:15", 1815),
        ("01:00:00", 3600),
        ("1-00:00:00", 86400),
        ("1-02", 86520),
        ("1-02:03", 86400 + 123),
        (" 5 ", 300),
        ("213503982334602-00", 86400 * 213503982334602 - 2**64),
    ],
)
def test_walltime(text, seconds):
    assert walltime_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "x", "1:2:3:4", "1-2-3", "-5", "1:", "1.5", "99999999999999999999"])
def test_walltime_refused(text):
    with pytest.raises(QuantityError):
        walltime_seconds(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("gpu:2", 2),
        ("gpu:a100:4", 4),
        ("lscratch:1,gpu:1", 1),
        ("gpu:2(S:0-1)", 2),
        ("gpu:0,gpu:3", 3),
        ("gpu", 0),
        ("GPU:2", 0),
        ("gpu:a:b:2", 0),
        ("", 0),
    ],
)
def test_gpus(text, count):
    assert gpu_count(text) == count


@given(st.text("PTYMWDHS0129.,-: ", max_size=12))
def test_any_text_is_read_or_refused(text):
    for read in (memory_bytes, runtime, walltime_seconds):
        try:
            read(text)
        except QuantityError as error:
            assert error.message
            assert error.advice
