/** The scripts of a Vue component as files of TypeScript, on the lines where they stand. */
export const vueScripts = {
  preprocess: (text) =>
    [...text.matchAll(/^(<script\b[^>]*>)(.*?)^<\/script>/gms)].map(({ 1: tag, 2: script, index }, i) => ({
      filename: `${i}.ts`,
      text: text.slice(0, index + tag.length).replace(/[^\n]/g, '') + script,
    })),
  postprocess: (messages) => messages.flat(),
};
