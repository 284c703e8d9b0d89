import { html, Html } from './html.js';

/** A figure on a page: an SVG as text, and the sentence below it. */
export interface PageFigure {
  svg: string;
  /** The same for a phone's width; the figure then takes a whole row where there is room. */
  narrow?: string;
  caption: string;
}

/** A heading with figures below it, two beside each other where there is room. */
export const figureSection = (title: string, figures: readonly PageFigure[]): Html =>
  html` <section>
    <h2>${title}</h2>
    <div class="figures">${figures.map(figureCard)}</div>
  </section>`;

const figureCard = ({ svg, narrow, caption }: PageFigure): Html =>
  narrow === undefined
    ? html`<figure>
        ${new Html(svg)}
        <figcaption>${caption}</figcaption>
      </figure>`
    : html`<figure class="row">
        <div class="roomy">${new Html(svg)}</div>
        <div class="narrow">${new Html(narrow)}</div>
        <figcaption>${caption}</figcaption>
      </figure>`;

/** The few numbers that a reader came for. */
export const tiles = (entries: readonly { name: string; value: string; unit?: string | undefined }[]): Html =>
  html` <dl class="tiles">
    ${entries.map(
      ({ name, value, unit }) =>
        html`<div class="tile">
          <dt>${name}</dt>
          <dd>${value}${unit !== undefined && html` <small>${unit}</small>`}</dd>
        </div>`,
    )}
  </dl>`;

/** A table whose first column names the row and whose others are numbers. */
export const numberTable = (header: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html` <div class="scroll">
    <table>
      <thead>
        <tr>
          ${header.map((title, column) => html`<th scope="col" ${numberClass(column)}>${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, column) =>
                column === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="number">${cell}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

/** A table of names and what they stand for. */
export const factTable = (title: string, facts: readonly (readonly [string, string])[]): Html =>
  html` <div>
    <h3>${title}</h3>
    <table>
      <tbody>
        ${facts.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

const numberClass = (column: number): Html | false => column > 0 && new Html(' class="number"');
