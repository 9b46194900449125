/** What the widget itself says of the questions before a chat, by language. What a builder asks comes in
 *  the builder's words; names that are asked everywhere have words here. */
const en = {
  first: 'Before we begin',
  first_name: 'Name',
  first_email: 'E-mail',
  first_phone: 'Telephone',
  first_topic: 'What is it about?',
  first_optional: 'optional',
  first_choose: 'Please choose',
  first_start: 'Start the chat',
  first_skip: 'Skip',
  first_needed: 'An answer is needed here.',
  first_wrong_email: 'This is not an e-mail address.',
  first_wrong: 'This was not taken. Please change it.',
};
export type PreChatWords = typeof en;

const de: PreChatWords = {
  first: 'Bevor wir beginnen',
  first_name: 'Name',
  first_email: 'E-Mail',
  first_phone: 'Telefon',
  first_topic: 'Worum geht es?',
  first_optional: 'freiwillig',
  first_choose: 'Bitte wählen',
  first_start: 'Chat beginnen',
  first_skip: 'Überspringen',
  first_needed: 'Hier wird eine Antwort gebraucht.',
  first_wrong_email: 'Das ist keine E-Mail-Adresse.',
  first_wrong: 'Das wurde nicht angenommen. Bitte ändern Sie es.',
};

const fr: PreChatWords = {
  first: 'Avant de commencer',
  first_name: 'Nom',
  first_email: 'E-mail',
  first_phone: 'Téléphone',
  first_topic: 'De quoi s’agit-il ?',
  first_optional: 'facultatif',
  first_choose: 'Veuillez choisir',
  first_start: 'Commencer',
  first_skip: 'Passer',
  first_needed: 'Une réponse est nécessaire ici.',
  first_wrong_email: 'Ce n’est pas une adresse e-mail.',
  first_wrong: 'Cela n’a pas été accepté. Veuillez le modifier.',
};

const es: PreChatWords = {
  first: 'Antes de empezar',
  first_name: 'Nombre',
  first_email: 'Correo',
  first_phone: 'Teléfono',
  first_topic: '¿De qué se trata?',
  first_optional: 'opcional',
  first_choose: 'Elige una opción',
  first_start: 'Empezar el chat',
  first_skip: 'Omitir',
  first_needed: 'Aquí hace falta una respuesta.',
  first_wrong_email: 'Esto no es un correo electrónico.',
  first_wrong: 'No se aceptó. Cámbialo, por favor.',
};

const pt: PreChatWords = {
  first: 'Antes de começar',
  first_name: 'Nome',
  first_email: 'E-mail',
  first_phone: 'Telefone',
  first_topic: 'De que se trata?',
  first_optional: 'opcional',
  first_choose: 'Escolha uma opção',
  first_start: 'Iniciar a conversa',
  first_skip: 'Saltar',
  first_needed: 'É preciso uma resposta aqui.',
  first_wrong_email: 'Isto não é um endereço de e-mail.',
  first_wrong: 'Não foi aceite. Altere, por favor.',
};

const ar: PreChatWords = {
  first: 'قبل أن نبدأ',
  first_name: 'الاسم',
  first_email: 'البريد الإلكتروني',
  first_phone: 'الهاتف',
  first_topic: 'ما الموضوع؟',
  first_optional: 'اختياري',
  first_choose: 'اختر من فضلك',
  first_start: 'ابدأ المحادثة',
  first_skip: 'تخطَّ',
  first_needed: 'نحتاج إلى إجابة هنا.',
  first_wrong_email: 'هذا ليس عنوان بريد إلكتروني.',
  first_wrong: 'لم يُقبل ذلك. يُرجى تغييره.',
};

export const pre_chat = { en, de, fr, es, pt, ar };
