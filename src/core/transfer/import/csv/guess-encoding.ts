/** Guesses the legacy encoding of text that is not Unicode, from the lines that are not ASCII. */
import { analyse } from 'chardet'
import iconv from 'iconv-lite'

/**
 * Takes some text in an unknown legacy encoding and names it as iconv-lite does; windows-1252 where
 * nothing speaks for another. chardet knows which letter sequences a language has, but takes
 * any byte for a letter; so each candidate is also decoded and judged by what no text looks like:
 * symbols or scripts mixed into words, capitals after small letters, letters of no one language.
 */
export function guessEncoding(sample: Buffer): string {
  const confidences = chardetConfidences(sample)
  let best = 'windows-1252'
  let bestScore = Number.NEGATIVE_INFINITY
  for (const candidate of candidates) {
    // The sample may end in the middle of a character.
    const text = iconv.decode(sample, candidate.encoding).replace(/\uFFFD$/, '')
    const score = judge(text, candidate) + (confidences.get(candidate.encoding) ?? 0)
    if (score > bestScore) {
      best = candidate.encoding
      bestScore = score
    }
  }
  return best
}

interface Candidate {
  encoding: string
  /** How much less likely a file is written so than in windows-1252, other things being equal. */
  handicap: number
  languages: Language[]
}

/** The letters beyond ASCII that a language uses, in lower case, and words that none of it are. */
type Language = string | { letters: string; unlike: RegExp }

const french = {
  letters: 'àâæçéèêëîïôœùûüÿ',
  unlike: /(?<![aeosdmfrlj])û|^è(?![rvsgbd])|è(?=[aeiou])|æ$|ç(?![aouâô])/,
}
const portuguese = { letters: 'áâãàçéêíóôõúü', unlike: /õ(?!e)|ã(?![eoisn]|$)|ç(?![aouãõâóúáô])/ }
const italian = { letters: 'àèéìîòù', unlike: /^è\p{L}|[èò](?=[bcdfghjklmnpqrstvz])/u }
const dutch = { letters: 'áèéëïíóöúüç', unlike: /^è|è(?=e)|[áíóú].*[èï]|[èï].*[áíóú]/ }
const nordic = { letters: 'åäöéæø', unlike: /^..+æ$|ø[^\p{ASCII}]/u }
/** Letters that Turkish has under the same bytes come with others there. */
const icelandic = {
  letters: 'áðéíóúýþæö',
  unlike:
    /[cqwz]|^ð|^(?!.*([áéíóúæ]|son$|ur$|inn$|ir$|[lsrtn]i$|^(að|það|þar|við|með|þe\p{L}+)$)).*[ðýþ]/u,
}
const polish = { letters: 'ąćęłńóśźż', unlike: /ń(?=[aeiouy])/ }
const romanian = { letters: 'ăâîşţșț', unlike: /[kqwy]/ }
const hungarian = { letters: 'áéíóöőúüű', unlike: /[qwx]/ }
// A large I with a dot becomes two characters when it is made small.
const turkish = { letters: 'çğıöşüâîû\u0069\u0307', unlike: /(?<![aeıioöuüâîû])ğ|[qwx]/ }

/** Ordered: of two equally likely ones the first is taken. */
const candidates: Candidate[] = [
  {
    encoding: 'windows-1252',
    handicap: 0,
    languages: [
      french,
      'äöüß', // German
      'áéíñóúü', // Spanish
      portuguese,
      italian,
      nordic,
      dutch,
      icelandic,
    ],
  },
  {
    encoding: 'windows-1250',
    handicap: 0.08,
    languages: [
      polish,
      'áčďéěíňóřšťúůýž', // Czech
      'áäčďéíĺľňóôŕšťúýž', // Slovak
      hungarian,
      romanian,
      'čćđšž', // Croatian, Slovenian
    ],
  },
  {
    encoding: 'windows-1251',
    handicap: 0.05,
    languages: ['оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъіїєґ'],
  },
  { encoding: 'windows-1253', handicap: 0.2, languages: ['αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ'] },
  { encoding: 'windows-1254', handicap: 0.07, languages: [turkish] },
  {
    encoding: 'windows-1257',
    handicap: 0.15,
    languages: ['ąčęėįšųūž', 'āčēģīķļņšūž', 'äõöüšž'], // Lithuanian, Latvian, Estonian
  },
  { encoding: 'windows-1255', handicap: 0, languages: ['אבגדהוזחטיכךלמםנןסעפףצץקרשת'] },
  { encoding: 'windows-1256', handicap: 0.2, languages: ['ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئ'] },
  { encoding: 'shift_jis', handicap: 0.1, languages: [] },
  { encoding: 'gb18030', handicap: 0.1, languages: [] },
  { encoding: 'big5', handicap: 0.15, languages: [] },
  { encoding: 'euc-kr', handicap: 0.15, languages: [] },
  { encoding: 'euc-jp', handicap: 0.15, languages: [] },
  {
    encoding: 'iso-8859-2',
    handicap: 0.1,
    languages: [polish, 'áčďéěíňóřšťúůýž', 'áäčďéíĺľňóôŕšťúýž', hungarian, 'čćđšž'],
  },
  { encoding: 'koi8-r', handicap: 0.1, languages: ['оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ'] },
  // Excel's "CSV (Macintosh)" and "CSV (MS-DOS)" still write these two.
  {
    encoding: 'macroman',
    handicap: 0.4,
    languages: [french, 'äöüß', 'áéíñóúü', portuguese, italian, nordic],
  },
  {
    encoding: 'cp850',
    handicap: 0.4,
    languages: [french, 'äöüß', 'áéíñóúü', portuguese, italian, nordic],
  },
]

/**
 * How much the text looks like text people write: about 1 where all of it does, below 0 where most
 * of it does not, minus infinity where it cannot have been written in this encoding.
 */
function judge(text: string, { handicap, languages }: Candidate): number {
  if (text.includes('\uFFFD')) return Number.NEGATIVE_INFINITY
  let points = 0
  let judged = 0
  const words: { word: string; foreign: number }[] = []
  for (const match of text.matchAll(/[\p{L}\p{M}]+|[^\p{L}\p{M}\p{ASCII}]/gu)) {
    const part = match[0]
    const characters = Array.from(part)
    const foreign = characters.filter((each) => each > '\x7F')
    if (foreign.length === 0) continue
    judged += foreign.length
    if (/^[^\p{L}\p{M}]$/u.test(part)) {
      const before = text[match.index - 1] ?? ' '
      const after = text[match.index + part.length] ?? ' '
      points += judgeSymbol(part, /\p{L}/u.test(before), /\p{L}/u.test(after))
    } else if (EAST_ASIAN.test(part)) {
      points += judgeEastAsian(characters)
    } else if (characters.length === 1 && /\d/.test(text[match.index + part.length] ?? '')) {
      // A letter before a number is a currency sign in the wrong encoding.
      points -= 0.5
    } else {
      points += foreign.length - wordFaults(part)
      words.push({ word: part.toLowerCase(), foreign: foreign.length })
    }
  }
  if (judged === 0) return -handicap
  const letters = words.reduce((sum, { foreign }) => sum + foreign, 0)
  const covered = languages.map((language) =>
    words.reduce((sum, { word }) => sum + lettersOf(word, language), 0),
  )
  // Letters that no one language uses together count for nothing, those of none against it.
  const outside = Math.max(0, letters - Math.max(0, ...covered))
  return (points - outside * 0.6) / judged - handicap
}

/** How many letters beyond ASCII of a word may be of this language. */
function lettersOf(word: string, language: Language): number {
  const { letters, unlike } =
    typeof language === 'string' ? { letters: language, unlike: undefined } : language
  if (unlike?.test(word)) return 0
  return Array.from(word).filter((letter) => letter > '\x7F' && letters.includes(letter)).length
}

function judgeSymbol(symbol: string, letterBefore: boolean, letterAfter: boolean): number {
  if (/[\p{Cc}\p{Co}\p{Cn}]/u.test(symbol)) return -3
  if (letterBefore && letterAfter) return symbol === '’' || symbol === '·' ? 0.9 : -1.5
  if (letterAfter && /[£¥¤±×¹²³½¼¾]/.test(symbol)) return -1
  if (/[\p{Sk}\p{So}]/u.test(symbol) && !/[©®°™№]/.test(symbol)) return -1
  return /[“”„‘’«»…–—™®©°€£¥§·¡¿ºª¹²³½¼¾±×µ\u00A0№]/.test(symbol) ? 0.9 : -0.5
}

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/**
 * A word with ideographs, kana or hangul. Two bytes taken for one character hide between Latin
 * letters; half-width katakana is what a single stray byte becomes.
 */
function judgeEastAsian(characters: string[]): number {
  const foreign = characters.filter((each) => each > '\x7F')
  const halfWidth = foreign.filter((each) => each >= '\uFF61' && each <= '\uFF9F').length
  const latin = characters.length - foreign.length
  if (latin > 0 && foreign.length <= 2) return -1.5 * foreign.length
  const kana = foreign.filter((each) => each >= '\u3041' && each <= '\u30FF').length
  return foreign.length * 0.75 - halfWidth * 1.5 + kana * 0.25
}

/** Points off for a word in an alphabet that no person would have written. */
function wordFaults(word: string): number {
  let faults = 0
  const scripts = alphabets.filter((script) => script.test(word)).length
  if (scripts > 1) faults += 2 * word.length
  for (const capital of word.matchAll(/\p{Ll}(\p{Lu})/gu)) {
    const letter = capital[1] ?? ''
    if (letter > '\x7F' || (word[capital.index] ?? '') > '\x7F') faults += 1.5
  }
  if (/\p{Script=Latin}/u.test(word)) {
    for (const run of word.matchAll(/[^\p{ASCII}]{3,}/gu)) faults += run[0].length
  }
  return faults
}

const alphabets = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
]

const eastAsian = new Set(['shift_jis', 'gb18030', 'big5', 'euc-kr', 'euc-jp'])
/** From so many letters beyond ASCII on, sequences of letters tell a language. */
const mostTold = 40

/** chardet's opinion of each candidate, from 0 to about 1. */
function chardetConfidences(sample: Buffer): Map<string, number> {
  const confidences = new Map<string, number>()
  const foreign = sample.reduce((sum, byte) => sum + Number(byte > 0x7f), 0)
  for (const { name, confidence } of analyse(sample)) {
    for (const encoding of ownNames[name] ?? []) {
      const weight = eastAsian.has(encoding) ? 1 : Math.min(1, foreign / mostTold)
      const weighted = (confidence / 100) * weight
      confidences.set(encoding, Math.max(confidences.get(encoding) ?? 0, weighted))
    }
  }
  return confidences
}

const ownNames: Record<string, string[]> = {
  'ISO-8859-1': ['windows-1252'],
  'windows-1252': ['windows-1252'],
  'ISO-8859-2': ['windows-1250', 'iso-8859-2'],
  'windows-1250': ['windows-1250', 'iso-8859-2'],
  'windows-1251': ['windows-1251'],
  'KOI8-R': ['koi8-r'],
  'ISO-8859-7': ['windows-1253'],
  'windows-1253': ['windows-1253'],
  'ISO-8859-8': ['windows-1255'],
  'windows-1255': ['windows-1255'],
  'ISO-8859-6': ['windows-1256'],
  'windows-1256': ['windows-1256'],
  'ISO-8859-9': ['windows-1254'],
  'windows-1254': ['windows-1254'],
  'windows-1257': ['windows-1257'],
  Shift_JIS: ['shift_jis'],
  'EUC-JP': ['euc-jp'],
  GB18030: ['gb18030'],
  Big5: ['big5'],
  'EUC-KR': ['euc-kr'],
}
