// Text as Zalo draws it: runs by text_styles, whose places count UTF-16 units as JavaScript's strings do, and bare addresses as links.
// Of a paragraph's own styles, lists and indents, nothing is drawn.

import { h } from '../shared/dom.js';

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}]/gu;
const DRAWN = /^(?:[bius]|f_\d+|c_[0-9a-f]{6})$/;

export function styled(text, styles = []) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const end = match.index + match[0].length;
    nodes.push(...runs(text, at, match.index, styles),
      h('a', { href: match[0], target: '_blank', rel: 'noopener noreferrer' }, runs(text, match.index, end, styles)));
    at = end;
  }
  return [...nodes, ...runs(text, at, text.length, styles)];
}

function runs(text, start, end, styles) {
  const inside = (place) => place > start && place < end;
  const cuts = new Set(styles.flatMap((style) => [style.start, style.start + style.len]).filter(inside));
  const places = [start, ...[...cuts].sort((one, other) => one - other), end];
  return places.slice(1).map((stop, index) => run(text.slice(places[index], stop), places[index], styles));
}

function run(text, place, styles) {
  const names = styles.filter(({ start, len }) => start <= place && place < start + len).flatMap(({ st }) => st).filter((name) => DRAWN.test(name));
  return names.length && text ? h('span', { class: names.map((name) => `st-${name}`).join(' ') }, text) : text;
}
