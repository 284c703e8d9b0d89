const largestImage = 112; // four screen pixels an image pixel for images of 28x28

/**
 * Screen pixels an image pixel, so that `across` image pixels fit into `room` screen pixels and an image of height `side` does not grow
 * beyond what is pleasant. From 1 on it is a multiple of one half, because then all image pixels come out equally wide (the halves on
 * screens of double density).
 */
export function pixelSize(room: number, across: number, side: number): number {
  const exact = Math.min(room / across, Math.max(1, largestImage / side));
  return exact < 1 ? exact : Math.floor(exact * 2) / 2;
}
