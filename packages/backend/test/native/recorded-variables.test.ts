import { expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import type { NativeBackend } from '../../src/native/types.js';
import { always, describeNative, useNative } from './agreement.js';
import { numbers } from './numbers.js';

/** What a step may do with its variables; `i` and `j` are places among them. */
type Action =
  | { do: 'compute' | 'assign' | 'swap' | 'keep' | 'update'; i: number; j: number }
  | { do: 'assign the input' | 'assign a number' | 'return' | 'return twice'; i: number };

const SIZE = 5;
const VARIABLES = 4;
const place = fc.nat(VARIABLES - 1);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom('compute', 'assign', 'swap', 'keep', 'update'), i: place, j: place }),
  fc.record({
    do: fc.constantFrom('assign the input', 'assign a number', 'return', 'return twice'),
    i: place,
  }),
) as fc.Arbitrary<Action>;

const inputOf = (step: number) => numbers(SIZE, 100 + step);

/** The terms of each step, and the variables' elements after the last, without a replay or with replays from step 2 on. */
function train(backend: NativeBackend, actions: Action[], shared: boolean, replayed: boolean) {
  const variables = tf.tidy(() => {
    const x = tf.tensor1d(numbers(SIZE, 1));
    return Array.from({ length: VARIABLES }, (_, i) =>
      tf.variable(shared ? x : tf.tensor1d(numbers(SIZE, i))),
    );
  });
  const hyper = () => Float32Array.of(0.125, 0.5);
  const stepOn = (x: tf.Tensor, hyper: tf.Tensor) => () => runActions(actions, variables, x, hyper);
  const terms: Record<string, number>[] = [];
  let replay: ReturnType<NativeBackend['recordStep']>['replay'];
  for (let step = 1; step <= 4; step++) {
    if (replay) {
      terms.push(replay.run({ x: inputOf(step), hyper: hyper() }, 0));
      continue;
    }
    const inputs = { x: tf.tensor1d(inputOf(step)), hyper: tf.tensor1d(hyper()) };
    let scalars: Record<string, tf.Scalar> = {};
    if (replayed) {
      const recorded = backend.recordStep(inputs, 0, () => (scalars = stepOn(inputs.x, inputs.hyper)()));
      expect(recorded.reason).toBeUndefined();
      replay = recorded.replay;
      terms.push(recorded.outputs);
    } else {
      scalars = stepOn(inputs.x, inputs.hyper)();
      terms.push(Object.fromEntries(Object.entries(scalars).map(([name, s]) => [name, s.dataSync()[0]!])));
    }
    tf.dispose([inputs, scalars]);
  }
  replay?.dispose();
  const values = variables.map((variable) => [...variable.dataSync()]);
  tf.dispose(variables);
  return { terms, values };
}

function runActions(actions: Action[], variables: tf.Variable[], x: tf.Tensor, hyper: tf.Tensor) {
  const terms: Record<string, tf.Scalar> = {};
  tf.tidy(() => {
    const kept: tf.Tensor[] = [];
    actions.forEach((action, at) => {
      const v = variables[action.i]!;
      const w = variables['j' in action ? action.j : 0]!;
      if (action.do === 'compute') v.assign(tf.add(tf.mul(v, 0.5), tf.add(w, x)));
      if (action.do === 'assign' && v !== w) v.assign(w);
      if (action.do === 'swap') {
        const [a, b] = [v.clone(), w.clone()];
        v.assign(b);
        w.assign(a);
      }
      if (action.do === 'keep')
        kept.push(
          v.clone(),
          tf.tidy(() => tf.add(w, 1)),
        );
      if (action.do === 'update' && v !== w)
        tf.engine().runKernel('UpdateSgd', { variable: v, gradient: tf.mul(x, 0.25), velocity: w, hyper });
      if (action.do === 'assign the input') v.assign(x);
      if (action.do === 'assign a number') v.assign(tf.fill([SIZE], at));
      const term = () => tf.keep(tf.sum(tf.stack([v, ...kept]))) as tf.Scalar;
      if (action.do.startsWith('return')) terms[`${at}`] = term();
      if (action.do === 'return twice') terms[`${at} again`] = tf.keep(terms[`${at}`]!.clone());
    });
  });
  return terms;
}

describeNative('a replay of a step that moves its variables about', () => {
  it('gives the terms and the variables of the ordinary path, whatever is assigned, swapped, kept or shared', async () => {
    const backend = await useNative();
    tf.env().set('IS_TEST', false); // else TensorFlow.js takes the copy that an update makes of shared data for a leak
    await always(
      fc.tuple(fc.array(action, { minLength: 1, maxLength: 7 }), fc.boolean()),
      ([actions, shared]) => {
        expect(train(backend, actions, shared, true)).toEqual(train(backend, actions, shared, false));
        return Promise.resolve();
      },
      300,
    );
  });
});

describeNative('a replay', () => {
  const variable = (value: number) => tf.tidy(() => tf.variable(tf.scalar(value))) as tf.Variable;
  const scalars = (from: Record<string, tf.Scalar>) =>
    Object.fromEntries(Object.entries(from).map(([name, term]) => [name, tf.keep(term)]));

  /** The terms of the recorded step and of two replays. */
  function threeTimes(backend: NativeBackend, step: () => Record<string, tf.Scalar>) {
    let terms: Record<string, tf.Scalar> = {};
    const { outputs, replay, reason } = backend.recordStep(
      {},
      0,
      () => (terms = tf.tidy(() => scalars(step())) as typeof terms),
    );
    expect(reason).toBeUndefined();
    const all = [outputs, replay!.run({}, 0), replay!.run({}, 0)];
    replay!.dispose();
    tf.dispose(terms);
    return all;
  }

  it('keeps two variables apart that were made of one tensor', async () => {
    const backend = await useNative();
    const x = tf.tensor1d([1]);
    const [a, b] = [tf.variable(x), tf.variable(x)];
    threeTimes(backend, () => {
      a.assign(tf.add(a, 1));
      b.assign(tf.mul(b, 10));
      return {};
    });
    expect([a.dataSync()[0], b.dataSync()[0], x.dataSync()[0]]).toEqual([4, 1000, 1]);
    tf.dispose([x, a, b]);
  });

  it('leaves a tensor alone that was cloned from a variable and that the step reads', async () => {
    const backend = await useNative();
    const v = variable(1);
    const start = v.clone();
    const terms = threeTimes(backend, () => {
      v.assign(tf.mul(v, 2));
      return { sum: tf.add(v, start) as tf.Scalar };
    });
    expect(terms).toEqual([{ sum: 3 }, { sum: 5 }, { sum: 9 }]);
    expect(start.dataSync()[0]).toBe(1);
    tf.dispose([v, start]);
  });

  it('returns a variable as it was when it became a term, not as the step leaves it', async () => {
    const backend = await useNative();
    const v = variable(1);
    const terms = threeTimes(backend, () => {
      const before = v.clone() as tf.Scalar;
      v.assign(tf.mul(v, 2));
      return { before, after: v.clone() as tf.Scalar };
    });
    expect(terms).toEqual([
      { before: 1, after: 2 },
      { before: 2, after: 4 },
      { before: 4, after: 8 },
    ]);
    v.dispose();
  });

  it('reads the old value where a step goes on with it after the assignment', async () => {
    const backend = await useNative();
    const v = variable(1);
    const terms = threeTimes(backend, () => {
      const old = v.clone();
      v.assign(tf.add(v, 1));
      return {
        sum: tf.exp(tf.sub(tf.mul(old, 2), tf.mul(v, 2))) as tf.Scalar,
        twice: tf.mul(old, 2) as tf.Scalar,
      };
    });
    expect(terms.map(({ twice }) => twice)).toEqual([2, 4, 6]);
    expect(new Set(terms.map(({ sum }) => sum)).size).toBe(1);
    v.dispose();
  });

  it('is stale once a tensor that it reads is disposed of', async () => {
    const backend = await useNative();
    const target = tf.scalar(1);
    let term!: tf.Scalar;
    const { replay } = backend.recordStep({}, 0, () => ({ term: (term = tf.neg(target)) }));
    expect(replay!.stale).toBe(false);
    tf.dispose([target, term]);
    expect(replay!.stale).toBe(true);
    replay!.dispose();
  });

  it.each([
    ['a number that JavaScript makes was 1 and became 2', (n: number) => tf.add(0.5, tf.scalar(n))],
    ['numbers that JavaScript makes change (a tensor of 2)', (n: number) => tf.sum(tf.tensor1d([n, 0]))],
    ['a number given to FillFloat was 1 and became 2', (n: number) => tf.sum(tf.fill([3], n))],
    ['it runs other operations than before', (n: number) => (n > 1 ? tf.exp(1) : tf.neg(1))],
    ['it runs other operations than before', (n: number) => (n > 1 ? tf.neg(tf.exp(1)) : tf.exp(1))],
  ])('differs from the last recording: %s', async (difference, term) => {
    const backend = await useNative();
    const record = (n: number) => {
      const kept: tf.Tensor[] = [];
      const { replay } = backend.recordStep({}, 0, () => {
        kept.push(tf.tidy(() => term(n)));
        return { term: kept[0] as tf.Scalar };
      });
      tf.dispose(kept);
      return replay!;
    };
    const first = record(1);
    expect(record(1).differenceFrom(first)).toBeUndefined();
    expect(record(2).differenceFrom(first)).toBe(difference);
  });

  it('differs from the last recording where it works on another variable, and not where one has a new value', async () => {
    const backend = await useNative();
    const [a, b] = [variable(1), variable(2)];
    const record = (v: tf.Variable) => {
      const kept: tf.Scalar[] = [];
      const { replay } = backend.recordStep({}, 0, () => ({ term: (kept[0] = tf.neg(v) as tf.Scalar) }));
      tf.dispose(kept);
      return replay!;
    };
    const first = record(a);
    tf.tidy(() => a.assign(tf.scalar(7)));
    expect(record(a).differenceFrom(first)).toBeUndefined();
    expect(record(b).differenceFrom(first)).toBe('it works on other variables or tensors than before');
    tf.dispose([a, b]);
  });

  it('differs where a kernel reads another input, and where the terms change places', async () => {
    const backend = await useNative();
    const [x, y] = [tf.scalar(1), tf.scalar(2)];
    const record = (step: () => Record<string, tf.Tensor>) => {
      let kept: Record<string, tf.Tensor> = {};
      const { replay } = backend.recordStep({ x, y }, 0, () => (kept = step()) as Record<string, tf.Scalar>);
      tf.dispose(kept);
      return replay!;
    };
    const differs = (a: () => Record<string, tf.Tensor>, b: () => Record<string, tf.Tensor>) => {
      const first = record(a);
      return record(b).differenceFrom(first);
    };
    expect(
      differs(
        () => ({ term: tf.neg(x) }),
        () => ({ term: tf.neg(y) }),
      ),
    ).toBe('it runs other operations than before');
    const pair = (swapped: boolean) => () => {
      const [a, b] = [tf.neg(x), tf.exp(y)];
      return (swapped ? { one: b, two: a } : { one: a, two: b }) as Record<string, tf.Tensor>;
    };
    expect(differs(pair(false), pair(true))).toBe('its results are other terms');
    tf.dispose([x, y]);
  });

  it('writes to no array that a variable was made of, and keeps the numbers of an array that changes later', async () => {
    const backend = await useNative();
    const [weights, numbers] = [Float32Array.of(1, 2), Float32Array.of(10, 20)];
    const v = tf.tidy(() => tf.variable(tf.tensor1d(weights)));
    const velocity = tf.tidy(() => tf.variable(tf.zeros([2]), false));
    const hyper = tf.tensor1d([1, 0]);
    const { replay } = backend.recordStep({ hyper }, 0, () => {
      tf.tidy(() =>
        tf.engine().runKernel('UpdateSgd', { variable: v, gradient: tf.tensor1d(numbers), velocity, hyper }),
      );
      return {};
    });
    numbers.fill(NaN);
    // As a program may do that reads the weights of a file again.
    tf.tidy(() => v.assign(tf.tensor1d(weights)));
    replay!.run({ hyper: Float32Array.of(1, 0) }, 0);
    expect([...v.dataSync()]).toEqual([-9, -18]);
    expect([...weights]).toEqual([1, 2]);
    replay!.dispose();
    tf.dispose([v, velocity, hyper]);
  });

  it.each<[string, (given: tf.Tensor, variable: tf.Variable) => tf.Tensor]>([
    [
      'it disposes of a tensor that it did not make',
      (given) => {
        const term = tf.sum(given);
        given.dispose();
        kept.push(tf.keep(tf.scalar(1)));
        return term;
      },
    ],
    [
      'it disposes of a variable',
      (_given, variable) => {
        const term = tf.sum(variable);
        variable.dispose();
        kept.push(tf.keep(tf.scalar(1)));
        return term;
      },
    ],
    ['its result "term" is no float32 scalar', (given) => tf.sum(given).cast('int32')],
    ['its result "term" is no float32 scalar', (given) => tf.neg(given)],
  ])('is not to be had: %s', async (reason, step) => {
    const backend = await useNative();
    const given = tf.tensor1d([1, 2]);
    const v = tf.tidy(() => tf.variable(tf.ones([2])));
    const recorded = backend.recordStep({}, 0, () => {
      const term = tf.tidy(() => tf.keep(step(given, v)));
      kept.push(term);
      return { term: term as tf.Scalar };
    });
    expect(recorded.reason).toBe(reason);
    kept.splice(0).forEach((tensor) => tensor.dispose());
    for (const tensor of [given, v]) if (!tensor.isDisposed) tensor.dispose();
  });
  const kept: tf.Tensor[] = [];
});
