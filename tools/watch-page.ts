import type { Page } from 'playwright-core';

/** Notes what goes wrong in a page from now on: errors, failed answers, requests outside the site. */
export function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('response', (answer) => {
    if (answer.status() >= 400 && !answer.url().endsWith('/404.html'))
      faults.push(`${answer.status()}: ${answer.url()}`);
  });
  page.on('request', (request) => {
    const { protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !request.url().startsWith(`${origin}/`))
      faults.push(`request to ${request.url()}`);
  });
  return faults;
}
