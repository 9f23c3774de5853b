from crm.bootstrap import Crm
from crm.domain.complaint import Location
from crm.web.console.map_sketch import HEIGHT, WIDTH, sketch_of


def corners(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


def test_every_kelurahan_can_be_drawn(crm: Crm) -> None:
    areas = crm.reference.areas
    for area in areas:
        sketch = sketch_of(Location(kelurahan_code=area.code), areas)
        assert sketch is not None and sketch.point is None
        (here,) = [cell for cell in sketch.cells if cell.is_here]
        assert here.name == area.name and here.label is not None
        for cell in sketch.cells:
            assert all(
                -0.1 <= x <= WIDTH + 0.1 and -0.1 <= y <= HEIGHT + 0.1 for x, y in corners(cell.corners)
            )


def test_the_point_lies_in_its_kelurahan_and_north_is_up(crm: Crm) -> None:
    areas = crm.reference.areas
    area = next(one for one in areas if one.name == "Cipete Selatan")
    middle = sketch_of(Location(lat=area.lat, lon=area.lon), areas)
    north = sketch_of(Location(kelurahan_code=area.code, lat=area.lat + 0.003, lon=area.lon), areas)
    assert middle and north and middle.point and north.point
    assert next(cell for cell in middle.cells if cell.is_here).name == area.name
    assert north.point[1] < middle.point[1]
    assert north.point[0] == middle.point[0]


def test_a_place_in_words_only_and_one_outside_have_no_sketch(crm: Crm) -> None:
    areas = crm.reference.areas
    assert sketch_of(Location("depan pasar"), areas) is None
    assert sketch_of(Location(lat=-7.8, lon=110.4), areas) is None
