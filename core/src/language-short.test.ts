import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

/** Short questions as people type them, many without their accents. Of the languages known by words, the
 *  first seven have twenty that the words were written beside and twelve that they were not; the other
 *  four have twelve. */
const questions: Record<string, string> = {
  en: `where is my order
    how long does delivery take to france
    i want a refund
    do you ship to norway
    what is your phone number
    my parcel is late
    how do i return this
    can i change my address
    is the pan dishwasher safe
    when are you open
    cancel my order please
    my card was charged twice
    the kettle leaks
    do you have gift cards
    how much is shipping
    i need an invoice
    my mug is broken
    forgot my password
    track my parcel
    return policy
    my internet is down again
    why was i billed for last month
    which documents do i need
    book an appointment for my son
    the app crashes on start
    upgrade my plan
    is there parking near you
    can two people share a ticket
    when does my contract end
    lost my sim card
    speak up please
    do you take insurance`,
  de: `wo ist meine bestellung
    wie lange dauert die lieferung nach frankreich
    ich will mein geld zurück
    liefern sie nach norwegen
    was kostet der versand
    mein paket ist zu spät
    wie kann ich das zurückschicken
    kann ich meine adresse ändern
    ist die pfanne spülmaschinenfest
    wann haben sie geöffnet
    bitte stornieren sie meine bestellung
    die pfanne rostet
    haben sie gutscheine
    ich brauche eine rechnung
    meine tasse ist kaputt
    passwort vergessen
    paket verfolgen
    rückgabe möglich?
    kann man bei euch mit paypal zahlen
    bestellung noch nicht angekommen
    mein internet geht schon wieder nicht
    warum wurde mir der letzte monat berechnet
    welche unterlagen werden benötigt
    termin für meinen sohn
    die app stürzt ab
    tarif wechseln
    gibt es parkplätze
    wann endet mein vertrag
    sim karte verloren
    nehmt ihr auch hunde auf
    kundennummer finde ich nicht
    ist das zimmer noch frei`,
  fr: `combien de temps prend la livraison en France ?
    ou est ma commande
    je veux un remboursement
    livrez vous en norvege
    combien coute la livraison
    mon colis est en retard
    comment renvoyer un article
    je voudrais changer mon adresse
    est-ce que la poele va au lave-vaisselle
    quels sont vos horaires
    annuler ma commande svp
    la bouilloire fuit
    avez-vous des cartes cadeaux
    il me faut une facture
    ma tasse est cassee
    mot de passe oublie
    suivre mon colis
    quel est le delai de livraison
    je peux payer avec paypal
    bonjour, je n'ai rien recu
    mon internet ne marche plus
    pourquoi ai-je ete facture deux fois
    quels documents faut il
    prendre rendez vous pour mon fils
    l application plante
    changer de forfait
    y a t il un parking
    quand finit mon contrat
    j ai perdu ma carte sim
    acceptez vous les chiens
    je trouve pas mon numero client
    la chambre est libre ?`,
  es: `donde esta mi pedido
    cuanto tarda el envio a francia
    quiero un reembolso
    envian a noruega
    cuanto cuesta el envio
    mi paquete llega tarde
    como devuelvo un articulo
    puedo cambiar la direccion
    la sarten va al lavavajillas
    a que hora abren
    cancelar mi pedido por favor
    la tetera pierde agua
    tienen tarjetas regalo
    necesito una factura
    mi taza esta rota
    he olvidado la contraseña
    seguir mi paquete
    se puede pagar con paypal
    hola, no he recibido nada
    cual es el plazo de entrega
    no me funciona internet
    por que me cobraron dos veces
    que documentos hacen falta
    cita para mi hijo
    la aplicacion se cierra sola
    cambiar de tarifa
    hay aparcamiento
    cuando termina mi contrato
    perdi la tarjeta sim
    aceptan perros
    no encuentro mi numero de cliente
    sigue libre la habitacion`,
  it: `dove e il mio ordine
    quanto tempo ci vuole per la consegna in francia
    voglio un rimborso
    spedite in norvegia
    quanto costa la spedizione
    il mio pacco e in ritardo
    come posso restituire un articolo
    posso cambiare indirizzo
    la padella va in lavastoviglie
    quando siete aperti
    annullare il mio ordine
    il bollitore perde
    avete buoni regalo
    mi serve una fattura
    la mia tazza e rotta
    ho dimenticato la password
    seguire il pacco
    si puo pagare con paypal
    buongiorno, non ho ricevuto nulla
    quali sono i tempi di consegna
    internet non funziona
    perche mi avete addebitato due volte
    quali documenti servono
    appuntamento per mio figlio
    l app si blocca
    cambiare tariffa
    c e un parcheggio
    quando scade il contratto
    ho perso la sim
    accettate cani
    non trovo il numero cliente
    la camera e ancora libera`,
  pt: `onde esta o meu pedido
    quanto tempo demora a entrega em franca
    quero um reembolso
    enviam para a noruega
    quanto custa o envio
    a minha encomenda esta atrasada
    como devolvo um artigo
    posso mudar o endereço
    a frigideira pode ir na lava-louças
    a que horas abrem
    cancelar o meu pedido
    a chaleira vaza
    vocês têm cartão presente
    preciso de uma fatura
    minha caneca veio quebrada
    esqueci a senha
    rastrear o meu pacote
    da para pagar com paypal
    ola, nao recebi nada
    qual e o prazo de entrega
    a internet nao funciona
    porque me cobraram duas vezes
    que documentos sao precisos
    consulta para o meu filho
    o aplicativo fecha sozinho
    mudar de plano
    tem estacionamento
    quando acaba o meu contrato
    perdi o cartao sim
    aceitam caes
    nao encontro o numero de cliente
    o quarto ainda esta livre`,
  nl: `waar is mijn bestelling
    hoe lang duurt de levering naar frankrijk
    ik wil mijn geld terug
    leveren jullie in noorwegen
    wat kost de verzending
    mijn pakket is te laat
    hoe kan ik dit terugsturen
    kan ik mijn adres wijzigen
    mag de pan in de vaatwasser
    wanneer zijn jullie open
    bestelling annuleren graag
    de ketel lekt
    hebben jullie cadeaubonnen
    ik heb een factuur nodig
    mijn mok is kapot
    wachtwoord vergeten
    pakket volgen
    kan ik met paypal betalen
    hallo, ik heb niets ontvangen
    wat is de levertijd
    mijn internet doet het niet
    waarom ben ik twee keer belast
    welke documenten zijn nodig
    afspraak voor mijn zoon
    de app loopt vast
    abonnement wijzigen
    is er parkeren
    wanneer eindigt mijn contract
    simkaart kwijt
    zijn honden welkom
    ik vind mijn klantnummer niet
    is de kamer nog vrij`,
  pl: `internet nie dziala
    dlaczego pobrano oplate dwa razy
    jakie dokumenty sa potrzebne
    wizyta dla mojego syna
    aplikacja sie zawiesza
    zmiana taryfy
    czy jest parking
    kiedy konczy sie moja umowa
    zgubilem karte sim
    czy przyjmujecie psy
    nie moge znalezc numeru klienta
    czy pokoj jest wolny`,
  tr: `internetim calismiyor
    neden iki kere para alindi
    hangi belgeler gerekli
    oglum icin randevu
    uygulama kapaniyor
    tarifemi degistirmek istiyorum
    otopark var mi
    sozlesmem ne zaman bitiyor
    sim kartimi kaybettim
    kopek kabul ediyor musunuz
    musteri numarami bulamiyorum
    oda hala bos mu`,
  ru: `интернет не работает
    почему списали деньги два раза
    какие документы нужны
    запись к врачу для сына
    приложение вылетает
    сменить тариф
    есть ли парковка
    когда заканчивается мой договор
    потерял сим карту
    можно с собакой
    не могу найти номер клиента
    номер ещё свободен`,
  uk: `інтернет не працює
    чому списали гроші двічі
    які документи потрібні
    запис до лікаря для сина
    застосунок вилітає
    змінити тариф
    чи є парковка
    коли закінчується мій договір
    загубив сім карту
    чи можна з собакою
    не можу знайти номер клієнта
    номер ще вільний`,
};

test('[W107] of short questions most are told, and none wrongly', () => {
  const told = Object.entries(questions).map(([language, lines]) => {
    const texts = lines.split('\n').map((one) => one.trim());
    const heard = texts.map((text) => languageOf(text));
    const wrong = texts.filter((_text, at) => heard[at] !== null && heard[at] !== language);
    expect.soft(wrong, language).toEqual([]);
    const right = heard.filter((one) => one === language).length;
    expect.soft(right / texts.length, language).toBeGreaterThanOrEqual(0.55);
    return { right, all: texts.length };
  });
  const sum = (of: 'right' | 'all') => told.reduce((total, one) => total + one[of], 0);
  expect(sum('right') / sum('all')).toBeGreaterThanOrEqual(0.84);
});
