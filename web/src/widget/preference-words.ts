/** What the widget says when it asks which of two answers is better, by language. */
const en = {
  prefer: 'Which of these two answers is better?',
  prefer_answer: 'Answer {n}',
  prefer_this: 'This one is better',
  prefer_or: 'Or just write on.',
};
export type PreferenceWords = typeof en;

const de: PreferenceWords = {
  prefer: 'Welche dieser beiden Antworten ist besser?',
  prefer_answer: 'Antwort {n}',
  prefer_this: 'Diese ist besser',
  prefer_or: 'Oder schreiben Sie einfach weiter.',
};

const fr: PreferenceWords = {
  prefer: 'Laquelle de ces deux réponses est la meilleure ?',
  prefer_answer: 'Réponse {n}',
  prefer_this: 'Celle-ci est meilleure',
  prefer_or: 'Ou continuez simplement à écrire.',
};

const es: PreferenceWords = {
  prefer: '¿Cuál de estas dos respuestas es mejor?',
  prefer_answer: 'Respuesta {n}',
  prefer_this: 'Esta es mejor',
  prefer_or: 'O sigue escribiendo sin más.',
};

const pt: PreferenceWords = {
  prefer: 'Qual destas duas respostas é melhor?',
  prefer_answer: 'Resposta {n}',
  prefer_this: 'Esta é melhor',
  prefer_or: 'Ou continue simplesmente a escrever.',
};

const ar: PreferenceWords = {
  prefer: 'أي هاتين الإجابتين أفضل؟',
  prefer_answer: 'الإجابة {n}',
  prefer_this: 'هذه أفضل',
  prefer_or: 'أو تابع الكتابة ببساطة.',
};

export const preference = { en, de, fr, es, pt, ar };
