// What was said on the Zalo phone: days, bubbles, photos, recordings, times.

import { zaloFile } from '../shared/api.js';
import { h } from '../shared/dom.js';
import { t } from '../shared/i18n.js';
import { clock, dayKey, dayName, full } from '../shared/time.js';
import { enlarge } from '../shared/viewer.js';
import { styled } from './styled.js';

const TOGETHER = 600;
const secondsOf = (message) => message.date / 1000;

// Return an element for each of *said* and of its days; what was *drawn* stays the same element. *arrived* are new.
export function elements(said, { drawn, arrived, speaker }) {
  const keyed = (key, make) => {
    if (!drawn.has(key)) drawn.set(key, make());
    return drawn.get(key);
  };
  return said.flatMap((message, index) => {
    const place = { first: !together(said[index - 1], message), last: !together(message, said[index + 1]) };
    const element = keyed(`${message.message_id} ${place.first} ${place.last}`, () => bubble(message, place, speaker, arrived.includes(message)));
    const day = dayKey(secondsOf(message));
    const begins = index === 0 || dayKey(secondsOf(said[index - 1])) !== day;
    return begins ? [keyed(`day ${day}`, () => h('div.z-day', {}, dayName(secondsOf(message)))), element] : [element];
  });
}

function together(one, other) {
  if (!one || !other || one.from_bot !== other.from_bot) return false;
  return secondsOf(other) - secondsOf(one) < TOGETHER && dayKey(secondsOf(one)) === dayKey(secondsOf(other));
}

function bubble(message, { first, last }, speaker, isNew) {
  const mine = !message.from_bot;
  const classes = [mine && 'mine', first && 'first', last && 'last', isNew && 'arriving'];
  const said = message.text && h('div.z-text', {}, styled(message.text, message.text_styles));
  const at = secondsOf(message);
  const time = last && h('time', { dateTime: new Date(at * 1000).toISOString(), title: full(at) }, clock(at));
  return h('div.z-message', { class: classes.filter(Boolean).join(' '), role: 'article' },
    !mine && (first ? botFace() : h('span.z-gap')),
    h('div.z-bubble', {}, h('span.sr', {}, `${mine ? t('you') : speaker}: `), message.photo_sha256 && photo(message), message.voice_sha256 && voice(message), said, time));
}

export const botFace = () => h('span.z-face', { 'aria-hidden': 'true' }, h('img', { src: '/static/icon.svg', alt: '' }));

function photo({ photo_sha256: key, text }) {
  const address = zaloFile(key);
  return h('button.z-photo', { type: 'button', 'aria-label': t('enlarge'), onclick: () => enlarge([{ address, text }], 0) },
    h('img', { src: address, alt: text.split('\n')[0], decoding: 'async' }));
}

// A recording plays where it stands.
const voice = ({ voice_sha256: key }) => h('div.voice', {}, h('audio', { src: zaloFile(key), controls: true, preload: 'metadata', 'aria-label': t('voice') }));
