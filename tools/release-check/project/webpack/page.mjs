/* global document, location, URLSearchParams, Worker */
// A page whose worker chooses a backend and multiplies; the answer is shown.
const worker = new Worker(new URL('./worker.mjs', import.meta.url));
worker.onmessage = ({ data }) => {
  const output = document.createElement('output');
  output.textContent = JSON.stringify(data);
  document.body.append(output);
};
worker.postMessage(new URLSearchParams(location.search).get('wasm'));
