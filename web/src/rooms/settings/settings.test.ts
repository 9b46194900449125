import { KeySubmission } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { ApiProblem } from '../../live/problem.ts';
import { agentWords } from './agent.ts';
import { withNextStep } from './refusal.ts';
import { expiries, expiryOf, known_scopes, presets, strayScopes } from './scope.ts';

test('[K22] a session is told by its program and where it runs', () => {
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/143.0 Safari/537.36';
  expect(agentWords(chrome)).toBe('Chrome on Linux');
  expect(agentWords(`${chrome} Edg/143.0`)).toBe('Edge on Linux');
  expect(
    agentWords('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1'),
  ).toBe('Safari on iPhone');
  expect(agentWords('curl/8.5.0')).toBe('curl');
  expect(agentWords('my-agent 1.0')).toBe('my-agent 1.0');
  expect(agentWords(null)).toBe('An unknown program');
});

test('[K22] whatever a key is made for here, the server takes', () => {
  expect(strayScopes(known_scopes)).toEqual([]);
  expect(strayScopes(['outputs.submit', 'everything', 'cases.*'])).toEqual(['everything']);
  const now = Date.parse('2026-01-01T00:00:00.000Z');
  for (const { name, scopes } of presets) {
    for (const { value } of expiries) {
      const own = name === 'own' ? ['outputs.submit'] : scopes;
      const made = KeySubmission.safeParse({
        name: 'x',
        scopes: own && [...own],
        expires_at: expiryOf(value, now),
      });
      expect(made.error?.issues, `${name} ${value}`).toBeUndefined();
    }
  }
  expect(expiryOf('30', now)).toBe('2026-01-31T00:00:00.000Z');
  expect(expiryOf('never', now)).toBeNull();
});

test('[K22] a refusal says what to do next, and stays itself', () => {
  const refused = new ApiProblem({ status: 409, code: 'last_admin', detail: 'One admin is kept.' });
  const said = withNextStep(refused) as ApiProblem;
  expect(said.code).toBe('last_admin');
  expect(said.detail).toContain('Make someone else an admin first');
  const other = new ApiProblem({ status: 404, code: 'not_found' });
  expect(withNextStep(other)).toBe(other);
});
