import { spawnSync } from 'node:child_process';

import { beforeAll, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { observationOf, randomStream, type ObservationOptions } from '../../src/index.js';

// Every likelihood and its gradients beside torch.distributions and torch.nn.functional, in double precision. Debian has
// PyTorch as python3-torch; without it the test is skipped, which is said.
const script = `
import json, sys, torch
from torch.distributions import Bernoulli, Normal, StudentT
from torch.nn.functional import cross_entropy, softplus
given = json.load(sys.stdin)
made = []
for case in given:
    t = lambda values: torch.tensor(values, dtype=torch.float64)
    last = t(case['last']).requires_grad_()
    x = t(case['x'])
    p = {name: t(value).requires_grad_() for name, value in case['parameters'].items()}
    low = torch.log(t(1e-6))
    variance = p['logVariance'].exp() if 'logVariance' in p else (softplus(p['logVariances'] - low) + low).exp() if 'logVariances' in p else t(1.)
    kind = case['likelihood']
    if kind == 'bernoulli':
        nll = -(x * torch.nn.functional.logsigmoid(last) + (1 - x) * torch.nn.functional.logsigmoid(-last))
    elif kind == 'gaussian':
        nll = -Normal(last, variance.sqrt()).log_prob(x)
    elif kind == 'student-t':
        degrees = 1 + 100 * p['degreesLogit'].sigmoid() if 'degreesLogit' in p else t(case['degrees'])
        nll = -StudentT(degrees, last, variance.sqrt()).log_prob(x)
    else:
        nll = (last - x) ** 2
    total = 0
    categories = case['categories']
    for i, of in enumerate(categories):
        if of == 0: total = total + nll[:, i].sum()
    for of in set(categories) - {0}:
        places = [i for i, each in enumerate(categories) if each == of]
        total = total + cross_entropy(last[:, places], x[:, places].argmax(1), reduction='sum')
    total.backward()
    made.append({'nll': total.item(), 'last': last.grad.tolist(), 'parameters': {name: each.grad.tolist() for name, each in p.items()}})
json.dump(made, sys.stdout)
`;

const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import torch']).status === 0,
);

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

const ROWS = 6;
const kinds: Omit<ObservationOptions, 'shape'>[] = [
  { likelihood: 'squared-error', output: 'linear' },
  { likelihood: 'bernoulli' },
  { likelihood: 'gaussian', variance: 'fixed' },
  { likelihood: 'gaussian' },
  { likelihood: 'gaussian', variance: 'each' },
  { likelihood: 'student-t' },
  { likelihood: 'student-t', variance: 'each', degreesOfFreedom: 2.5 },
  { likelihood: 'student-t', variance: 'fixed', degreesOfFreedom: 0.7 },
];
const columns = [0, 1, 1, 1, 0, 2, 2];
const options = kinds.flatMap((kind) =>
  [columns.map(() => 0), ...(kind.likelihood === 'bernoulli' ? [] : [columns])].map((categories) => ({
    ...kind,
    categories,
  })),
);

(python ? test : test.skip)(
  `every likelihood and its gradients are PyTorch's${python ? '' : ' (skipped: no python3 with torch)'}`,
  () => {
    const random = randomStream(3);
    const cases = options.map((each) => {
      const observation = observationOf({ ...each, shape: [columns.length] });
      for (const variable of Object.values(observation.parameters))
        tf.tidy(() => variable.assign(random.normal(variable.shape)));
      const last = tf.variable(tf.mul(random.normal([ROWS, columns.length]), 3));
      const x = tf.tidy(() =>
        rowsFor(each.likelihood, each.categories, random.normal([ROWS, columns.length])),
      );
      return { each, observation, last, x };
    });
    const { stdout, status, stderr } = spawnSync(python!, ['-c', script], {
      encoding: 'utf8',
      input: JSON.stringify(
        cases.map(({ each, observation, last, x }) => ({
          ...each,
          degrees: each.degreesOfFreedom,
          ...{ last: last.arraySync(), x: x.arraySync() },
          parameters: mapped(observation.parameters, (variable) => variable.arraySync()),
        })),
      ),
    });
    expect([stderr, status]).toEqual([expect.anything(), 0]);
    const expected = JSON.parse(stdout) as {
      nll: number;
      last: number[][];
      parameters: Record<string, unknown>;
    }[];
    cases.forEach(({ each, observation, last, x }, i) => {
      const trained = [last, ...Object.values(observation.parameters)];
      const { value, grads } = tf.variableGrads(() => tf.sum(observation.valueNll(last, x)), trained);
      const ours = [value, ...trained.map(({ name }) => grads[name]!)].flatMap((of) => [...of.dataSync()]);
      const names = Object.keys(observation.parameters);
      const theirs = [
        expected[i]!.nll,
        expected[i]!.last,
        names.map((name) => expected[i]!.parameters[name]),
      ].flat(3) as number[];
      expect(ours).toHaveLength(theirs.length);
      ours.forEach((number, at) =>
        expect([each, at, Math.abs(number - theirs[at]!) < 2e-4 * (1 + Math.abs(theirs[at]!))]).toEqual([
          each,
          at,
          true,
        ]),
      );
      tf.dispose([value, grads, trained, x] as never);
    });
  },
);

/** Numbers that the likelihood is for, and one place of every category. */
function rowsFor(likelihood: string, categories: readonly number[], noise: tf.Tensor): tf.Tensor {
  const rows = (likelihood === 'bernoulli' ? tf.sigmoid(noise) : noise).arraySync() as number[][];
  return tf.tensor2d(
    rows.map((row) =>
      row.map((value, column) => {
        const of = categories[column]!;
        const others = row.filter((_, at) => categories[at] === of);
        return of === 0 ? value : +(value === Math.max(...others));
      }),
    ),
  );
}

const mapped = <T, U>(record: Record<string, T>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
