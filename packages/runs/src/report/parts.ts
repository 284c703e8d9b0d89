import type { Section } from '../run-figure.js';
import { Html, markup } from './markup.js';

/** A figure on a page: an SVG as text, and the sentence below it. */
export interface PageFigure {
  section?: Section;
  svg: string;
  /** The same for a phone's width; the figure then takes a whole row where there is room. */
  narrow?: string;
  caption: string;
}

/** A heading with figures below it, two beside each other where there is room. */
export const figureSection = (title: string, figures: readonly PageFigure[]): Html =>
  markup`<section>
    <h2>${title}</h2>
    <div class="figures">${figures.map(figureCard)}</div>
  </section>`;

/** Rows of two figures that belong together; one that is missing leaves its place free. */
export const figurePairs = (rows: readonly (readonly (PageFigure | undefined)[])[]): Html =>
  markup`<div class="pairs">
    ${rows.flatMap((row) => row.map((figure) => (figure ? figureCard(figure) : markup`<div class="free"></div>`)))}
  </div>`;

const figureCard = ({ svg, narrow, caption }: PageFigure): Html =>
  narrow === undefined
    ? markup`<figure>
        ${new Html(svg)}
        <figcaption>${caption}</figcaption>
      </figure>`
    : markup`<figure class="row">
        <div class="roomy">${new Html(svg)}</div>
        <div class="narrow">${new Html(narrow)}</div>
        <figcaption>${caption}</figcaption>
      </figure>`;

/** The few numbers that a reader came for. */
export const tiles = (entries: readonly { name: string; value: string; unit?: string | undefined }[]): Html =>
  markup`<dl class="tiles">
    ${entries.map(
      ({ name, value, unit }) =>
        markup`<div class="tile">
          <dt>${name}</dt>
          <dd>${value}${unit !== undefined && markup` <small>${unit}</small>`}</dd>
        </div>`,
    )}
  </dl>`;

/** A table whose first column names the row and whose others are numbers. */
export const numberTable = (header: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html =>
  markup`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${header.map((title, column) => markup`<th scope="col" class="${column > 0 && 'number'}">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            markup`<tr>
              ${row.map((cell, column) =>
                column === 0 ? markup`<th scope="row">${cell}</th>` : markup`<td class="number">${cell}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

/** A table of names and what they stand for. */
export const factTable = (title: string, facts: readonly (readonly [string, string])[]): Html =>
  markup`<div>
    <h3>${title}</h3>
    <table>
      <tbody>
        ${facts.map(
          ([name, value]) =>
            markup`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
