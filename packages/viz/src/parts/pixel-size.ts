/**
 * Screen pixels an image pixel, so that `across` image pixels fit into `room` screen pixels. From 1 on it is a multiple of one half,
 * because then all image pixels come out equally wide (on a screen of double density at every half).
 */
export function pixelSize(room: number, across: number, most = Infinity): number {
  const exact = Math.min(most, room / across);
  return exact < 1 ? exact : Math.floor(exact * 2) / 2;
}
