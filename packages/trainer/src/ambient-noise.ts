/* eslint-disable no-restricted-properties -- Math.random is watched here, not used */

/**
 * Runs `body` and says whether it called `Math.random`, from which TensorFlow.js's own generators draw their seeds:
 * `tf.randomNormal`, `tf.randomUniform`, `tf.truncatedNormal`, `tf.dropout`, and the layers that use them.
 */
export function drawsAmbientNoise(body: () => void): boolean {
  const { random } = Math;
  let drawn = false;
  Math.random = () => {
    drawn = true;
    return random();
  };
  try {
    body();
  } finally {
    Math.random = random;
  }
  return drawn;
}
