// One message: bubble, photo, caption, time, buttons.

import { fileAddress, pageFacts, press } from '../shared/api.js';
import { h, icon, tail } from '../shared/dom.js';
import { albumElement } from './album.js';
import { formatted } from './entities.js';
import { t } from '../shared/i18n.js';
import { avatar, nameOf, tintOf } from './people.js';
import { richElement } from './rich.js';
import { isMine, state } from './store.js';
import { clock, full } from '../shared/time.js';
import { toast } from '../shared/toast.js';
import { enlarge } from '../shared/viewer.js';

const waiting = new Map();

// *first* and *last* say where the message stands among those that one sender wrote in a row; an album's are one here.
export function messageElement(message, { first, last }, album = [message]) {
  const chat = state.chats.get(message.chat);
  const mine = isMine(message);
  const named = !mine && chat.type !== 'private' && (first || chat.type === 'channel');
  // Whoever listens hears each time who speaks; whoever looks sees it by the side and the colour.
  const sender = named ? h('span.sender', { class: `hue-${tintOf(message.from.id)}` }, nameOf(message.from))
    : h('span.sr', {}, `${mine ? t('you') : nameOf(message.from)}: `);
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const preview = linkPreview(message);
  const grouped = album.length > 1;
  const via = message.extra?.via_bot && h('span.via', {}, t('via', { bot: message.extra.via_bot.username }));
  const bubble = h('div.bubble', {}, sender, via, grouped ? albumElement(album) : message.photo && photo(message), message.voice && voice(message), preview?.above && preview.element,
    grouped ? albumCaptions(album, meta(message, mine)) : content(message), preview && !preview.above && preview.element, tail());
  if (preview && !preview.above) bubble.insertBefore(meta(message, mine), bubble.querySelector('.tail'));
  const classes = [mine && 'mine', first && 'first', last && 'last', message.photo && 'with-photo', message.rich_message && 'with-rich', message.photo && !album.some(({ text }) => text) && 'no-text', rows.length && 'with-keys'];
  return h('div.message', { class: classes.filter(Boolean).join(' '), id: `m${message.chat}_${message.message_id}`, role: 'article' },
    !mine && ['group', 'supergroup'].includes(chat.type) && (last ? avatar(message.from.id, nameOf(message.from), 'tiny') : h('span.gap')),
    h('div.body', {}, bubble, rows.length ? keyboard(message, rows) : null));
}

function content(message) {
  if (message.rich_message) return h('div.text.whole', {}, richElement(message.rich_message), meta(message, isMine(message)));
  const name = message.document && (message.document.file_name || t('document'));
  const file = name && h('a.file', { href: fileAddress(message.document.file_id), download: name }, `📎 ${name}`);
  const preview = linkPreview(message);
  return h('div.text', {}, file, formatted(message.text ?? '', message.entities ?? []), preview && !preview.above ? null : meta(message, isMine(message)));
}

function meta(message, mine) {
  const silent = message.silent && h('span', { title: t('silent') }, icon('bell', 'bell'));
  return h('span.meta', {}, silent, message.edited && h('span', {}, t('edited')),
    h('time', { dateTime: new Date(message.date * 1000).toISOString(), title: full(message.date) }, clock(message.date)),
    mine && h('span', { title: t('read') }, icon('read')));
}

// What several photos of an album say stands below them, by their numbers.
function albumCaptions(album, written) {
  const said = album.map(({ text }, index) => [index + 1, text]).filter(([, text]) => text);
  const lines = said.length === 1 ? formatted(said[0][1], album[said[0][0] - 1].entities ?? []) : said.map(([number, text]) => h('span.caption', {}, h('b', {}, String(number)), h('span', {}, text)));
  return h('div.text', { class: said.length > 1 ? 'captions' : '' }, lines, written);
}

// Telegram shows a photo as it is, unless it is too tall or too wide to read beside its text.
function photo(message) {
  const { file_id: fileId, width, height } = message.photo;
  const button = h('button.photo', { type: 'button', 'aria-label': t('enlarge'), onclick: () => enlarge([{ address: fileAddress(fileId), text: message.text }], 0) },
    h('img', { src: fileAddress(fileId), alt: (message.text ?? '').split('\n')[0], width, height, decoding: 'async' }));
  button.style.aspectRatio = String(Math.min(Math.max(width / height, 0.8), 2.4));
  return button;
}

// A voice message plays where it stands.
function voice(message) {
  const { file_id: fileId, duration } = message.voice;
  return h('div.voice', {}, h('audio', { src: fileAddress(fileId), controls: true, preload: 'metadata', 'aria-label': t('voice') }), h('span.length', {}, `${Math.floor(duration / 60)}:${String(duration % 60).padStart(2, '0')}`));
}

// Telegram makes a preview of a text's first address, or of the one that link_preview_options name.
function linkPreview(message) {
  const options = message.link_preview_options ?? {};
  if (message.photo || message.voice || message.document || options.is_disabled || !options.url) return null;
  const element = h('a.preview', { href: /^https?:/.test(options.url) ? options.url : '#', target: '_blank', rel: 'noopener noreferrer', class: options.prefer_small_media ? 'small' : '' });
  const above = options.show_above_text === true;
  if (above) element.classList.add('above');
  pageFacts(options.url)
    .catch(() => ({ site: new URL(options.url, location.href).host, title: options.url }))
    .then((facts) => element.append(...[
      facts.image && options.prefer_small_media && h('img', { src: facts.image, alt: '' }),
      facts.site && h('span.site', {}, facts.site), facts.title && h('b', {}, facts.title), facts.gist && h('span.gist', {}, facts.gist),
      facts.image && !options.prefer_small_media && h('img', { src: facts.image, alt: '' }),
    ].filter(Boolean)));
  return { element, above };
}

function keyboard(message, rows) {
  return h('div.keys', {}, rows.map((row) => h('div.row', {}, row.map((key) => keyElement(message, key)))));
}

function keyElement(message, key) {
  const style = ['primary', 'success', 'danger'].includes(key.style) ? `style-${key.style}` : '';
  if (key.url) {
    const href = /^(https?|tg):/i.test(key.url) ? key.url : '#';
    return h('a.key', { href, target: '_blank', rel: 'noopener noreferrer', class: style }, h('span', {}, key.text), icon('arrow', 'corner'), h('span.sr', {}, ` (${t('opens')})`));
  }
  return h('button.key', { type: 'button', class: style, onclick: (event) => tap(event.currentTarget, message, key) }, h('span', {}, key.text));
}

async function tap(button, message, key) {
  if (button.classList.contains('waiting')) return;
  button.classList.add('waiting');
  const name = `${message.chat}:${message.message_id}`;
  waiting.set(name, button);
  setTimeout(() => button.classList.remove('waiting'), 15000);
  try {
    await press({ chat: message.chat, from: state.me.id, message_id: message.message_id, data: key.callback_data });
  } catch (error) {
    button.classList.remove('waiting');
    toast(t('failed', { reason: error.message }));
  }
}

export function answered({ chat, message_id: id, text, show_alert: alert }) {
  const name = `${chat}:${id}`;
  waiting.get(name)?.classList.remove('waiting');
  waiting.delete(name);
  if (text && alert) announce(text);
  else if (text) toast(text);
}

function announce(text) {
  const dialog = h('dialog.alert', { onclose: () => dialog.remove() }, h('p', {}, text),
    h('button', { type: 'button', onclick: () => dialog.close() }, t('ok')));
  document.body.append(dialog);
  dialog.showModal();
}
