/** What sentences are made of in each language, and what customers write of in all of them: small words,
 * and those around orders, parcels, payments and accounts. A word that several of the languages have
 * stands in each of them: left out of one, it speaks for the others. What is the same in most of them
 * ("in", "a", "adidas", "online") is left out. Without its accents a word is known as well. */
export const language_words: Record<string, string> = {
  en: `the is are was were my your you have has had do does did not don't can't won't cant dont
    doesn't where what when how why who which it its it's this that these there and or but with
    without for from please want need could would should will been be am i i'm i've i'd they them
    their of to on at by if any still yet just no me we our can as an so more about much many
    long get got give buy send sent make take change cancel return pay paid see find know help
    order orders ordered parcel package delivery deliver shipping ship money back account
    password card broken wrong late missing arrive arrived use new first before after now today
    tomorrow here only into out up some hello hi thanks thank open close price cost items item
    invoice address lost forgot leaks works work possible in uber working number customer people
    person talk tell down again end ends charged twice app free old accept two year month day
    week every last next because then than`,
  de: `der die das dem den des ist sind war waren ich du sie wir ihr er mein meine meinen meiner
    meinem ihre ihren deine nicht kein keine keinen und oder aber mit ohne für von vom zu zum zur
    wo wann wie warum wieso wer welche welcher welches was es ein eine einen einem einer habe hat
    haben hab kann können könnte möchte will bitte noch schon wird wurde werden auf bei nach auch
    wenn so mich mir uns euch ihnen man am im ins an um über bis lange viel mehr geht gibt
    brauche bekomme bekommen kostet dauert bestellung bestellt bestellen lieferung liefern
    liefert versand paket sendung rechnung geld zurück zurückgeben konto passwort karte bezahlen
    zahlen kaputt falsch vergessen stornieren ändern kaufen gutschein rückgabe verfolgen heute
    morgen jetzt wieder hier nur möglich hallo danke guten pfanne topf tasse angekommen gekommen
    in funktioniert geht's nummer kundennummer mensch person sprechen sagen zweimal abgebucht
    verloren app frei akzeptiert jahr monat tag woche wegen dann als wechseln vertrag endet
    benötigt braucht termin ausgefallen grund einfach alle alles`,
  fr: `le la les est sont était je j' tu il elle on vous nous ils mon ma mes ton votre vos notre
    ne n' pas plus et ou mais avec sans pour par où quand comment combien pourquoi qui que qu'
    quel quelle quels quelles quoi ce c' cette ces un une de d' du des au aux en dans sur l' m'
    s' y ai as a avez avons peux peut pouvez puis veux voudrais voulez faut fait faire être avoir
    va merci encore toujours déjà rien ça cela s'il svp bonjour salut temps jours prend prendre
    livraison livrez livrer livré colis commande commander commandé remboursement rembourser
    argent adresse facture compte oublié mot passe carte payer acheter annuler changer renvoyer
    retour retourner suivre suivi reçu recevoir retard cassé cassée coûte prix délai horaires
    magasin cadeau délais produit article cadeaux me te se leur est-ce fuit tasse poêle marche
    fonctionne numéro client personne parler dire deux fois débité perdu perdue libre
    acceptez an mois jour semaine dernier prochain alors changement contrat finit fin besoin
    rendez-vous motif compris trouve chambre`,
  es: `el la los las un una unos de del al es está están son era soy yo tú usted mi mis su sus me
    te se nos lo le no y o pero con sin para por en que qué dónde cuándo cuánto cuánta cuántos
    cómo quién cuál como cuando donde porque este esta esto ese esa he ha han hay tengo tiene
    tienen tienes puedo puede pueden quiero quisiera quieren necesito hacer hago va todavía aún
    muy más ya si hola gracias favor hora hoy mañana ahora aquí envío envían enviar enviado
    pedido pedidos pedir paquete entrega plazo reembolso dinero dirección factura cuenta
    contraseña tarjeta tarjetas regalo pagar comprar cancelar cambiar devolver devuelvo
    devolución seguir recibido recibir llega llegar llegado tarde tarda rota roto cuesta precio
    tienda abren olvidado artículo producto agua pierde sartén taza comprado funciona número
    cliente persona hablar decir dos veces cobraron cobrado perdido perdida perdí aplicación
    libre aceptan aceptáis año mes día semana último próxima entonces cambio contrato termina
    hacen falta cita motivo entendido encuentro encontrar cierra sola sigue sirve les leer
    aparcamiento habitación algo alguien`,
  it: `il lo la i gli le l' un uno una un' di del dello della dell' dei degli delle al allo alla
    all' ai è sono era sei siete io tu lei mi ti si ci vi mio mia miei mie suo sua vostro non e
    ed o ma con senza per da dal dalla dove quando quanto quanta quanti come perché chi che cosa
    quale quali questo questa quello nel nella nell' sul sulla ho ha hai abbiamo avete hanno
    posso può possibile potete vorrei voglio volete serve bisogno fare va ancora molto più già se
    anche ciao buongiorno grazie favore ora oggi domani adesso qui tempo tempi vuole ordine
    ordini ordinare ordinato pacco consegna consegnate spedizione spedite spedire rimborso soldi
    indirizzo fattura password carta buono buoni regalo pagare comprare annullare cambiare
    restituire reso seguire ricevuto ricevere arriva arrivato ritardo rotto rotta costa prezzo
    negozio aperti aperto dimenticato articolo prodotto perde padella tazza in funziona numero
    cliente persona parlare dire due volte addebitato perso persa applicazione libera libero
    accettate anno mese giorno settimana ultimo prossimo allora cambio contratto scade
    appuntamento motivo capito trovo trovare blocca servono nulla qualcosa c'è camera`,
  pt: `o a os as um uma de do da dos das ao à às em no na nos nas é são está estão era sou eu
    você vocês ele ela me te se lhe meu minha meus minhas seu sua não e ou mas com sem para por
    pelo pela que quê onde quando quanto quanta quantos como porque quem qual este esta isto esse
    essa isso tenho tem têm posso pode podem podemos quero queria gostaria preciso fazer ir vai
    dá ainda muito mais já também olá oi obrigado obrigada favor horas hoje amanhã agora aqui
    tempo demora envio enviam enviar enviado pedido encomenda encomendas encomendar pacote
    entrega prazo reembolso dinheiro endereço fatura conta senha cartão presente pagar comprar
    cancelar mudar trocar devolver devolvo devolução rastrear recebi receber nada chega chegou
    chegar atrasada atrasado quebrada quebrado veio custa preço loja abrem esqueci artigo produto
    vaza frigideira caneca funciona número cliente pessoa falar dizer diga duas vezes cobraram
    cobrado perdi perdido aplicativo livre aceitam ano mês dia semana último próximo então
    mudança contrato acaba consulta motivo entendi encontro encontrar fecha sozinho precisos
    estacionamento quarto algo alguém`,
  nl: `de het een is zijn was ben ik je jij jullie u we wij mijn uw niet geen en of maar met
    zonder voor van naar waar wat wanneer hoe waarom wie welke dit dat deze die heb heeft hebben
    hebt had kan kun kunt kunnen wil wilt graag nog al wordt worden bij ook te om op aan in uit
    er als dan mag moet gaat krijg krijgen lang veel meer duurt kost bestelling bestellen besteld
    levering leveren levert levertijd verzending verzenden pakket factuur geld terug terugsturen
    rekening wachtwoord kaart betalen kapot verkeerd vergeten annuleren wijzigen ruilen kopen
    cadeaubon cadeaubonnen volgen vandaag morgen nu hier alleen mogelijk hallo dank bedankt laat
    open adres niets ontvangen gekregen nodig lekt pan mok ketel werkt nummer klantnummer mens
    persoon praten zeggen twee keer belast afgeschreven verloren kwijt app vrij jaar maand dag
    week laatste volgende verandering contract eindigt afspraak reden begrepen vind vinden kamer
    welkom loopt vast iets iemand doet`,
  pl: `jest są był była nie tak czy i lub ale z ze bez dla od do na w we po za o u gdzie kiedy
    jak ile dlaczego kto co jaki jaka jakie który która ten ta to te mój moja moje moją mojego
    mojej pan pani państwo ja mam ma mogę może można chcę chciałbym chciałabym proszę jeszcze już
    się mnie długo dzień dobry dziękuję trwa kosztuje zamówienie zamówienia zamówić przesyłka
    przesyłki paczka paczki paczkę dostawa dostawy dostawę wysyłka wysyłacie zwrot zwrócić
    pieniądze adres faktura fakturę konto hasło hasła karta kartą płacić zapłacić kupić anulować
    zmienić śledzić przyszła przyszło otrzymałem otrzymałam zepsuty zepsuta dzisiaj jutro teraz
    potrzebuję zapomniałem zapomniałam działa numer klienta człowiek człowiekiem rozmawiać
    porozmawiać powiedzieć dwa razy pobrano zgubiłem zgubiłam aplikacja aplikacji wolny wolna
    przyjmujecie rok miesiąc tydzień ostatni następny wtedy zmiana umowa umowy kończy wizyta
    powód rozumiem zrozumiałem znaleźć podać potrzebne więc coś ktoś tego`,
  tr: `bir bu şu ve veya ama ile için mi mı mu mü değil var yok ne nerede nereye nasıl neden
    niçin kim hangi kaç zaman kadar çok daha ben siz biz benim sizin bana beni lütfen istiyorum
    isterim edebilir miyim misiniz musunuz müsünüz mıyım olur oldu olarak hâlâ henüz hala merhaba
    teşekkürler sipariş siparişim siparişimi siparişi kargo kargom paket paketim teslimat teslim
    sürer gün iade para paramı adres adresimi fatura hesap hesabım şifre şifremi kart kartım
    ödeme ödeyebilir almak iptal etmek değiştirmek takip geldi gelmedi gelecek bozuk kırık
    unuttum bugün yarın şimdi ücreti gönderiyor gerekiyor çalışmıyor numara numarası insan
    insanla konuş konuşmak söylemek iki kere kez alındı kaybettim uygulama boş kabul yıl ay hafta
    son sonra değişiklik sözleşme bitiyor randevu anladım anlamadım bulamıyorum belgeler gerekli
    bunu burada böyle şey biri başka`,
  ru: `и в на не с со к по за из от до для у о об но или где когда как сколько почему кто что
    какой какая какие это этот эта мой моя моё мои мне меня я вы мы он она они ваш есть был была
    нет да ли же бы еще ещё уже можно могу можете хочу нужно нужен надо здравствуйте привет
    спасибо пожалуйста заказ заказа заказать посылка посылку доставка доставки доставку стоит
    деньги вернуть возврат адрес счёт счет аккаунт пароль карта картой оплатить купить отменить
    изменить отследить пришла пришел пришёл получил получила сломан сломалась сегодня завтра
    сейчас забыл забыла работает номер клиента человек человеком поговорить сказать два раза
    списали потерял потеряла приложение свободен год месяц день неделя последний потом изменение
    договор заканчивается запись причина понял найти этого нужны документы сменить укажите что-то
    кто-то чем всё`,
  uk: `і й в у на не з зі до по за із від для о про але або де коли як скільки чому хто що який
    яка які це цей ця мій моя моє мої мені мене я ви ми він вона вони ваш є був була немає так чи
    ж би ще вже можна можу можете хочу потрібно потрібен треба вітаю добрий дякую будь ласка
    замовлення замовити посилка посилку доставка доставки доставку коштує гроші повернути
    повернення адреса адресу рахунок акаунт пароль картка карткою оплатити купити скасувати
    змінити відстежити прийшла прийшов отримав отримала зламаний зламалася сьогодні завтра зараз
    забув забула працює номер клієнта людина людиною поговорити сказати два рази двічі списали
    загубив загубила застосунок вільний рік місяць день тиждень останній потім зміна договір
    закінчується запис причина зрозумів знайти цього потрібні документи вкажіть щось хтось чим
    все`,
};
