// The left column.

import { fileAddress } from '../shared/api.js';
import { show } from '../phones.js';
import { deskButton } from '../shared/agency.js';
import { arrange, h, icon } from '../shared/dom.js';
import { language, speak, t } from '../shared/i18n.js';
import { avatar, chatAvatar, chatName, nameOf } from './people.js';
import { isMine, languageChanged, last, state, unreadOf } from './store.js';
import { brief } from '../shared/time.js';

const column = document.getElementById('chats');
const list = h('ul');
let wanted = '';

export function showFrame() {
  const field = h('input', { type: 'search', placeholder: t('search'), 'aria-label': t('search'), value: wanted,
    oninput: (event) => { wanted = event.target.value; showChats(); } });
  const choice = (code) => h('button', { type: 'button', 'aria-pressed': String(language() === code), lang: code, title: code === 'vi' ? 'Tiếng Việt' : 'English',
    onclick: () => { speak(code); languageChanged(); } }, code.toUpperCase());
  const who = state.me && h('div.list-foot', {}, avatar(state.me.id, nameOf(state.me), 'small'),
    h('label.who', {}, t('youAre'), personas()), deskButton());
  column.replaceChildren(
    h('div.list-head', {}, h('label.search', {}, icon('search'), field), h('div.languages', { role: 'group', 'aria-label': t('language') }, choice('vi'), choice('en'))),
    h('nav.chat-list', { 'aria-label': t('chats') }, list), ...(who ? [who] : []));
}

// Each person has a page of their own address, so that two windows can play two of them.
function personas() {
  const option = (person) => h('option', { value: String(person.id), selected: person.id === state.me.id }, nameOf(person));
  const inRole = (role) => state.people.filter((person) => person.role === role).map(option);
  return h('select', { onchange: (event) => location.assign(`/?user=${event.currentTarget.value}`) },
    ['creator', 'administrator', 'member', ''].map((role) => [role, inRole(role)]).filter(([, people]) => people.length)
      .map(([role, people]) => h('optgroup', { label: t(`role_${role || 'none'}`) }, people)));
}

export function showChats() {
  const order = [...state.chats.values()].sort((a, b) => rank(b) - rank(a));
  const found = order.filter((chat) => chatName(chat).toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()));
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.chat : null;
  arrange(list, found.length ? found.map(row) : [h('li.no-chats', {}, t('none'))]);
  if (focused) list.querySelector(`[data-chat="${focused}"]`)?.focus();
}

// A bot that one has not started yet leads; then the latest word does.
const rank = (chat) => last(chat.id)?.date ?? (chat.type === 'private' ? Infinity : 0);

function row(chat) {
  const latest = last(chat.id);
  const unread = unreadOf(chat.id);
  const kind = { channel: 'megaphone', group: 'group', supergroup: chat.is_forum ? 'forum' : 'group' }[chat.type];
  return h('li', {}, h('button.chat-row', { type: 'button', 'data-chat': String(chat.id), 'aria-current': String(chat.id === state.open), onclick: () => { show('telegram'); state.fromList = true; location.hash = `#${chat.id}`; } },
    chatAvatar(chat), h('div', {},
      h('div.row-top', {}, h('span.name', {}, kind && icon(kind), chatName(chat)), latest && h('time', {}, brief(latest.date))),
      h('div.row-bottom', {}, h('span.last', {}, latest ? gist(chat, latest) : quiet(chat)),
        unread ? h('span.badge', { class: state.muted.has(chat.id) ? 'muted' : '' }, String(unread)) : null))));
}

function quiet(chat) {
  if (chat.type === 'private') return t('pressStart');
  return t(chat.type === 'channel' ? 'channelCreated' : 'created');
}

function gist(chat, message) {
  const who = isMine(message) ? t('you') : chat.type === 'group' || chat.type === 'supergroup' ? message.from.first_name : null;
  const picture = message.photo && h('img', { src: fileAddress(message.photo.file_id), alt: '' });
  const line = (message.text || '').split('\n').find((text) => text.trim()) ?? t(message.photo ? 'photo' : message.voice ? 'voice' : 'document');
  return [who && h('b', {}, `${who}: `), picture, line];
}

