// The centre: who one talks with, and what was said.

import { arrange, h, icon } from './dom.js';
import { deskButton } from './agency.js';
import { t } from './i18n.js';
import { messageElement } from './message.js';
import { about, avatar, chatAvatar, chatName } from './people.js';
import { inThread, isMine, seen, setBlocked, state, unreadKey } from './store.js';
import { dayKey, dayName } from './time.js';
import { showFoot } from './composer.js';

const column = document.getElementById('conversation');
const TOGETHER = 600;
const NEAR = 140;
const drawn = new Map();

const messages = h('div.messages', { role: 'log', 'aria-live': 'polite' });
const stream = h('div.stream', { tabIndex: -1 }, messages);
const foot = h('div.foot');
const unseen = h('span.badge', { hidden: true });
const toBottom = h('button.to-bottom', { type: 'button', hidden: true, onclick: () => scrollDown('smooth') }, icon('down'), unseen);
let missed = 0;

// Only the reader scrolls up: on the way down, smoothly, to what has just arrived, the end stays the aim.
stream.addEventListener('scroll', () => {
  atEnd = nearBottom() || (atEnd && stream.scrollTop >= lastTop);
  lastTop = stream.scrollTop;
  if (atEnd) missed = 0;
  showDownButton();
}, { passive: true });

// Whoever reads the end keeps reading it when the foot grows, a preview loads or the window changes.
let atEnd = true;
let lastTop = 0;
new ResizeObserver(() => { if (atEnd) scrollDown(); }).observe(messages);
new ResizeObserver(() => { if (atEnd) scrollDown(); }).observe(stream);

const nearBottom = () => stream.scrollHeight - stream.scrollTop - stream.clientHeight < NEAR;
const scrollDown = (behavior = 'instant') => stream.scrollTo({ top: stream.scrollHeight, behavior });

function showDownButton() {
  toBottom.hidden = nearBottom();
  unseen.hidden = missed === 0;
  unseen.textContent = String(missed);
}

export function showConversation() {
  const chat = state.chats.get(state.open);
  if (!chat) return;
  drawn.clear();
  missed = 0;
  toBottom.setAttribute('aria-label', t('bottom'));
  column.replaceChildren(head(chat), ...(chat.is_forum ? [topics(chat)] : []), stream, toBottom, foot);
  messages.replaceChildren();
  showFoot(foot, chat);
  showMessages({ jump: true });
}

function head(chat) {
  return h('header.head', {},
    h('button.round.back', { type: 'button', 'aria-label': t('back'), onclick: () => { location.hash = ''; } }, icon('back')),
    chatAvatar(chat, 'small'), h('div.about', {}, h('h1', {}, chatName(chat)), h('p', {}, about(chat))), deskButton(), chat.type === 'private' && more(chat));
}

function more(chat) {
  const item = h('button', { type: 'button', role: 'menuitem', onclick: () => setBlocked(!chat.blocked) }, t(chat.blocked ? 'unblock' : 'block'));
  const menu = h('ul', { role: 'menu', hidden: true }, h('li', { role: 'none' }, item));
  const button = h('button.round', { type: 'button', 'aria-label': t('more'), 'aria-haspopup': 'menu', 'aria-expanded': 'false', onclick: () => show(menu.hidden) }, icon('more'));
  const show = (shown) => {
    menu.hidden = !shown;
    button.setAttribute('aria-expanded', String(shown));
    if (shown) item.focus();
  };
  return h('div.more', { onfocusout: (event) => { if (!event.currentTarget.contains(event.relatedTarget)) show(false); }, onkeydown: (event) => { if (event.key === 'Escape') { show(false); button.focus(); } } }, button, menu);
}

function topics(chat) {
  const tab = (thread, name) => {
    const unread = thread === null ? 0 : state.unread.get(unreadKey(chat.id, thread)) ?? 0;
    return h('button', { type: 'button', role: 'tab', 'aria-selected': String(state.thread === thread), onclick: () => { location.hash = thread === null ? `#${chat.id}` : `#${chat.id}:${thread}`; } },
      name, unread ? h('span.badge', {}, String(unread)) : null);
  };
  const known = (chat.topics ?? []).filter((topic) => topic.state !== 'deleted' && topic.id !== 1);
  return h('div.topics', { role: 'tablist', 'aria-label': t('topics') }, tab(null, t('all')), tab(1, t('general')), known.map((topic) => tab(topic.id, topic.name)));
}

export function refreshTopics() {
  const chat = state.chats.get(state.open);
  if (chat?.is_forum) column.querySelector('.topics')?.replaceWith(topics(chat));
}

// Draw what is said in the open chat; keep the reader's place unless he reads the end, or wrote himself.
export function showMessages({ jump = false, arrived = null } = {}) {
  const chat = state.chats.get(state.open);
  if (!chat) return;
  const follows = jump || atEnd || (arrived !== null && isMine(arrived));
  const said = inThread(chat.id, state.thread);
  const nodes = said.length ? withDays(said, arrived) : [emptiness(chat)];
  messages.classList.toggle('empty', said.length === 0);
  arrange(messages, nodes);
  if (follows) {
    atEnd = true;
    scrollDown(jump ? 'instant' : 'smooth');
    seen();
  } else if (arrived !== null) missed += 1;
  showDownButton();
}

function withDays(said, arrived) {
  const nodes = [];
  said.forEach((message, index) => {
    const before = said[index - 1];
    if (ofOneAlbum(before, message)) return;
    const album = albumFrom(said, index);
    if (!before || dayKey(before.date) !== dayKey(message.date)) nodes.push(keyed(`day ${dayKey(message.date)}`, () => h('div.day', {}, dayName(message.date))));
    if (message.kind === 'service') {
      const text = serviceText(message);
      if (text) nodes.push(keyed(`service ${message.message_id}`, () => h('div.service', {}, text)));
      return;
    }
    const place = { first: !together(before, message), last: !together(message, said[index + album.length]) };
    nodes.push(keyed(`${place.first} ${place.last} ${JSON.stringify(album)}`, () => messageElement(message, place, album), album.includes(arrived)));
  });
  return nodes;
}

const ofOneAlbum = (one, other) => one?.media_group_id !== undefined && one.media_group_id === other?.media_group_id;

function albumFrom(said, start) {
  let end = start + 1;
  while (ofOneAlbum(said[start], said[end])) end += 1;
  return said.slice(start, end);
}

function keyed(key, make, arriving = false) {
  const name = `${state.open}:${state.thread} ${key}`;
  if (!drawn.has(name)) {
    const element = make();
    if (arriving) element.classList.add('arriving');
    drawn.set(name, element);
  }
  return drawn.get(name);
}

function together(one, other) {
  if (!one || !other || one.kind === 'service' || other.kind === 'service') return false;
  if (state.chats.get(one.chat).type === 'channel' || one.reply_markup) return false;
  return one.from.id === other.from.id && other.date - one.date < TOGETHER && dayKey(one.date) === dayKey(other.date);
}

function serviceText({ extra = {} }) {
  if (extra.forum_topic_created) return t('service_topic', { name: extra.forum_topic_created.name });
  if (extra.migrate_to_chat_id || extra.migrate_from_chat_id) return t('service_upgraded');
  return null;
}

function emptiness(chat) {
  if (chat.type === 'private') {
    return h('div.welcome', {}, avatar(state.bot.id, chatName(chat)), h('h2', {}, t('whatCan')), h('p', {}, state.bot.description || t('canDo')));
  }
  if (chat.is_forum && state.thread !== null) return h('div.service', {}, t('topicEmpty'));
  return h('div.service', {}, t(chat.type === 'channel' ? 'channelCreated' : 'created'));
}
