// Names and faces of chats and of those who write in them.

import { h } from '../shared/dom.js';
import { state } from './store.js';
import { t } from '../shared/i18n.js';

export const nameOf = (person) => person.title ?? [person.first_name, person.last_name].filter(Boolean).join(' ');
export const chatName = (chat) => (chat.type === 'private' ? nameOf(state.bot) : chat.title);
export const tintOf = (id) => Math.abs(Number(id)) % 7;

// An emoji may be made of several characters.
const firstSign = (text) => [...new Intl.Segmenter().segment(text)][0]?.segment;

function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word][0].toUpperCase()).join('') || firstSign(name.trim()) || '?';
}

export function avatar(id, name, size = '') {
  const bot = id === state.bot?.id;
  const face = bot ? h('img', { src: '/static/icon.svg', alt: '' }) : initials(name);
  return h('span.avatar', { class: `${size} tint-${tintOf(id)}`, 'aria-hidden': 'true' }, face);
}

export const chatAvatar = (chat, size) => avatar(chat.type === 'private' ? state.bot.id : chat.id, chatName(chat), size);

export function about(chat) {
  if (chat.type === 'private') return t('bot');
  const kind = chat.type === 'channel' ? 'channel' : chat.is_forum ? 'forum' : 'group';
  const members = chat.member_count;
  return [t(kind), members && kind !== 'channel' ? `${members} ${t('member')}` : '', chat.username ? `@${chat.username}` : ''].filter(Boolean).join(' · ');
}
