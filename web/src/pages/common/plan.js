// Tables as they stand: each area is a room of its own, in centimetres. A table that nobody has placed is arranged below those that have a place, in
// rows and in the house's order, as large as its guests need.

const ROW = 1_000; // centimetres, after which arranged tables begin a new row
const GAP = 60;
const CHAIR = 55;

/** @return `{ area, width, height, places }` in the order of their first tables; a place is `{ table, at, isArranged }` */
export function rooms(tables) {
  const areas = [...new Set(tables.map(({ area }) => area ?? ''))];
  return areas.map((area) => room(area, tables.filter((each) => (each.area ?? '') === area)));
}

function room(area, tables) {
  const isPlaced = ({ position }) => Boolean(position);
  const placed = tables.filter(isPlaced).map((table) => ({ table, at: whole(table.position), isArranged: false }));
  const below = Math.max(0, ...placed.map(({ at }) => reach(at).y));
  const places = [...placed, ...arranged(tables.filter((each) => !isPlaced(each)), below + GAP)];
  return {
    area,
    width: Math.max(ROW, ...places.map(({ at }) => reach(at).x + GAP)),
    height: Math.max(0, ...places.map(({ at }) => reach(at).y)) + GAP,
    places,
  };
}

const whole = (position) => ({ shape: 'rectangle', rotation: 0, ...position });

function arranged(tables, top) {
  let x = GAP;
  let y = top;
  return tables.map((table) => {
    const width = Math.min(600, Math.max(90, Math.ceil(table.maxCovers / 2) * CHAIR));
    if (x > GAP && x + width > ROW) {
      x = GAP;
      y += 90 + GAP;
    }
    const at = { x, y, width, height: 90, shape: table.maxCovers <= 2 ? 'round' : 'rectangle', rotation: 0 };
    x += width + GAP;
    return { table, at, isArranged: true };
  });
}

/** How far right and down it goes as it is turned. */
function reach({ x, y, width, height, rotation }) {
  const turn = rotation * Math.PI / 180;
  const across = Math.abs(width * Math.cos(turn)) + Math.abs(height * Math.sin(turn));
  const down = Math.abs(width * Math.sin(turn)) + Math.abs(height * Math.cos(turn));
  return { x: x + (width + across) / 2, y: y + (height + down) / 2 };
}

/** Puts what is drawn for a table in its place; `room` says what the whole is. */
export function stand(made, { x, y, width, height, shape, rotation }, room) {
  const style = { left: x / room.width, top: y / room.height, width: width / room.width, height: height / room.height };
  for (const [name, part] of Object.entries(style)) made.style[name] = `${part * 100}%`;
  made.style.setProperty('--turn', `${rotation}deg`);
  made.dataset.shape = shape;
}

/** The nearest of `places` from `here` on in a direction; undefined where there is none. */
export function nearest(places, here, [dx, dy]) {
  const middle = ({ at }) => [at.x + at.width / 2, at.y + at.height / 2];
  const [fromX, fromY] = middle(here);
  const distance = (each) => {
    const [x, y] = middle(each);
    const onward = (x - fromX) * dx + (y - fromY) * dy;
    const aside = Math.abs((x - fromX) * dy) + Math.abs((y - fromY) * dx);
    return onward > 0 ? onward + 2 * aside : Infinity;
  };
  return places.filter((each) => each !== here && distance(each) < Infinity).sort((a, b) => distance(a) - distance(b))[0];
}

export const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
