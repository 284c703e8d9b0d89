import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { JSDOM } from 'jsdom';
import { exampleKinds, figures } from '../src/index.js';
import type { FigureOptions } from '../src/index.js';
import { renderSvg } from '../src/node.js';
import { document } from './page-document.js';

/** Compares with what lies in test/figures; a changed drawing is written beside it, to be looked at. */
function expectKept(name: string, svg: string): void {
  const drawn = `${svg.replaceAll('><', '>\n<')}\n`;
  const kept = new URL(`figures/${name}.svg`, import.meta.url);
  const changed = new URL(`figures/${name}-changed.svg`, import.meta.url);
  if (!existsSync(kept) && !process.env['CI']) writeFileSync(kept, drawn);
  const isSame = readFileSync(kept, 'utf8') === drawn;
  if (isSame) rmSync(changed, { force: true });
  else writeFileSync(changed, drawn);
  expect({
    isSame,
    look: isSame ? '' : `compare ${name}.svg and ${name}-changed.svg in test/figures`,
  }).toEqual({ isSame: true, look: '' });
}

describe.each(Object.entries(figures))('%s', (name, { example }) => {
  const draw = (options: FigureOptions) =>
    renderSvg((_, given: FigureOptions) => example(given), undefined, options);

  test('draws its example as in test/figures', () => {
    expectKept(name, draw({}));
  });

  test('draws the same twice', () => {
    expect(draw({})).toBe(draw({}));
  });

  test('has a role, a name and a description for screen readers', () => {
    const svg = example({ document, title: 'My figure' });
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.querySelector(':scope > title')?.textContent).toBe('My figure');
    expect(svg.querySelector(':scope > desc')?.textContent).toMatch(/\.$/);
  });

  test('is well-formed XML whatever the title holds, and holds it as text', () => {
    const title = '</svg><script>alert("&")</script>\u0000\u001b \ud800 \uffff';
    const xml = draw({ title });
    const { document: parsed } = new JSDOM(xml, { contentType: 'image/svg+xml' }).window;
    expect(parsed.querySelector('script')).toBeNull();
    expect(parsed.querySelector('title')?.textContent).toBe(
      '</svg><script>alert("&")</script>\ufffd\ufffd \ufffd \ufffd',
    );
  });

  test.each([240, 368, 480, 1248])('fits a width of %i pixels', (width) => {
    const svg = example({ document, width });
    expect(Number(svg.getAttribute('width'))).toBe(width);
    for (const image of svg.querySelectorAll('image'))
      expect(Number(image.getAttribute('x')) + Number(image.getAttribute('width'))).toBeLessThanOrEqual(
        width,
      );
    for (const image of svg.querySelectorAll('image')) image.remove(); // whose data may spell anything
    expect(svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('keeps to a height that is asked for', () => {
    for (const height of [300, 700]) {
      const svg = example({ document, height });
      expect(Number(svg.getAttribute('height'))).toBeLessThanOrEqual(height + 2);
    }
  });

  test('paints no ground by default, and its own with a theme', () => {
    const ground = (theme: 'auto' | 'light' | 'dark') =>
      example({ document, theme }).querySelector(':scope > rect');
    expect(ground('auto')).toBeNull();
    expect(ground('light')?.getAttribute('fill')).toBe('#ffffff');
    expect(ground('dark')?.getAttribute('fill')).toBe('#16181d');
  });

  test('refuses unknown options and senseless values, naming what it knows', () => {
    expect(() => draw({ colour: 'red' } as FigureOptions)).toThrow(
      /^Cannot draw .*: unknown option "colour", expected one of document, width, height, title, theme/,
    );
    expect(() => draw({ width: -1 })).toThrow(RangeError);
    expect(() => draw({ height: NaN })).toThrow(/height is NaN, expected 100 to 20000 pixels/);
    expect(() => draw({ theme: 'blue' as 'dark' })).toThrow(
      /theme is "blue", expected one of auto, light, dark/,
    );
  });

  test('says where a document comes from when there is none', () => {
    expect(() => example()).toThrow(/found no document, expected one in options.document/);
  });
});

describe.each(
  (
    ['anomaly-maps', 'image-grid', 'interpolation', 'latent-manifold', 'reconstructions', 'samples'] as const
  ).flatMap((name) => exampleKinds.slice(1).map((kind) => [name, kind] as const)),
)('%s of %s', (name, kind) => {
  test('is drawn as in test/figures', () => {
    const svg = renderSvg((_, given: FigureOptions) => figures[name].example(given, kind), undefined, {});
    expectKept(`${name}-of-${kind.replace(' ', '-')}`, svg);
  });
});
