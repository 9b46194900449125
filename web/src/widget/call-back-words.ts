/** What is said of being called back, by language. */
const en = {
  call_back_offered: 'Nobody has come yet. You need not wait: leave where we can reach you.',
  call_back_asked: 'Thank you. We will get back to you; you can go on writing here.',
  call_back: 'Be called back',
  call_back_phone: 'Telephone',
  call_back_email: 'E-mail',
  call_back_time: 'When it suits you (optional)',
  call_back_leave: 'Leave it',
  call_back_need: 'A telephone number or an e-mail address is needed.',
  call_back_failed: 'It was not taken. Look at the number and the address, and try again.',
};
export type CallBackWords = typeof en;

const de: CallBackWords = {
  call_back_offered:
    'Noch ist niemand gekommen. Sie müssen nicht warten: Sagen Sie uns, wie wir Sie erreichen.',
  call_back_asked: 'Danke. Wir melden uns; Sie können hier weiterschreiben.',
  call_back: 'Zurückgerufen werden',
  call_back_phone: 'Telefon',
  call_back_email: 'E-Mail',
  call_back_time: 'Wann es Ihnen passt (freiwillig)',
  call_back_leave: 'Hinterlassen',
  call_back_need: 'Eine Telefonnummer oder eine E-Mail-Adresse wird gebraucht.',
  call_back_failed:
    'Das ging nicht. Prüfen Sie Nummer und Adresse und versuchen Sie es noch einmal.',
};

const fr: CallBackWords = {
  call_back_offered: 'Personne n’est encore venu. Inutile d’attendre : dites-nous où vous joindre.',
  call_back_asked: 'Merci. Nous vous recontacterons ; vous pouvez continuer à écrire ici.',
  call_back: 'Être rappelé',
  call_back_phone: 'Téléphone',
  call_back_email: 'E-mail',
  call_back_time: 'Quand cela vous convient (facultatif)',
  call_back_leave: 'Laisser',
  call_back_need: 'Il faut un numéro de téléphone ou une adresse e-mail.',
  call_back_failed: 'Cela n’a pas marché. Vérifiez le numéro et l’adresse, puis réessayez.',
};

const es: CallBackWords = {
  call_back_offered: 'Aún no ha venido nadie. No hace falta esperar: dinos dónde localizarte.',
  call_back_asked: 'Gracias. Te contactaremos; puedes seguir escribiendo aquí.',
  call_back: 'Que me llamen',
  call_back_phone: 'Teléfono',
  call_back_email: 'Correo',
  call_back_time: 'Cuándo te viene bien (opcional)',
  call_back_leave: 'Dejarlo',
  call_back_need: 'Hace falta un teléfono o un correo.',
  call_back_failed: 'No se pudo. Revisa el teléfono y el correo e inténtalo de nuevo.',
};

const pt: CallBackWords = {
  call_back_offered: 'Ainda ninguém veio. Não precisa de esperar: diga-nos como o contactar.',
  call_back_asked: 'Obrigado. Entraremos em contacto; pode continuar a escrever aqui.',
  call_back: 'Ser contactado',
  call_back_phone: 'Telefone',
  call_back_email: 'E-mail',
  call_back_time: 'Quando lhe convém (opcional)',
  call_back_leave: 'Deixar',
  call_back_need: 'É preciso um telefone ou um e-mail.',
  call_back_failed: 'Não foi aceite. Verifique o número e o endereço e tente de novo.',
};

const ar: CallBackWords = {
  call_back_offered: 'لم يأتِ أحد بعد. لا داعي للانتظار: اترك لنا وسيلة للتواصل معك.',
  call_back_asked: 'شكرًا. سنتواصل معك، ويمكنك متابعة الكتابة هنا.',
  call_back: 'اطلب معاودة الاتصال',
  call_back_phone: 'الهاتف',
  call_back_email: 'البريد الإلكتروني',
  call_back_time: 'الوقت المناسب لك (اختياري)',
  call_back_leave: 'إرسال',
  call_back_need: 'نحتاج إلى رقم هاتف أو بريد إلكتروني.',
  call_back_failed: 'لم يُقبل ذلك. راجع الرقم والعنوان وحاول مجددًا.',
};

export const call_back = { en, de, fr, es, pt, ar };
