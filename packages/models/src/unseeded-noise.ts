/* eslint-disable no-restricted-properties -- what is watched for is what the rule refuses */
/**
 * Runs something and says whether it drew numbers that come from no `RandomStream`: all of TensorFlow.js's generators
 * (`tf.randomNormal`, `tf.dropout`, `tf.multinomial`, the noise layers, …) that were given no seed take one from
 * `Math.random`, which is watched meanwhile.
 */
export function watchUnseededNoise<T>(run: () => T): { result: T; drew: boolean } {
  const random = Math.random;
  let drew = false;
  const watched = () => {
    drew = true;
    return random();
  };
  Math.random = watched;
  try {
    const result = run();
    return { result, drew };
  } finally {
    if (Math.random === watched) Math.random = random;
  }
}
