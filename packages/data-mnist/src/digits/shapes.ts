/** A way to write a digit: its strokes in the order of writing, and how often it is chosen. */
export interface Shape {
  readonly strokes: readonly Stroke[];
  readonly weight: number;
}

/** What the pen does between touching the paper and leaving it: points to pass through, some of them corners. */
export interface Stroke {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly corner: readonly boolean[];
}

/**
 * Several ways to write each digit, `shapes[digit]`. A stroke is a list of points `x,y` in a square of 100 by 100 with y downwards;
 * the curve is smooth through all of them but those marked `!`, where the pen turns sharply; ` / ` lifts the pen.
 */
export const shapes: readonly (readonly Shape[])[] = [
  [
    shape(3, '58,2 22,20 8,58 32,98 70,86 88,42 66,6 50,3'),
    shape(2, '72,14 42,0 12,38 18,86 52,100 86,62 78,18 52,3 36,12'),
    shape(2, '38,4 10,34 12,74 44,100 80,74 86,34 60,2 44,6'),
    shape(1, '30,12 60,0 88,34 78,82 42,100 10,70 16,28 52,4 78,16'),
  ],
  [
    shape(8, '50,0 50,36 50,68 50,100'),
    shape(3, '26,26 56,0! 53,50 50,100'),
    shape(1, '22,24 52,0! 52,50 50,100! / 14,100 50,99 86,98'),
  ],
  [
    shape(3, '10,26 38,0 74,16 66,46 36,80 12,96 4,82 22,74 52,92 96,90'),
    shape(3, '10,22 42,0 76,16 70,44 40,74 8,98! 50,95 95,97'),
    shape(2, '8,14 46,4 80,14 52,46 10,94! 46,92 92,90'),
    shape(1, '26,38 12,18 36,0 72,10 72,38 45,66 12,97! 42,86 68,98 96,84'),
  ],
  [
    shape(3, '12,14 46,0 78,18 66,40 36,47! 72,54 86,78 50,100 8,88'),
    shape(2, '10,6 46,3 78,4! 40,42! 74,52 84,80 46,100 8,90'),
    shape(2, '14,16 50,0 76,20 56,44 34,50 44,41 68,52 86,76 54,100 10,92'),
    shape(2, '14,8 58,2 74,24 46,46 76,60 80,86 42,100 8,92'),
  ],
  [
    shape(3, '24,4 14,44 20,57 52,56 88,52 / 74,0 67,50 62,100'),
    shape(1, '61,3 34,36 8,66! 50,63 94,61 / 64,0 63,54 61,100'),
    shape(2, '20,8 12,42 30,56 68,44 / 82,0 72,50 58,100'),
    shape(2, '34,0 22,28 10,52! 52,50 92,44 / 64,20 56,60 46,100'),
  ],
  [
    shape(3, '28,6 20,45! 56,38 86,64 62,97 10,92 / 27,6 58,5 88,2'),
    shape(2, '90,4 58,5 34,6! 24,42! 60,40 84,68 52,100 8,90'),
    shape(2, '30,12 22,46! 60,42 78,72 46,100 6,88 / 36,8 64,6 94,0'),
    shape(2, '88,0 54,6 30,16 30,44 66,54 72,82 40,100 6,95'),
  ],
  [
    shape(3, '66,0 30,26 10,66 26,98 66,94 80,70 54,55 18,74'),
    shape(2, '44,0 20,40 14,80 44,100 76,86 66,60 36,58 15,78'),
    shape(2, '78,0 36,35 10,76 34,100 70,88 66,64 38,64 16,86'),
    shape(1, '62,3 24,20 8,60 30,99 80,86 76,50 40,46 12,68'),
  ],
  [
    shape(4, '10,10 46,8 82,5! 56,46 34,100'),
    shape(2, '12,24! 12,7 50,6 86,4! 54,50 42,100'),
    shape(2, '10,10 48,8 82,5! 56,50 38,100 / 28,53 54,51 82,47'),
    shape(2, '12,15 44,7 84,8 72,34 50,66 42,100'),
  ],
  [
    shape(4, '80,12 50,0 22,18 46,45 80,74 48,100 16,78 46,50 78,25 70,6'),
    shape(2, '50,46 20,24 50,0 80,22 50,46 18,76 48,100 84,76 52,47'),
    shape(2, '76,8 40,2 20,22 50,48 80,76 48,100 14,80 42,52 88,10'),
    shape(1, '50,0 22,20 48,45 78,24 52,0 / 50,45 15,72 50,100 86,72 52,46'),
  ],
  [
    shape(3, '78,20 46,2 14,24 34,52 70,38 82,8! 77,52 70,100'),
    shape(2, '76,12 36,5 12,38 44,53 79,16! 74,60 60,100'),
    shape(2, '80,18 42,2 12,28 42,53 80,24 84,64 62,98 20,92'),
    shape(1, '70,32 40,46 14,26 44,0 76,16 72,58 46,100'),
  ],
];

function shape(weight: number, path: string): Shape {
  return { weight, strokes: path.split(' / ').map(stroke) };
}

function stroke(path: string): Stroke {
  const points = path.split(' ').map((point) => {
    const [x, y] = point.replace('!', '').split(',').map(Number);
    return { x: x!, y: y!, corner: point.endsWith('!') };
  });
  return { x: points.map((p) => p.x), y: points.map((p) => p.y), corner: points.map((p) => p.corner) };
}
