import { describe, expect, it } from '@jest/globals';

import { Html, markup } from '../src/report/markup.js';
import { page } from '../src/report/page.js';

describe('markup``', () => {
  it('escapes what is put in, in texts and in attributes', () => {
    expect(markup`<b title="${'"><script>'}">${`a & 'b'`}</b>`.text).toBe(
      '<b title="&#34;&#62;&#60;script&#62;">a &#38; &#39;b&#39;</b>',
    );
  });

  it('keeps HTML, joins lists, and leaves out what is false or undefined', () => {
    const list = markup`<ul>${[1, 2].map((n) => markup`<li>${n}</li>`)}</ul>${false}${undefined}${new Html('<hr>')}`;
    expect(list.text).toBe('<ul><li>1</li><li>2</li></ul><hr>');
  });
});

describe('page()', () => {
  const text = page([markup`<p>body</p>`], {
    title: 'a < b',
    kicker: 'k',
    notes: ['mind this'],
    footer: 'f',
  });

  it('fetches nothing and forbids the browser to', () => {
    expect(text).toContain('default-src &#39;none&#39;');
    expect(text.replaceAll('http://www.w3.org/', '')).not.toMatch(
      /https?:|<script|<link(?! rel="icon" href="data:,")|@import|url\(/,
    );
  });

  it('escapes its title and shows its notes', () => {
    expect(text).toContain('<title>a &#60; b</title>');
    expect(text).toContain('<p class="note" role="note">mind this</p>');
  });
});
