import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { guessEncoding } from './guess-encoding'

/** Small files as a sales rep has them, `|` between lines: language, encoding, rows. */
const samples: [string, string, string][] = [
  [
    'French',
    'windows-1252',
    'Société Générale;Hélène Lefèvre;Orléans;réunion prévue à Nîmes|Crédit Agricole;François Garçon;Besançon;rappeler après le déjeuner|Léa Bérénice;Gaëlle Noël;Île-de-France;première visite, très intéressé|Pâtisserie du Château;Benoît Hébert;Fréjus;où est le dossier ?',
  ],
  [
    'German',
    'windows-1252',
    'Müller GmbH;Jörg Schäfer;München;Rückruf nächste Woche|Bäckerei Größl;Jürgen Weiß;Düsseldorf;möchte ein Angebot für Fußböden|Köhler & Söhne;Günther Böhm;Nürnberg;Überprüfung läuft',
  ],
  [
    'Spanish',
    'windows-1252',
    'Compañía Española;José Martínez;Logroño;llamar mañana|Peñalosa;María Núñez;Córdoba;¿interés en la opción básica?|Ibáñez e Hijos;Andrés Muñoz;Málaga;reunión el miércoles',
  ],
  [
    'Portuguese',
    'windows-1252',
    'Construções São João;João Conceição;São Paulo;reunião amanhã|Açúcar União;Antônio Simões;Brasília;não respondeu|Pão de Açúcar;Inês Guimarães;Goiânia;ligação às três',
  ],
  [
    'Swedish',
    'windows-1252',
    'Åkerström AB;Björn Sjögren;Malmö;återkommer på måndag|Hälsö;Göran Ångström;Västerås;möte nästa vecka|Växjö Mjölk;Åsa Öberg;Linköping;för dyrt',
  ],
  [
    'Danish',
    'windows-1252',
    'Møller A/S;Søren Kjær;København;ønsker tilbud på løsning|Østergård;Jørgen Bæk;Århus;måske næste år',
  ],
  [
    'Italian',
    'windows-1252',
    'Caffè Perché;Niccolò Spanò;Forlì;più tardi, è in riunione|Società Città;Mosè Salò;Cefalù;qualità più alta',
  ],
  [
    'Icelandic',
    'windows-1252',
    'Þórður Sigurðsson;Guðrún Þorsteinsdóttir;Reykjavík;hringja á föstudag|Íslandsbanki;Björk Guðmundsdóttir;Hafnarfjörður;síðasta verð',
  ],
  [
    'Dutch',
    'windows-1252',
    'Daniël Coöperatie;Zoë Beëindiging;Curaçao;één keer bellen|Oriënt B.V.;Chloé;Tweeëntwintig;reünie',
  ],
  [
    'English with two accents',
    'windows-1252',
    'Nestle;John Smith;Zurich;Café visit|Acme;Bob;Paris;ok|Foo;Zoë;Rome;no',
  ],
  [
    'English with typographic quotes',
    'windows-1252',
    'Acme – the best;John O’Brien;Cork;“call back” on Monday…|Levi’s;Don’t know;Rome;it’s €100|D’Angelo™;Ann;Oslo;wait',
  ],
  ['English with symbols', 'windows-1252', 'Acme®;10 °C;£100;©2017|Beta™;½ price;€50;±5 %'],
  [
    'Western Europe mixed',
    'windows-1252',
    'Société Générale;Jürgen Müller;São Paulo;ok|Møller;José Núñez;Malmö;x|Peñalosa;Zoë;Århus;y',
  ],
  [
    'Polish',
    'windows-1250',
    'Spółka z ograniczoną odpowiedzialnością;Łukasz Wójcik;Łódź;zadzwonić w środę|Żabka;Małgorzata Dąbrowska;Gdańsk;proszę o ofertę|Piekarnia;Paweł Kamiński;Poznań;następny tydzień|Drukarnia Świt;Stanisław Jabłoński;Wrocław;cóż',
  ],
  [
    'Czech',
    'windows-1250',
    'Pivovar Plzeň;Jiří Dvořák;České Budějovice;zavolat příští týden|Železárny;Lukáš Novotný;Třebíč;má zájem o řešení|Mlékárna;Tomáš Černý;Ústí nad Labem;poslat nabídku',
  ],
  [
    'Slovak',
    'windows-1250',
    'Spoločnosť;Ľubomír Kováč;Košice;zavolať budúci týždeň|Železiarne;Zuzana Štúrová;Žilina;má záujem|Mäsokombinát;Ján Hruška;Nitra;ďakujem',
  ],
  [
    'Hungarian',
    'windows-1250',
    'Első Magyar Zrt.;Szűcs Győző;Győr;visszahívni jövő héten|Kőolaj;Kovács Ödön;Székesfehérvár;érdeklődő ügyfél|Fűszer Kft.;Tóth Ágnes;Szeged;később, túl drága',
  ],
  [
    'Romanian',
    'windows-1250',
    'Băcănia;Ştefan Rădulescu;Timişoara;sună mâine dimineaţă|Fabrica;Cătălin Ţîru;Braşov;foarte interesat, aşteaptă',
  ],
  [
    'Croatian',
    'windows-1250',
    'Tvornica;Krešimir Đurić;Šibenik;nazvati sljedeći tjedan|Pekara;Željko Čović;Đakovo;može kasnije',
  ],
  [
    'Polish of Unix',
    'iso-8859-2',
    'Spółka z ograniczoną odpowiedzialnością;Łukasz Wójcik;Łódź;zadzwonić w środę|Żabka;Małgorzata Dąbrowska;Gdańsk;proszę o ofertę|Drukarnia Świt;Stanisław Jabłoński;Wrocław;cóż',
  ],
  [
    'Czech of Unix',
    'iso-8859-2',
    'Pivovar Plzeň;Jiří Dvořák;České Budějovice;zavolat příští týden|Železárny;Lukáš Novotný;Třebíč;má zájem o řešení|Mlékárna;Tomáš Černý;Ústí nad Labem;poslat nabídku, už šest',
  ],
  [
    'Russian',
    'windows-1251',
    'Газпром;Иван Петров;Москва;перезвонить завтра|ООО Ромашка;Ольга Сидорова;Екатеринбург;просит коммерческое предложение|Сбербанк;Фёдор Щукин;Ростов;не отвечает',
  ],
  ['a few Russian names', 'windows-1251', 'Acme;Иван Петров;Moscow;call|Beta;Ольга;Paris;mail'],
  [
    'Ukrainian',
    'windows-1251',
    'Нафтогаз;Олексій Їжакевич;Київ;передзвонити у п’ятницю|Світоч;Єва Ґудзь;Львів;зацікавлені',
  ],
  [
    'Russian of Unix',
    'koi8-r',
    'Газпром;Иван Петров;Москва;перезвонить завтра|ООО Ромашка;Ольга Сидорова;Екатеринбург;просит коммерческое предложение',
  ],
  [
    'Greek',
    'windows-1253',
    'Εταιρεία;Γιώργος Παπαδόπουλος;Αθήνα;να τηλεφωνήσω αύριο|Τράπεζα;Ελένη Νικολάου;Θεσσαλονίκη;ενδιαφέρεται πολύ',
  ],
  [
    'Turkish',
    'windows-1254',
    'Türkiye İş Bankası;Çağrı Yıldız;İstanbul;yarın aranacak, görüşme yapıldı|Şeker Fabrikası;Ayşe Gündoğdu;Eskişehir;çok ilgili|Doğuş;Işıl Öztürk;Muğla;düşünüyor',
  ],
  [
    'Lithuanian',
    'windows-1257',
    'Lietuvos geležinkeliai;Žydrūnas Šarūnaitis;Šiauliai;paskambinti kitą savaitę|Duonos kepykla;Aušra Kazlauskienė;Panevėžys;labai domisi',
  ],
  [
    'Latvian',
    'windows-1257',
    'Latvijas dzelzceļš;Jānis Bērziņš;Rīga;piezvanīt nākamnedēļ|Maiznīca;Kārlis Ozoliņš;Ventspils;ļoti ieinteresēts',
  ],
  [
    'French of old Macs',
    'macroman',
    'Société Générale;Hélène Lefèvre;Orléans;réunion prévue à Nîmes|Crédit Agricole;François Garçon;Besançon;rappeler après le déjeuner',
  ],
  [
    'German of old Macs',
    'macroman',
    'Müller GmbH;Jörg Schäfer;München;Rückruf nächste Woche|Bäckerei Größl;Jürgen Weiß;Düsseldorf;Angebot für Fußböden',
  ],
  [
    'German of DOS',
    'cp850',
    'Müller GmbH;Jörg Schäfer;München;Rückruf nächste Woche|Bäckerei Größl;Jürgen Weiß;Düsseldorf;Angebot für Fußböden',
  ],
  [
    'Spanish of DOS',
    'cp850',
    'Compañía Española;José Martínez;Logroño;llamar mañana|Peñalosa;María Núñez;Córdoba;reunión el miércoles',
  ],
  [
    'Japanese',
    'shift_jis',
    '株式会社山田商事;山田太郎;東京都港区;来週電話する|トヨタ自動車;鈴木一郎;名古屋市;見積もりをお願いします|有限会社サクラ;佐藤花子;大阪府;検討中',
  ],
  ['Japanese names', 'shift_jis', '山田太郎;東京;a|鈴木一郎;大阪;b|佐藤花子;京都;c'],
  [
    'Japanese of Unix',
    'euc-jp',
    '株式会社山田商事;山田太郎;東京都港区;来週電話する|トヨタ自動車;鈴木一郎;名古屋市;見積もりをお願いします',
  ],
  [
    'Chinese',
    'gb18030',
    '北京科技有限公司;王伟;北京市朝阳区;下周打电话|上海贸易有限公司;李娜;上海市浦东新区;需要报价|深圳电子厂;张强;深圳市;正在考虑',
  ],
  ['Chinese names', 'gb18030', '王伟;北京;a|李娜;上海;b|张强;深圳;c'],
  [
    'Chinese of Taiwan',
    'big5',
    '台灣積體電路;陳志明;新竹市;下週打電話|國泰金控股份有限公司;林美玲;台北市信義區;需要報價單|統一企業;黃俊傑;台南市;考慮中',
  ],
  [
    'Korean',
    'euc-kr',
    '삼성전자 주식회사;김민수;서울시 강남구;다음 주에 전화|현대자동차;이영희;부산광역시;견적서 요청|한국전력;박지훈;대전;검토 중입니다',
  ],
  ['Korean names', 'euc-kr', '김민수;서울;a|이영희;부산;b|박지훈;대전;c'],
  ['Hebrew', 'windows-1255', 'בנק לאומי;יוסי כהן;תל אביב|טבע;שרה לוי;חיפה'],
  ['Arabic', 'windows-1256', 'شركة النور;محمد علي;القاهرة|بنك;فاطمة حسن;الرياض'],
  ['Estonian', 'windows-1257', 'Eesti Põlevkivi;Jüri Tõnisson;Pärnu|Mööbel;Žanna Šarikov;Võru'],
  ['Finnish', 'windows-1252', 'Kärcher Oy;Päivi Hämäläinen;Jyväskylä|Sähkö;Äiti Mäkelä;Järvenpää'],
  [
    'Bulgarian',
    'windows-1251',
    'Български пощи;Георги Димитров;Пловдив|Завод;Цветана Стоянова;Варна',
  ],
  [
    'Slovenian',
    'windows-1250',
    'Žito d.o.o.;Matjaž Kovač;Škofja Loka|Mlekarna;Anže Žagar;Črnomelj',
  ],
]

describe('the encoding of a small file', () => {
  it.each(samples)('%s in %s is guessed', (_, encoding, rows) => {
    const text = `account;contact;city;note\r\n${rows.replaceAll('|', '\r\n')}\r\n`
    const bytes = iconv.encode(text, encoding)
    expect(iconv.decode(bytes, encoding)).toBe(text)
    expect(iconv.decode(bytes, guessEncoding(bytes))).toBe(text)
  })

  it.each([
    'Hélène',
    'Jürgen',
    'Peñalosa',
    'Ångström',
    'Søren',
    'Besançon',
    'Zoë',
    'Größl',
    'Élan',
    'København',
    '£100',
    'D’Angelo™',
    'Beta™',
    'Società',
    '5 °C',
  ])('with one name is windows-1252: %s', (name) => {
    expect(guessEncoding(iconv.encode(`name,city\n${name},London\n`, 'windows-1252'))).toBe(
      'windows-1252',
    )
  })

  it.each([
    ['windows-1250', 'Győző,Szűcs,Győr|Erzsébet,Kőszegi,Békéscsaba'],
    ['windows-1250', 'Jenő,Pécs'],
    ['windows-1250', 'Szőke Béla'],
    ['windows-1250', 'Erdős Pál'],
    ['windows-1250', 'Petőfi Sándor'],
    ['windows-1250', 'Fűtő Kft'],
    ['windows-1250', 'Čermák'],
    ['windows-1250', 'Kovačić'],
    ['windows-1250', 'Dvořák'],
    ['windows-1250', 'Nováček'],
    ['windows-1250', 'Łukasz'],
    ['windows-1250', 'Stanisław Wróbel'],
    ['windows-1250', 'Ştefan Ţiriac'],
    ['windows-1250', 'Ľubica Kráľová'],
    ['windows-1254', 'Ayşe,İstanbul'],
    ['windows-1254', 'Yıldız'],
    ['windows-1254', 'Işık'],
    ['windows-1254', 'Erdoğan'],
    ['windows-1254', 'Şahin'],
    ['windows-1254', 'Beşiktaş'],
    ['windows-1254', 'Altın Fırat'],
    ['windows-1254', 'Oğuz Şimşek'],
    ['windows-1252', 'Sigurður Guðmundsson'],
    ['windows-1252', 'Þorsteinn'],
    ['windows-1252', 'João Simões'],
    ['windows-1252', 'Conceição'],
    ['windows-1252', 'Août,Brûlé'],
    ['windows-1252', 'Iñaki'],
  ])('with a name or two is guessed by what words look like: %s, %s', (encoding, rows) => {
    const text = `name,city\r\n${rows.replaceAll('|', '\r\n')}\r\n`
    const bytes = iconv.encode(text, encoding)
    expect(iconv.decode(bytes, guessEncoding(bytes))).toBe(text)
  })

  it('is windows-1252 where nothing speaks for another', () => {
    expect(guessEncoding(Buffer.from([0xe9]))).toBe('windows-1252')
    expect(guessEncoding(Buffer.from('no more than ASCII'))).toBe('windows-1252')
  })

  it('is guessed although the sample ends within a character', () => {
    const bytes = iconv.encode('株式会社山田商事;東京都港区'.repeat(20), 'shift_jis')
    expect(guessEncoding(bytes.subarray(0, -1))).toBe('shift_jis')
  })
})
