/** What the widget itself says, by language. The bot's and people's words come as they are. */
const en = {
  open: 'Chat with us',
  close: 'Close the chat',
  title: 'Chat',
  write: 'Write a message',
  send: 'Send',
  ai: 'AI assistant',
  person: 'Person',
  approved: 'AI, approved by a person',
  you: 'You',
  ask: 'Talk to a person',
  asked: 'You asked for a person. You can go on writing meanwhile.',
  ahead_none: 'You are next.',
  ahead_one: 'One conversation is before yours.',
  ahead_many: '{n} conversations are before yours.',
  taken: '{name} is here now. You are talking to a person.',
  handed_back: 'You are talking to the AI assistant again.',
  nobody_came:
    'Nobody is free just now. The AI assistant is here; leave a message and we will come back to you.',
  paused:
    'The AI assistant is paused just now. A person has been asked for; you can go on writing.',
  still_waiting: 'You are still waiting for a person.',
  wait: 'People wait about {n} min here.',
  silent: 'The person who helped you is away. Another one has been asked for.',
  resolved: 'This conversation was closed. Write to open it again.',
  reopened: 'This conversation is open again.',
  offline: 'No connection. What you write is sent when it is back.',
  sending: 'Sending',
  failed: 'Not sent. Try again',
  more: 'Show earlier messages',
  source: 'Source',
};
export type Words = typeof en;

const de: Words = {
  open: 'Mit uns chatten',
  close: 'Chat schließen',
  title: 'Chat',
  write: 'Nachricht schreiben',
  send: 'Senden',
  ai: 'KI-Assistent',
  person: 'Mensch',
  approved: 'KI, von einem Menschen freigegeben',
  you: 'Sie',
  ask: 'Mit einem Menschen sprechen',
  asked: 'Sie haben um einen Menschen gebeten. Sie können inzwischen weiterschreiben.',
  ahead_none: 'Sie sind als Nächstes dran.',
  ahead_one: 'Ein Gespräch ist vor Ihrem.',
  ahead_many: '{n} Gespräche sind vor Ihrem.',
  taken: '{name} ist jetzt da. Sie sprechen mit einem Menschen.',
  handed_back: 'Sie sprechen wieder mit dem KI-Assistenten.',
  nobody_came:
    'Gerade ist niemand frei. Der KI-Assistent ist da; schreiben Sie uns, wir melden uns.',
  paused:
    'Der KI-Assistent macht gerade Pause. Ein Mensch wurde gerufen; Sie können weiterschreiben.',
  still_waiting: 'Sie warten weiterhin auf einen Menschen.',
  wait: 'Die Wartezeit liegt bei etwa {n} min.',
  silent: 'Wer Ihnen half, ist gerade nicht da. Ein anderer Mensch wurde gerufen.',
  resolved: 'Dieses Gespräch wurde beendet. Schreiben Sie, um es wieder zu öffnen.',
  reopened: 'Dieses Gespräch ist wieder offen.',
  offline: 'Keine Verbindung. Was Sie schreiben, wird gesendet, sobald sie wieder da ist.',
  sending: 'Wird gesendet',
  failed: 'Nicht gesendet. Noch einmal',
  more: 'Frühere Nachrichten zeigen',
  source: 'Quelle',
};

const fr: Words = {
  open: 'Discuter avec nous',
  close: 'Fermer la discussion',
  title: 'Discussion',
  write: 'Écrire un message',
  send: 'Envoyer',
  ai: 'Assistant IA',
  person: 'Personne',
  approved: 'IA, approuvé par une personne',
  you: 'Vous',
  ask: 'Parler à une personne',
  asked: 'Vous avez demandé une personne. Vous pouvez continuer à écrire.',
  ahead_none: 'C’est bientôt à vous.',
  ahead_one: 'Une conversation passe avant la vôtre.',
  ahead_many: '{n} conversations passent avant la vôtre.',
  taken: '{name} est là. Vous parlez à une personne.',
  handed_back: 'Vous parlez de nouveau à l’assistant IA.',
  nobody_came:
    'Personne n’est libre pour l’instant. L’assistant IA est là ; laissez un message, nous reviendrons vers vous.',
  paused:
    'L’assistant IA est en pause. Une personne a été appelée ; vous pouvez continuer à écrire.',
  still_waiting: 'Vous attendez toujours une personne.',
  wait: 'L’attente est d’environ {n} min.',
  silent: 'La personne qui vous aidait est absente. Une autre a été appelée.',
  resolved: 'Cette conversation a été close. Écrivez pour la rouvrir.',
  reopened: 'Cette conversation est rouverte.',
  offline: 'Pas de connexion. Vos messages partiront dès son retour.',
  sending: 'Envoi',
  failed: 'Non envoyé. Réessayer',
  more: 'Messages précédents',
  source: 'Source',
};

const es: Words = {
  open: 'Chatea con nosotros',
  close: 'Cerrar el chat',
  title: 'Chat',
  write: 'Escribe un mensaje',
  send: 'Enviar',
  ai: 'Asistente de IA',
  person: 'Persona',
  approved: 'IA, aprobado por una persona',
  you: 'Tú',
  ask: 'Hablar con una persona',
  asked: 'Has pedido hablar con una persona. Puedes seguir escribiendo.',
  ahead_none: 'Eres el siguiente.',
  ahead_one: 'Hay una conversación antes que la tuya.',
  ahead_many: 'Hay {n} conversaciones antes que la tuya.',
  taken: '{name} está aquí. Hablas con una persona.',
  handed_back: 'Hablas de nuevo con el asistente de IA.',
  nobody_came:
    'Ahora no hay nadie libre. El asistente de IA sigue aquí; deja un mensaje y te responderemos.',
  paused:
    'El asistente de IA está en pausa. Hemos avisado a una persona; puedes seguir escribiendo.',
  still_waiting: 'Sigues esperando a una persona.',
  wait: 'La espera es de unos {n} min.',
  silent: 'Quien te atendía no está. Hemos avisado a otra persona.',
  resolved: 'Esta conversación se cerró. Escribe para abrirla de nuevo.',
  reopened: 'Esta conversación está abierta de nuevo.',
  offline: 'Sin conexión. Lo que escribas se enviará cuando vuelva.',
  sending: 'Enviando',
  failed: 'No enviado. Reintentar',
  more: 'Mensajes anteriores',
  source: 'Fuente',
};

const pt: Words = {
  open: 'Fale connosco',
  close: 'Fechar a conversa',
  title: 'Conversa',
  write: 'Escreva uma mensagem',
  send: 'Enviar',
  ai: 'Assistente de IA',
  person: 'Pessoa',
  approved: 'IA, aprovado por uma pessoa',
  you: 'Você',
  ask: 'Falar com uma pessoa',
  asked: 'Pediu para falar com uma pessoa. Pode continuar a escrever.',
  ahead_none: 'É o próximo.',
  ahead_one: 'Há uma conversa antes da sua.',
  ahead_many: 'Há {n} conversas antes da sua.',
  taken: '{name} está aqui. Está a falar com uma pessoa.',
  handed_back: 'Está de novo a falar com o assistente de IA.',
  nobody_came:
    'Ninguém está livre agora. O assistente de IA está aqui; deixe uma mensagem e responderemos.',
  paused: 'O assistente de IA está em pausa. Chamámos uma pessoa; pode continuar a escrever.',
  still_waiting: 'Continua à espera de uma pessoa.',
  wait: 'A espera é de cerca de {n} min.',
  silent: 'Quem o atendia não está. Chamámos outra pessoa.',
  resolved: 'Esta conversa foi encerrada. Escreva para a reabrir.',
  reopened: 'Esta conversa está aberta de novo.',
  offline: 'Sem ligação. O que escrever será enviado quando voltar.',
  sending: 'A enviar',
  failed: 'Não enviado. Tentar de novo',
  more: 'Mensagens anteriores',
  source: 'Fonte',
};

const ar: Words = {
  open: 'تحدث معنا',
  close: 'أغلق المحادثة',
  title: 'محادثة',
  write: 'اكتب رسالة',
  send: 'إرسال',
  ai: 'مساعد ذكاء اصطناعي',
  person: 'شخص',
  approved: 'ذكاء اصطناعي، وافق عليه شخص',
  you: 'أنت',
  ask: 'تحدث إلى شخص',
  asked: 'لقد طلبت التحدث إلى شخص. يمكنك متابعة الكتابة.',
  ahead_none: 'أنت التالي.',
  ahead_one: 'هناك محادثة واحدة قبلك.',
  ahead_many: 'هناك {n} محادثات قبلك.',
  taken: '{name} هنا الآن. أنت تتحدث إلى شخص.',
  handed_back: 'أنت تتحدث إلى المساعد الآلي من جديد.',
  nobody_came: 'لا أحد متاح الآن. المساعد الآلي هنا؛ اترك رسالة وسنعود إليك.',
  paused: 'المساعد الآلي متوقف الآن. طلبنا شخصًا، ويمكنك متابعة الكتابة.',
  still_waiting: 'ما زلت تنتظر شخصًا.',
  wait: 'مدة الانتظار نحو {n} دقيقة.',
  silent: 'الشخص الذي كان يساعدك غير متاح. طلبنا شخصًا آخر.',
  resolved: 'أُغلقت هذه المحادثة. اكتب لفتحها من جديد.',
  reopened: 'هذه المحادثة مفتوحة من جديد.',
  offline: 'لا يوجد اتصال. سيُرسل ما تكتبه عند عودته.',
  sending: 'جارٍ الإرسال',
  failed: 'لم تُرسل. حاول مجدداً',
  more: 'رسائل أقدم',
  source: 'المصدر',
};

const all: Record<string, Words> = { en, de, fr, es, pt, ar };

/** The words for a language tag ("pt-BR"), English where there are none. */
export function wordsFor(language: string): {
  words: Words;
  direction: 'ltr' | 'rtl';
  tag: string;
} {
  const tag = language.toLowerCase().split('-')[0] ?? 'en';
  const words = all[tag];
  return { words: words ?? en, direction: tag === 'ar' ? 'rtl' : 'ltr', tag: words ? tag : 'en' };
}
