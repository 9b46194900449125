import { GateDefinition } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { sendCommand } from './send.ts';

const bodyOf = (command: string) =>
  JSON.parse((/-d '(.*)'$/s.exec(command)?.[1] ?? '').replaceAll("'\\''", "'")) as {
    action?: { name: string; arguments: object };
    content?: string;
  };

test('[K26] a gate that nothing came through shows how to send it what it guards', () => {
  const content = GateDefinition.parse({ policy: { mode: 'always' } });
  const plain = sendCommand('http://here', 'replies', content);
  expect(plain).toContain('http://here/api/v1/gates/replies/outputs');
  expect(bodyOf(plain).content).toBeTypeOf('string');
  const action = {
    name: "order's",
    arguments_schema: {
      type: 'object',
      required: ['order', 'amount', 'currency', 'lines', 'to'],
      properties: {
        order: { type: 'string' },
        amount: { type: 'number', minimum: 0.5 },
        currency: { enum: ['EUR', 'GBP'] },
        lines: { type: 'array' },
        to: { type: 'object', required: ['gift'], properties: { gift: { type: 'boolean' } } },
        note: { type: 'string' },
      },
    },
  };
  const guarded = GateDefinition.parse({ policy: { mode: 'always' }, action });
  expect(bodyOf(sendCommand('http://here', 'orders', guarded)).action).toEqual({
    name: "order's",
    arguments: { order: '…', amount: 1, currency: 'EUR', lines: [], to: { gift: true } },
  });
});
