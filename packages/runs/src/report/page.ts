import { Html, markup } from './markup.js';
import { style } from './style.js';

/** What stands around a report's sections. */
export interface PageOptions {
  title: string;
  /** Above the title, small. */
  kicker: string;
  /** Below the title, one or two sentences. */
  summary?: string | undefined;
  /** What a reader must not overlook, such as digits that stand in for MNIST. */
  notes?: readonly string[];
  /** The last line. */
  footer: string;
  /** The path of a script on the page's own server, where it has one. */
  script?: string;
}

/**
 * One self-contained HTML page: everything is inside, nothing is fetched. The policy in its head forbids it to the
 * browser too, scripts included, but for the one that is named and what that asks its own server.
 */
export function page(
  sections: readonly Html[],
  { title, kicker, summary, notes = [], footer, script }: PageOptions,
): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:${
    script === undefined ? '' : "; script-src 'self'; connect-src 'self'"
  }`;
  return `${markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(style)}
        </style>
        ${script !== undefined && markup`<script type="module" src="${script}"></script>`}
      </head>
      <body>
        <main>
          <header>
            <p class="kicker">${kicker}</p>
            <h1>${title}</h1>
            ${summary !== undefined && markup`<p class="summary">${summary}</p>`}
            ${notes.map((note) => markup`<p class="note" role="note">${note}</p>`)}
          </header>
          ${sections}
          <footer>${footer}</footer>
        </main>
      </body>
    </html>`}
`;
}
