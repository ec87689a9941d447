"""What the shop sells: forty pieces, and a drawing for each kind."""

# ruff: noqa: E501 (a product stays on its line)

from __future__ import annotations

__all__ = ["PRODUCTS", "SHAPES"]

# name, kind, price in cents, price before in cents or 0, rating in tenths, reviews, hue, blurb
# fmt: off
PRODUCTS = (
    ("Harbour Mug", "Cups", 1800, 0, 48, 212, 205, "Thick-walled stoneware that keeps coffee hot through a long first meeting."),
    ("Fennel Bowl", "Bowls", 2400, 2900, 46, 98, 85, "A shallow bowl for salads, glazed the green of a field after rain."),
    ("Ember Pitcher", "Jugs", 4200, 0, 49, 61, 18, "Pours without a drip. We threw eleven spouts before we kept this one."),
    ("Low Tide Plate", "Plates", 2200, 0, 45, 154, 195, "Dinner plate with a rim that remembers the waterline."),
    ("Quarry Vase", "Vases", 5600, 6400, 47, 43, 30, "Heavy at the foot, narrow at the neck, steady with a single branch."),
    ("Linen Press Cloth", "Textiles", 1600, 0, 44, 310, 48, "Washed linen for bread, glassware and the odd emergency."),
    ("Marsh Candle", "Light", 2600, 0, 43, 87, 120, "Beeswax and reed. It burns for forty hours and smells of nearly nothing."),
    ("Slate Board", "Boards", 3400, 0, 46, 72, 220, "Cheese first, then bread, then a place for your keys."),
    ("Oat Milk Jug", "Jugs", 2100, 2500, 47, 133, 40, "Small enough for one breakfast, wide enough to clean with a hand."),
    ("Larch Spoon", "Wood", 900, 0, 49, 402, 28, "Carved from storm-felled larch in the valley behind the workshop."),
    ("Night Ferry Lamp", "Light", 8900, 0, 48, 29, 245, "A table lamp with a warm, low light that does not reach the ceiling."),
    ("Cobble Espresso Cup", "Cups", 1400, 0, 45, 188, 15, "Two sips, no handle, warm hands."),
    ("Rye Bread Crock", "Jars", 6800, 7900, 46, 51, 35, "Keeps a loaf for a week. The lid doubles as a board."),
    ("Thistle Napkins", "Textiles", 2800, 0, 44, 76, 275, "Set of four, hemmed by hand, better after each wash."),
    ("Gull Egg Cup", "Cups", 1100, 0, 47, 145, 200, "Speckled on purpose. No two have the same freckles."),
    ("Peat Planter", "Vases", 3900, 0, 45, 64, 22, "Unglazed outside, sealed inside, with a saucer that really catches water."),
    ("Copse Coat Hook", "Wood", 1900, 0, 48, 91, 95, "One peg of ash, turned, oiled and stronger than your winter coat."),
    ("Mist Tumbler", "Glass", 1700, 0, 46, 120, 185, "Blown from window glass that had a first life in a greenhouse."),
    ("Brine Salt Cellar", "Jars", 2300, 0, 49, 83, 210, "A lid that swivels with a thumb while the other hand stirs."),
    ("Anchor Teapot", "Jugs", 7400, 8200, 47, 58, 225, "Seven cups, a strainer of its own, and a handle that stays cool."),
    ("Barley Bath Mat", "Textiles", 4800, 0, 43, 39, 50, "Waffle-woven cotton, thick as toast and quick to dry."),
    ("Drift Shelf", "Wood", 6200, 0, 45, 27, 32, "A single board on two hidden pins. Holds twelve kilos of paperbacks."),
    ("Kelp Soap Dish", "Bath", 1500, 0, 46, 102, 150, "Ridged like a beach at low water, so the soap stays dry."),
    ("Cinder Incense Rest", "Light", 1300, 0, 44, 44, 10, "A quiet line of iron-dark clay for one stick at a time."),
    ("Plum Preserve Jar", "Jars", 1900, 0, 48, 167, 310, "Cork lid, wide mouth, and a label that wipes clean."),
    ("Fog Dinner Set", "Plates", 14800, 16800, 49, 36, 215, "Four plates, four bowls, four cups: everything for a small table."),
    ("Hazel Rolling Pin", "Wood", 3100, 0, 47, 71, 27, "Tapered at both ends and long enough for a strudel."),
    ("Rill Carafe", "Glass", 3600, 0, 46, 66, 190, "One litre with a hollow for your fingers instead of a handle."),
    ("Moss Bath Towel", "Textiles", 4400, 5200, 45, 208, 110, "Long-staple cotton in the green that our dyer gets on a good day."),
    ("Tern Serving Dish", "Plates", 5200, 0, 47, 48, 204, "Oven to table, deep enough for a crumble for six."),
    ("Ash Bucket", "Bath", 7800, 0, 44, 19, 36, "Coopered the old way: staves, hoops, no glue."),
    ("Lantern Jar", "Light", 3300, 0, 46, 93, 45, "A tea light in a jar with a wire to hang it from the apple tree."),
    ("Weir Colander", "Bowls", 4600, 0, 48, 57, 178, "Two hundred holes, each punched by the same patient person."),
    ("Saltmarsh Apron", "Textiles", 5400, 0, 47, 112, 135, "Cross-back, two pockets, and a loop for the cloth you always lose."),
    ("Pebble Doorstop", "Wood", 2700, 0, 43, 33, 25, "A beach stone in a rope net. It will not roll away again."),
    ("Dawn Butter Dish", "Jars", 3200, 0, 49, 129, 55, "Fits a whole block and keeps it soft enough to spread."),
    ("Creek Water Glass", "Glass", 1600, 1900, 45, 143, 188, "Thin at the lip, thick at the base, stackable to eight."),
    ("Thatch Bread Basket", "Wood", 3700, 0, 46, 52, 42, "Woven rye straw. It leaves its pattern on the loaf."),
    ("Granite Mortar", "Boards", 6900, 0, 48, 88, 230, "Four kilos of patience for pesto, curry paste and pepper."),
    ("Cloud Cushion", "Textiles", 5800, 0, 44, 41, 208, "Wool filling from one flock, in a cover that unbuttons."),
)
# fmt: on

SHAPES = {
    "Cups": "M26 30h40v34a14 14 0 0 1-14 14H40a14 14 0 0 1-14-14zM66 38h8a9 9 0 0 1 0 20h-8",
    "Bowls": "M16 42h68a34 34 0 0 1-24 33v5H40v-5A34 34 0 0 1 16 42z",
    "Jugs": "M34 22h26l6-4-3 16 7 30a14 14 0 0 1-14 16H42a14 14 0 0 1-14-16l7-30zM69 40h9v22h-8",
    "Plates": "M50 20a30 30 0 1 1 0 60 30 30 0 0 1 0-60zm0 12a18 18 0 1 0 0 36 18 18 0 0 0 0-36z",
    "Vases": "M42 16h16v20l12 22a16 16 0 0 1-14 24H44a16 16 0 0 1-14-24l12-22z",
    "Textiles": "M22 26l28-8 28 8v48l-28 8-28-8zm28-8v64M22 50l28 6 28-6",
    "Light": "M50 14c9 12 12 18 12 24a12 12 0 0 1-24 0c0-6 3-12 12-24zM38 56h24v26H38z",
    "Boards": "M30 24h40a6 6 0 0 1 6 6v44a6 6 0 0 1-6 6H30a6 6 0 0 1-6-6V30a6 6 0 0 1 6-6zm20 6a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
    "Wood": "M22 72l34-34a14 14 0 1 1 8 8L30 80z",
    "Jars": "M34 18h32v10H34zM30 32h40l4 10v34a6 6 0 0 1-6 6H32a6 6 0 0 1-6-6V42z",
    "Glass": "M30 18h40l-5 60a5 5 0 0 1-5 4H40a5 5 0 0 1-5-4zm3 24h34",
    "Bath": "M18 46h64v8a24 24 0 0 1-24 24H42a24 24 0 0 1-24-24zM30 46V28a8 8 0 0 1 16 0",
}
