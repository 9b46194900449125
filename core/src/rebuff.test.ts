import { expect, test } from 'vitest';
import { besideRebuff } from './rebuff.ts';

test.each([
  'that did not help',
  'That didn’t help.',
  'this does not help me at all',
  'not helpful',
  'No, that is not what I asked',
  "that's not what i meant",
  'Not what I asked for!',
  'wrong answer',
  'You did not answer my question',
  'Sorry, that did not help. Thanks',
  'Das hat nicht geholfen',
  'Das hilft mir leider nicht weiter',
  'Das ist nicht, was ich gefragt habe',
  'Falsche Antwort',
  'Ça ne m’aide pas',
  'Ce n’est pas ce que j’ai demandé',
  'Mauvaise réponse',
  'Eso no me ayuda',
  'No es lo que pregunté',
  'Respuesta incorrecta',
  'Isso não ajudou',
  'Não foi isso o que perguntei',
  'Resposta errada',
  'Questo non mi aiuta',
  'Non è quello che ho chiesto',
  'Risposta sbagliata',
  'هذا لا يساعدني',
  'ليس هذا ما سألت عنه',
  'إجابة خاطئة',
])('[W85] %j says that the answer was none', (text) => {
  expect(besideRebuff(text)).toBe('');
});

test.each([
  ['That did not help. Where is my order 4471?', 'Where is my order 4471?'],
  ['No, not what I asked, how much is delivery?', 'how much is delivery?'],
  ['Das hat nicht geholfen. Was kostet der Versand?', 'Was kostet der Versand?'],
])('[W85] beside the rebuff, %j asks %j', (text, rest) => {
  expect(besideRebuff(text)).toBe(rest);
});

test.each([
  'My lamp does not work',
  'It does not light',
  'that helped',
  'Did that help?',
  'I need help',
  'what I asked was the price',
  'The courier did not help me carry it',
  'Das Kabel ist nicht lang genug',
  'Is this the wrong answer sheet?',
  '',
  'help '.repeat(2_000),
  'no '.repeat(3_000),
])('[W85] %j says nothing of the answer', (text) => {
  expect(besideRebuff(text)).toBeUndefined();
});
