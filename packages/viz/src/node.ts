export { renderPng, type RenderPngOptions } from './render-png.js';
export { renderSvg } from './render-svg.js';
