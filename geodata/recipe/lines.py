"""Lines that no open source holds, drawn by hand; all are lon, lat in EPSG:4326.

They were drawn on screen between settlements (positions: GeoNames), so that
each settlement falls on the side the sources put it on. Between settlements the
course is ours: about 1-3 km right at best. Boundaries that use them say
"approximate" or "schematic".
"""

# Martuni and Hadrut districts of the NKAO: north of Togh and Azokh, south of
# Taghavard and Karmir Shuka, from the Shusha district to the oblast's border.
MARTUNI_HADRUT = [
    (46.66, 39.640), (46.80, 39.645), (46.86, 39.652), (46.92, 39.648), (46.955, 39.641),
    (47.00, 39.641), (47.04, 39.646), (47.12, 39.648),
]  # fmt: skip

# Askeran and Martuni districts of the NKAO: Khachen and the villages around
# Stepanakert to the west, those along the road to Martuni to the east.
ASKERAN_MARTUNI = [
    (46.80, 39.600), (46.845, 39.645), (46.866, 39.662), (46.876, 39.682), (46.884, 39.702),
    (46.900, 39.709), (46.926, 39.724), (46.926, 39.740), (46.902, 39.752), (46.894, 39.780),
    (46.906, 39.808), (46.904, 39.825), (46.905, 39.843),
]  # fmt: skip

# Mardakert district of the NKAO ends, towards Agdam's exclave, north of here.
MARDAKERT_SOUTH_LAT = 40.01

# Shahumyan district: the south of today's Goranboy, around Ashaghi Aghjakand
# (Shahumyan). The line was set so that the area comes near the published one,
# so the area proves nothing.
SHAHUMYAN = [
    (46.20, 40.20), (46.30, 40.500), (46.45, 40.500), (46.52, 40.508), (46.60, 40.500),
    (46.66, 40.487), (46.72, 40.490), (46.755, 40.460), (46.815, 40.445), (46.84, 40.380),
    (46.84, 40.20),
]  # fmt: skip

# East of the ceasefire line of 1994 in Fuzuli, where Natural Earth's line lies too
# far east: Horadiz and Alkhanli east of it, the town of Fuzuli west. Moved until
# the share west of it came near the published third (figures.csv), so that share
# proves nothing.
FUZULI_EAST = [
    (47.36, 39.72), (47.234, 39.756), (47.205, 39.66), (47.215, 39.55), (47.262, 39.46),
    (47.290, 39.415), (47.30, 39.36), (47.80, 39.36), (47.80, 39.72),
]  # fmt: skip

# East of the ceasefire line of 1994 in Mardakert district, where Natural Earth's
# line lies too far east: Chayly (46.823, 40.336) and Shikharkh on the Azerbaijani
# side, Talish, Madagiz and Seysulan (46.985, 40.246) on the Armenian side.
MARDAKERT_EAST = [
    (46.745, 40.45), (46.770, 40.392), (46.793, 40.350), (46.815, 40.325), (46.850, 40.303),
    (46.890, 40.285), (46.940, 40.268), (47.00, 40.258), (47.10, 40.258), (47.10, 40.45),
]  # fmt: skip

# The corner of Mardakert district north of the ceasefire line as Natural Earth
# draws it, but under Armenian control.
MARDAKERT_NORTH_WEST = [(46.20, 40.20), (46.74, 40.20), (46.74, 40.50), (46.20, 40.50)]

# Line of contact from 10 November 2020 inside the former NKAO, from its
# south-eastern border to the Lachin corridor: Martuni and Stepanakert north of
# it, Hadrut, Taghavard's upper part and Shusha south.
LINE_OF_2020 = [
    (47.30, 39.60), (47.06, 39.655), (47.03, 39.668), (46.985, 39.672), (46.945, 39.670),
    (46.915, 39.680), (46.885, 39.712), (46.86, 39.728), (46.82, 39.737), (46.79, 39.748),
    (46.775, 39.768), (46.75, 39.783), (46.722, 39.770), (46.703, 39.735), (46.69, 39.70),
    (46.685, 39.655), (46.66, 39.615), (46.60, 39.55),
]  # fmt: skip

# Talish and Madagiz (Sugovushan), under Azerbaijani control since October 2020.
TALISH_MADAGIZ = [
    (46.66, 40.42), (46.69, 40.345), (46.72, 40.312), (46.775, 40.305), (46.82, 40.32),
    (46.90, 40.36), (46.95, 40.44), (46.80, 40.50),
]  # fmt: skip

# Middle of the Lachin corridor of 2020: the road Goris - Lachin - Stepanakert. The
# trilateral statement gives the corridor a width of 5 km.
LACHIN_ROAD = [
    (46.513, 39.545), (46.525, 39.60), (46.548, 39.635), (46.60, 39.655), (46.64, 39.69),
    (46.70, 39.74), (46.745, 39.80),
]  # fmt: skip
LACHIN_CORRIDOR_WIDTH_M = 5000.0

# A spike of 5 km across the Araz at 46 E, where two sheets of the upstream map
# meet; cut off along the straight course of the river.
SPUR_AT_46_EAST = [
    (45.995, 38.80), (46.03, 38.80), (46.0364, 38.865), (46.0, 38.869), (45.995, 38.869),
]  # fmt: skip
