/** The mean over pixels of (x - x̂)², which is the `mse` of the trainer. */
export function squaredErrorOf(image: Float32Array, reconstruction: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < image.length; i++) sum += (image[i]! - reconstruction[i]!) ** 2;
  return sum / image.length;
}
