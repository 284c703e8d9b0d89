/** Examples in cards of one width, as many beside each other as the room holds. */
export interface CardLayout {
  /** How many lie below each other. */
  bands: number;
  /** Of a card, in pixels. */
  width: number;
  /** The corner of a card, where cards are so high. */
  place(card: number, height: number): { x: number; y: number };
  /** The card at a place, where there is one. */
  cardAt(x: number, y: number, height: number): number | undefined;
}

const gutter = 28;

export function layOutCards(count: number, room: number, leastWidth: number): CardLayout {
  const columns = Math.max(1, Math.min(count, Math.floor((room + gutter) / (leastWidth + gutter))));
  const width = (room - (columns - 1) * gutter) / columns;
  return {
    bands: Math.ceil(count / columns),
    width,
    place: (card, height) => ({
      x: (card % columns) * (width + gutter),
      y: Math.floor(card / columns) * height,
    }),
    cardAt(x, y, height) {
      const [column, band] = [Math.floor(x / (width + gutter)), Math.floor(y / height)];
      const card = band * columns + column;
      return column >= 0 && column < columns && band >= 0 && card < count ? card : undefined;
    },
  };
}
