import { Session, type Runtime } from 'node:inspector';

/** Objects and functions that are looked into, the nearest first. */
const MOST_LOOKED_INTO = 200;
const DEEPEST = 3;

interface Named {
  name: string;
  value?: Runtime.RemoteObject | undefined;
}

interface Place {
  path: string;
  objectId: string;
  /** Of a function: what it calls and reads. */
  source: string | undefined;
  depth: number;
}

/**
 * The numbers, texts and flags that the functions of an object can see and change: in their closures, in the functions
 * that they name, and in the objects there, by path. They are read as a debugger reads them; nothing is called. Empty
 * where a debugger cannot be had.
 */
export function closureState(object: object): Map<string, string> {
  const state = new Map<string, string>();
  const session = new Session();
  try {
    session.connect();
    const objectId = remote(session, object);
    if (objectId !== undefined) lookInto(session, objectId, state);
  } catch {
    // No debugger in this process: what it would show is found by comparing alone.
  } finally {
    session.disconnect();
  }
  return state;
}

function lookInto(session: Session, root: string, state: Map<string, string>): void {
  const places: Place[] = [{ path: '', objectId: root, source: undefined, depth: 0 }];
  const seen = new Set<string>();
  const note = ({ name, value }: Named, { path, depth }: Place) => {
    const here = path ? `${path}.${name}` : name;
    if (!value) return;
    if (value.objectId === undefined) state.set(here, `${value.unserializableValue ?? value.value}`);
    else if (
      depth < DEEPEST &&
      (value.type === 'function' || value.type === 'object') &&
      value.subtype !== 'typedarray'
    ) {
      const source = value.type === 'function' ? value.description : undefined;
      if (source?.includes('[native code]') || source?.startsWith('class ')) return;
      if (source !== undefined && seen.has(source)) return;
      if (source !== undefined) seen.add(source);
      places.push({ path: here, objectId: value.objectId, source, depth: depth + (source ? 0 : 1) });
    }
  };
  for (let i = 0; i < places.length && i < MOST_LOOKED_INTO; i++) {
    const place = places[i]!;
    const { result, internalProperties = [], privateProperties = [] } = properties(session, place.objectId);
    if (place.source === undefined) {
      if (isForeign(result)) continue;
      for (const each of [...result, ...privateProperties]) note(each, place);
    } else
      for (const scope of scopesOf(session, internalProperties))
        for (const each of properties(session, scope).result)
          if (mentions(place.source, each.name)) note(each, { ...place, path: '' });
  }
}

/** Tensors and layers, whose values are in the recording, TensorFlow.js's engine, which `tf.customGrad` holds, and whole modules. */
const isForeign = (found: { name: string }[]) =>
  found.length > 200 ||
  found.some(({ name }) => ['dataId', '_trainableWeights', 'registryFactory'].includes(name));

/** The scopes around a function, without the global one. */
function scopesOf(session: Session, internal: Runtime.InternalPropertyDescriptor[]): string[] {
  const list = internal.find(({ name }) => name === '[[Scopes]]')?.value?.objectId;
  if (list === undefined) return [];
  return properties(session, list).result.flatMap(({ value }) =>
    value?.objectId !== undefined && value.description !== 'Global' ? [value.objectId] : [],
  );
}

const mentions = (source: string, name: string) =>
  new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(source);

interface Properties extends Runtime.GetPropertiesReturnType {
  /** Those that begin with #. */
  privateProperties?: Named[];
}

function properties(session: Session, objectId: string): Properties {
  return post<Properties>(session, 'Runtime.getProperties', {
    objectId,
    ownProperties: true,
  });
}

/** The debugger's name for an object, which is shown to it for a moment, in whichever context this is. */
function remote(session: Session, object: object): string | undefined {
  const contexts: number[] = [];
  session.on('Runtime.executionContextCreated', ({ params }) => void contexts.push(params.context.id));
  post(session, 'Runtime.enable', {});
  const shown = globalThis as unknown as Record<string, object | undefined>;
  shown[SHOWN] = object;
  try {
    for (const contextId of contexts) {
      const evaluated = post<Runtime.EvaluateReturnType>(session, 'Runtime.evaluate', {
        expression: `globalThis[${JSON.stringify(SHOWN)}]`,
        contextId,
      });
      if (evaluated.result.objectId !== undefined) return evaluated.result.objectId;
    }
    return undefined;
  } finally {
    delete shown[SHOWN];
  }
}

const SHOWN = '@ae/backend: shown to the debugger';

/** Within one thread the answer is there before the call returns. */
function post<Answer>(session: Session, method: string, params: object): Answer {
  let answer: Answer | undefined;
  session.post(method, params, (error, found) => {
    if (error) throw error;
    answer = found as Answer;
  });
  if (!answer) throw new Error(`Cannot read the state of a closure: ${method} gives no answer`);
  return answer;
}
