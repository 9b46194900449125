import { expect, test } from 'vitest';
import { graveIn } from './grave.ts';

test.each([
  'my stove exploded and I burned my hand',
  'The lamp caught fire',
  'I can smell gas!!',
  'my son got an electric shock from it',
  'she was badly burned',
  'we ended up in the hospital because of your pan',
  'I want to die',
  'Der Kocher ist explodiert',
  'Ich habe mir die Hand verbrannt',
  'Meine Tochter wurde verletzt',
  'Le réchaud a explosé',
  'je me suis brûlé la main',
  'La estufa explotó',
  'me quemé con la tetera',
  'o fogão pegou fogo',
  'Il fornello è esploso',
  'انفجر الموقد',
])('[W114] %j tells of harm', (text) => {
  expect(graveIn(text)).toBe('harm');
});

test.each([
  "I'm going to sue you",
  'You will hear from my lawyer',
  'I will take legal action',
  'Ich gehe damit zum Anwalt',
  'je vais porter plainte',
  'voy a llamar a mi abogado',
  'vou ao Procon, e ao meu advogado',
  'Ci vediamo in tribunale',
  'سأتصل بالمحامي',
])('[W114] %j goes to the law', (text) => {
  expect(graveIn(text)).toBe('law');
});

test.each([
  'Does the burner fire up in the wind?',
  'food burned in my pan',
  'how do I clean burnt food off iron',
  'Which gas does the stove take?',
  'Can the handle burn?',
  'the pan arrived broken and hurt my feelings',
  'Is the store near the police station?',
  'I ordered for Sue, is it sent?',
  'the lid broke',
  'Is the coating safe for people with allergies?',
  'Ist die Pfanne für Gas geeignet?',
  'Wo ist mein Paket?',
  'La poêle va-t-elle au feu ?',
  'Quiero devolver una sartén quemada',
  'متى يصل طلبي؟',
  '',
])('[W114] %j is an ordinary matter', (text) => {
  expect(graveIn(text)).toBeUndefined();
});

test('[W114] however long and strange a text is, it is read at once', () => {
  for (const text of ['burned my ', 'i was ', 'sue ', 'gas ', 'explo']) {
    expect(graveIn(text.repeat(2_000))).toBeUndefined();
  }
});
