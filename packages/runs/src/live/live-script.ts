/** Runs in the page: shows what the program tells, asks it to stop, and gives way to the report at the end. */
export const liveScript = `
const [share, text, stop, end, figures] = ['share', 'text', 'stop', 'end', 'figures'].map((id) =>
  document.getElementById(id),
);
const events = new EventSource('/events');
const on = (name, show) => events.addEventListener(name, ({ data }) => show(JSON.parse(data)));

on('progress', (progress) => {
  share.value = progress.share;
  text.textContent = progress.text;
});
on('figures', (html) => {
  figures.innerHTML = html;
});
on('end', ({ text, report }) => {
  close(text);
  if (!report) return;
  const { title, body } = new DOMParser().parseFromString(report, 'text/html');
  document.title = title;
  document.querySelector('main').replaceWith(body.querySelector('main'));
});
events.onerror = () => close('The program has ended.');
stop.onclick = async () => {
  stop.disabled = true;
  end.textContent = 'Stopping after the step in progress.';
  const { ok } = await fetch('/stop', { method: 'POST' }).catch(() => ({ ok: false }));
  if (!ok) end.textContent = 'The program could not be asked to stop.';
};

function close(why) {
  events.close();
  stop.hidden = true;
  end.textContent = why;
  const kicker = document.querySelector('.kicker');
  kicker.textContent = kicker.textContent.replace(', being trained', '');
}
`;
