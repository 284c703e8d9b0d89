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
}

/**
 * One self-contained HTML page: everything is inside, nothing is fetched. The policy in its head forbids it to the
 * browser too, scripts included.
 */
export function page(
  sections: readonly Html[],
  { title, kicker, summary, notes = [], footer }: PageOptions,
): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
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
