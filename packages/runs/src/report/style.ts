/** The look of every page: system fonts, one column on a phone, light and dark as the reader's system is set. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --card: #ffffff; --ink: #1c1e21; --soft: #62676f; --line: #e3e4e6; --accent: #2f5fb3;
  --note-ink: #6b4a00; --note: #fff6df; --note-line: #eed9a0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131518; --card: #1b1e22; --ink: #e7e9ec; --soft: #9aa1aa; --line: #2d3137; --accent: #8fb4f5;
    --note-ink: #f3d998; --note: #2b2413; --note-line: #55461c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
main { max-width: 1120px; margin: 0 auto; padding: clamp(20px, 4vw, 56px) clamp(16px, 3vw, 40px) 64px; }
h1 { margin: 0; font-size: clamp(26px, 4vw, 38px); line-height: 1.15; letter-spacing: -0.02em; font-weight: 650; }
h2 { margin: 48px 0 4px; font-size: 20px; letter-spacing: -0.01em; font-weight: 620; }
h3 { margin: 24px 0 4px; font-size: 16px; font-weight: 620; }
p { margin: 4px 0 12px; max-width: 72ch; }
a { color: var(--accent); text-underline-offset: 2px; }
.soft, figcaption, th { color: var(--soft); }
.kicker { margin: 0 0 6px; color: var(--soft); font-size: 14px; }
.summary { margin-top: 10px; font-size: 17px; }
.note {
  margin: 20px 0; padding: 10px 14px; border: 1px solid var(--note-line); border-radius: 8px;
  background: var(--note); color: var(--note-ink); max-width: none;
}
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 28px 0 0; padding: 0; }
.tile { padding: 14px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.tile dt { color: var(--soft); font-size: 13px; }
.tile dd { margin: 2px 0 0; font-size: 24px; font-weight: 620; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.tile dd small { margin-left: 2px; font-size: 13px; font-weight: 400; color: var(--soft); letter-spacing: 0; }
.figures { columns: 2 400px; column-gap: 16px; margin-top: 12px; }
figure {
  margin: 0 0 16px; padding: 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--card);
  break-inside: avoid;
}
figure.row { column-span: all; }
figure svg { display: block; width: 100%; height: auto; }
.pairs { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start; gap: 16px; margin-top: 12px; }
.pairs figure { margin: 0; }
.pairs .row { grid-column: 1 / -1; }
.narrow { display: none; }
@media (max-width: 700px) {
  .pairs { grid-template-columns: minmax(0, 1fr); }
  .narrow { display: block; }
  .roomy, .free { display: none; }
}
figcaption { margin-top: 8px; font-size: 14px; }
.scroll { overflow-x: auto; margin-top: 8px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 16px 7px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
th { font-size: 14px; }
td.number, th.number { text-align: right; padding-right: 0; padding-left: 16px; white-space: nowrap; }
.dot { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 8px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); column-gap: 48px; }
.facts th { white-space: nowrap; width: 1%; }
.facts td { overflow-wrap: anywhere; }
pre {
  margin: 8px 0; padding: 12px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--card);
  font: 14px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
button {
  padding: 8px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: var(--ink);
  font: inherit; cursor: pointer;
}
button:hover:enabled { border-color: var(--accent); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button:disabled { opacity: 0.5; cursor: default; }
.live { position: sticky; top: 0; z-index: 1; padding: 12px 0; background: var(--page); border-bottom: 1px solid var(--line); }
.live p { margin: 8px 0; font-variant-numeric: tabular-nums; max-width: none; }
.live p:empty { display: none; }
progress { width: 100%; accent-color: var(--accent); }
footer { margin-top: 56px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--soft); font-size: 14px; }
@media print { body { background: white; } figure, .tile { break-inside: avoid; } }
`;
