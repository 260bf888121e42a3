"""Passwords that one can read off a screen and type: three words and a number."""

_WORDS = """
    acorn agate alder amber anchor apple arrow aspen aster autumn badger bamboo barley basil beacon birch
    bison bramble brass breeze bronze brook canyon cedar chalk cherry cinder clover cobalt comet copper coral
    cotton crane crystal cypress daisy dawn delta dune eagle ember falcon fennel fern finch fjord flint
    forest fossil foxglove garnet ginger glacier granite gravel grove harbor hazel heron hickory indigo iris
    island ivory jasper juniper kelp kestrel lagoon lantern larch laurel lava lichen lilac linen lotus lynx
    magnet mango maple marble marlin meadow mint mirror mosaic moss nectar nutmeg oasis ocean olive onyx
    opal orchid otter pebble pepper pine plover plum poplar prairie quartz quill rain raven reed ridge
    river robin rowan saffron sage salmon silver sparrow spruce summit thistle timber topaz tulip
    willow wren yarrow
"""
WORDS = _WORDS.split()


def passphrase(digest: bytes) -> str:
    """The passphrase that a digest (at least four bytes) stands for, such as `kelp-amber-raven-42`."""
    words = [WORDS[byte % len(WORDS)] for byte in digest[:3]]
    return "-".join([*words, str(10 + digest[3] % 90)])
