/** HTML of messages: made harmless, and turned into text. */
import { convert } from 'html-to-text'
import sanitize from 'sanitize-html'

/** How many tags may be within each other. */
const deepest = 200

/**
 * What mail programs show and editors write; no scripts, frames, forms or remote styles.
 * @param textFilter goes over the texts between the tags, which are escaped already
 */
export const cleanHtml = (html: string, textFilter?: (text: string) => string): string =>
  sanitize(html, {
    ...(textFilter ? { textFilter } : {}),
    // Tags beyond are left out and their text stays; programs that show mail give up on fewer.
    nestingLimit: deepest,
    allowedTags: [
      ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code'],
      ...['b', 'strong', 'i', 'em', 'u', 's', 'del', 'sub', 'sup', 'span', 'div', 'a', 'img'],
      ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ],
    allowedAttributes: {
      a: ['href', 'title'],
      img: ['src', 'alt', 'width', 'height'],
      td: ['colspan', 'rowspan', 'align'],
      th: ['colspan', 'rowspan', 'align'],
      '*': ['style'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['https', 'data'] },
    allowedStyles: {
      '*': {
        color: [/^#[0-9a-f]{3,8}$/i, /^rgb\([\d, ]+\)$/],
        'background-color': [/^#[0-9a-f]{3,8}$/i, /^rgb\([\d, ]+\)$/],
        'text-align': [/^(left|right|center|justify)$/],
        'font-weight': [/^(bold|normal|\d{3})$/],
        'font-style': [/^(italic|normal)$/],
        'text-decoration': [/^(underline|line-through|none)$/],
      },
    },
  })

export const textOfHtml = (html: string): string =>
  convert(html, {
    wordwrap: false,
    limits: { maxDepth: deepest },
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      { selector: 'img', format: 'skip' },
    ],
  }).trim()
