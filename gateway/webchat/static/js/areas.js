/** Finding a kelurahan in kota → kecamatan → kelurahan, by steps or by typing. Plain functions over the gateway's list. */

const MOST_FOUND = 40;

/** Every kelurahan with the names it lies in: `{code, name, within}`. */
export function allKelurahan(cities) {
  return cities.flatMap((city) => city.kecamatan.flatMap((kecamatan) => kecamatan.kelurahan.map(({ code, name }) => (
    { code, name, within: `${kecamatan.name}, ${city.name}`, key: plain(name), withinKey: plain(kecamatan.name) }
  ))));
}

/** The kelurahan that fit what was typed: names that begin so, names that hold it, then those of such a kecamatan. */
export function search(kelurahan, typed) {
  const wanted = plain(typed);
  if (!wanted) return [];
  const tests = [
    ({ key }) => key.startsWith(wanted),
    ({ key }) => key.includes(wanted),
    ({ withinKey }) => withinKey.includes(wanted),
  ];
  return [...new Set(tests.flatMap((test) => kelurahan.filter(test)))].slice(0, MOST_FOUND);
}

/** "Pal Merah" and "palmerah" are one name. */
const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
