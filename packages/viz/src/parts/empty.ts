import { createFigure, bodySizeFor, type FigureOptions } from '../figure.js';

/** The drawing of nothing: a dashed frame that says what is missing. */
export function emptyFigure(subject: string, missing: string, options: FigureOptions): SVGSVGElement {
  const { width, height = 120 } = bodySizeFor(options);
  const { svg, body } = createFigure(options, { subject, summary: `Empty: ${missing}.`, width, height });
  body
    .append('rect')
    .attr('x', 0.5)
    .attr('y', 0.5)
    .attr('width', width - 1)
    .attr('height', height - 1)
    .attr('rx', 4)
    .attr('fill', 'none')
    .attr('stroke', 'currentColor')
    .attr('stroke-opacity', 0.3)
    .attr('stroke-dasharray', '4 4');
  body
    .append('text')
    .attr('x', width / 2)
    .attr('y', height / 2 + 4)
    .attr('text-anchor', 'middle')
    .attr('fill-opacity', 0.65)
    .text(missing);
  return svg;
}
