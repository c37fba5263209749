"""The samples of a scrape, apart from how they are written: label order and the form of a number differ from one exporter to the other."""
import re

LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"')


def parse(text):
    """{(name, sorted labels): value}"""
    found = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, value = line.rpartition(" ")
        name, _, labels = head.partition("{")
        found[name, tuple(sorted(map(_plain, LABEL.findall(labels))))] = float(value)
    return found


def _plain(label):
    """A bucket's bound is a number, too: 5 and 5.0 are one."""
    name, value = label
    return (name, repr(float(value))) if name in ("le", "quantile") else label


def differences(wanted, found, ignored=()):
    """Why two sets of samples are not the same; empty when they are. `ignored`: names that the other adds on its own account."""
    found = {key: value for key, value in found.items() if not key[0].startswith(tuple(ignored) or ("\0",))}
    said = [f"without {key}" for key in wanted.keys() - found.keys()] + [f"with {key}" for key in found.keys() - wanted.keys()]
    said += [f"{key}: {found[key]} for {value}" for key, value in wanted.items() if key in found and not same(value, found[key])]
    return said


def same(a, b):
    return a == b or (a != a and b != b)  # NaN
