// Text with entities, as Telegram draws it. Offsets count UTF-16 units, which is what JavaScript's strings count.

import { h } from '../shared/dom.js';
import { t } from '../shared/i18n.js';
import { full } from '../shared/time.js';

const PLAIN = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}])|(?<![\p{L}\p{N}_/])(\/[a-z0-9_]{1,32}(?:@\w+)?)(?![\p{L}\p{N}_/])|(?<![\p{L}\p{N}_])(#[\p{L}\p{N}_\p{M}]+)|(?<![\p{L}\p{N}_])(@[A-Za-z]\w{3,31})/gu;

const safeAddress = (url) => (/^(https?|tg|mailto):/i.test(url) ? url : undefined);
const outside = { target: '_blank', rel: 'noopener noreferrer' };

function link(url, children) {
  const href = safeAddress(url);
  return href ? h('a', { href, ...outside }, children) : h('span', {}, children);
}

function spoiler(children) {
  const show = () => {
    hidden.classList.add('seen');
    for (const name of ['role', 'aria-label', 'tabindex']) hidden.removeAttribute(name);
  };
  const hidden = h('span.spoiler', { tabIndex: 0, role: 'button', 'aria-label': t('hidden'), onclick: show,
    onkeydown: (event) => { if (event.key === 'Enter') show(); } }, children);
  return hidden;
}

// The apps tell it in their own zone; here every zone is Viet Nam's, in which it was written.
function moment(seconds, children) {
  return h('time.moment', { dateTime: new Date(seconds * 1000).toISOString(), title: full(seconds) }, children);
}

const WRAPPERS = {
  bold: (_, children) => h('b', {}, children),
  italic: (_, children) => h('i', {}, children),
  underline: (_, children) => h('u', {}, children),
  strikethrough: (_, children) => h('s', {}, children),
  code: (_, children) => h('code', {}, children),
  pre: (_, children) => h('pre', {}, children),
  blockquote: (_, children) => h('blockquote', {}, children),
  expandable_blockquote: (_, children) => h('blockquote', {}, children),
  spoiler: (_, children) => spoiler(children),
  text_link: (entity, children) => link(entity.url ?? '', children),
  date_time: (entity, children) => moment(entity.unix_time, children),
  url: (_, children, text) => link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, children),
  email: (_, children, text) => link(`mailto:${text}`, children),
  hashtag: (_, children) => h('span.command', {}, children),
  cashtag: (_, children) => h('span.command', {}, children),
  mention: (_, children) => h('span.command', {}, children),
  bot_command: (_, children, text) => h('button.command', { type: 'button', 'data-command': text }, children),
};

// Return nodes for *text*; *entities* may nest but never overlap halfway (Bot API).
export function formatted(text, entities = []) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return sorted.length ? between(text, sorted, 0, text.length) : detected(text);
}

function between(text, entities, start, end) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || stop <= entity.offset) continue;
    const inner = entities.slice(index + 1).filter((other) => other.offset < stop && other.offset + other.length <= stop);
    nodes.push(...detected(text.slice(at, entity.offset)));
    const children = ['code', 'pre'].includes(entity.type) ? [text.slice(entity.offset, stop)] : within(text, entity, inner, stop);
    const wrap = WRAPPERS[entity.type];
    nodes.push(...(wrap ? [wrap(entity, children, text.slice(entity.offset, stop))] : children));
    at = stop;
  }
  return [...nodes, ...detected(text.slice(at, end))];
}

const LINKED = new Set(['text_link', 'url', 'email', 'hashtag', 'cashtag', 'mention', 'bot_command']);

function within(text, entity, inner, stop) {
  if (inner.length) return between(text, inner, entity.offset, stop);
  const own = text.slice(entity.offset, stop);
  return LINKED.has(entity.type) ? [own] : detected(own);
}

// What nobody marked, Telegram's apps still recognise: addresses, hashtags, commands, names.
function detected(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(PLAIN)) {
    const [whole, url, command] = match;
    nodes.push(text.slice(at, match.index));
    if (url) nodes.push(link(url, [url]));
    else if (command) nodes.push(WRAPPERS.bot_command(null, [command], command));
    else nodes.push(h('span.command', {}, whole));
    at = match.index + whole.length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== '');
}
