/** Calls `work` in the next frame, once however often it is asked for until then. */
export function perFrame(work: () => void): { ask: () => void; stop: () => void } {
  let frame = 0;
  const ask = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      work();
    });
  };
  return { ask, stop: () => cancelAnimationFrame(frame) };
}
