import type { ServerResponse } from 'node:http';

import { headers } from './loopback-server.js';

/** The pages that watch a run, as streams of events. */
export interface Viewers {
  /** Begins with the latest of each kind of event. */
  watch(viewer: ServerResponse): void;
  tell(event: string, value: unknown): void;
  /** Tells the last event and closes the streams. */
  end(value: unknown): void;
}

/**
 * Tells events to every page that watches. A page that does not keep up is told the latest of each kind once it has read
 * what it was told before: nothing else waits for it in memory.
 */
export function createViewers(): Viewers {
  const late = new Map<ServerResponse, Set<string>>();
  const latest = new Map<string, string>();
  return {
    watch(viewer) {
      late.set(viewer, new Set());
      viewer.on('close', () => late.delete(viewer));
      viewer.on('drain', () => {
        const missed = late.get(viewer);
        if (!missed || missed.size === 0) return;
        const texts = [...missed].map((event) => latest.get(event));
        missed.clear();
        viewer.write(texts.join(''));
      });
      viewer.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream' });
      viewer.write([...latest.values()].join(''));
    },
    tell(event, value) {
      const text = eventText(event, value);
      latest.set(event, text);
      for (const [viewer, missed] of late) {
        if (viewer.writableNeedDrain) missed.add(event);
        else viewer.write(text);
      }
    },
    end(value) {
      for (const viewer of late.keys()) viewer.end(eventText('end', value));
    },
  };
}

/** An event as `EventSource` reads it. */
const eventText = (event: string, value: unknown) => `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`;
