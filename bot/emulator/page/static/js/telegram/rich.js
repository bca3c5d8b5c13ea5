// A rich message: headings, lists, tables, photos and what is folded away, as Telegram lays it out.

import { fileAddress } from '../shared/api.js';
import { h } from '../shared/dom.js';
import { t } from '../shared/i18n.js';
import { enlarge } from '../shared/viewer.js';

const MARKS = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', marked: 'mark', subscript: 'sub', superscript: 'sup' };

// Text is strings and objects that style further text; addresses are those that lead out of the page.
function styled(text) {
  return text.map((part) => {
    if (typeof part === 'string') return part;
    const inner = styled(part.text);
    if (part.type === 'url') return /^(https?|tg|mailto|tel):/i.test(part.url) ? h('a', { href: part.url, target: '_blank', rel: 'noopener noreferrer' }, inner) : inner;
    return MARKS[part.type] ? h(MARKS[part.type], {}, inner) : inner;
  });
}

function wording(text) {
  return text.map((part) => (typeof part === 'string' ? part : wording(part.text))).join('');
}

const DRAWN = {
  paragraph: ({ text }) => h('p', {}, styled(text)),
  preformatted: ({ text }) => h('pre', {}, styled(text)),
  footer: ({ text }) => h('p.footer', {}, styled(text)),
  section_heading: ({ size, text }) => h(`h${Math.min(size + 2, 6)}`, { class: `size-${size}` }, styled(text)),
  divider: () => h('hr'),
  block_quotation: ({ blocks }) => h('blockquote', {}, drawn(blocks)),
  pull_quotation: ({ blocks }) => h('blockquote', {}, drawn(blocks)),
  list: ({ ordered, start, items }) => h(ordered ? 'ol' : 'ul', ordered ? { start } : {}, items.map(({ blocks }) => h('li', {}, drawn(blocks)))),
  details: ({ summary, is_open: open, blocks }) => h('details', { open }, h('summary', {}, styled(summary)), drawn(blocks)),
  photo,
  table,
};

function photo({ photo: sizes, caption }) {
  const { file_id: fileId, width, height } = sizes.at(-1);
  const said = wording(caption);
  const image = h('img', { src: fileAddress(fileId), alt: said, width, height, decoding: 'async' });
  const button = h('button', { type: 'button', 'aria-label': t('enlarge'), onclick: () => enlarge([{ address: fileAddress(fileId), text: said }], 0) }, image);
  return h('figure', {}, button, said && h('figcaption', {}, styled(caption)));
}

function table({ rows, caption, is_bordered: bordered, is_striped: striped }) {
  const cell = ({ text, is_header: head, colspan, rowspan }) => h(head ? 'th' : 'td', { colSpan: colspan, rowSpan: rowspan }, styled(text));
  const classes = [bordered && 'bordered', striped && 'striped'].filter(Boolean).join(' ');
  return h('div.sheet', { tabIndex: 0, role: 'group', 'aria-label': wording(caption) || t('table') },
    h('table', { class: classes }, caption.length ? h('caption', {}, styled(caption)) : null, h('tbody', {}, rows.map((row) => h('tr', {}, row.map(cell))))));
}

function drawn(blocks) {
  return blocks.map((block) => DRAWN[block.type]?.(block) ?? null);
}

export function richElement({ blocks }) {
  return h('div.rich', {}, drawn(blocks));
}
