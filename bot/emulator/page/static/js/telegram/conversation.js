// The centre: who one talks with, and what was said.

import { arrange, h, icon } from '../shared/dom.js';
import { deskButton } from '../shared/agency.js';
import { t } from '../shared/i18n.js';
import { follower } from '../shared/follower.js';
import { messageElement } from './message.js';
import { about, avatar, chatAvatar, chatName } from './people.js';
import { inThread, isMine, seen, setBlocked, state, unreadKey } from './store.js';
import { dayKey, dayName } from '../shared/time.js';
import { showFoot } from './composer.js';

const column = document.getElementById('conversation');
const TOGETHER = 600;
const drawn = new Map();

const messages = h('div.messages', { role: 'log', 'aria-live': 'polite' });
const stream = h('div.stream', { tabIndex: 0, role: 'region' }, messages);
const foot = h('div.foot');
const unseen = h('span.badge', { hidden: true });
const toBottom = h('button.to-bottom', { type: 'button', hidden: true }, icon('down'), unseen);
const scroller = follower(stream, messages, toBottom, unseen);

export function showConversation() {
  const chat = state.chats.get(state.open);
  if (!chat) return;
  drawn.clear();
  scroller.begin();
  toBottom.setAttribute('aria-label', t('bottom'));
  stream.setAttribute('aria-label', t('messages'));
  column.replaceChildren(head(chat), ...(chat.is_forum ? [topics(chat)] : []), stream, toBottom, foot);
  messages.replaceChildren();
  showFoot(foot, chat);
  showMessages({ jump: true });
}

function head(chat) {
  return h('header.head', {},
    h('button.round.back', { type: 'button', 'aria-label': t('back'), onclick: leave }, icon('back')),
    chatAvatar(chat, 'small'), h('div.about', {}, h('h1', {}, chatName(chat)), h('p', {}, about(chat))), deskButton(), chat.type === 'private' && more(chat));
}

// The way back to the list is the way one came, so that the browser's own button does not lead into the chat again.
function leave() {
  if (state.fromList) history.back();
  else location.hash = '';
  state.fromList = false;
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
    return h('button', { type: 'button', role: 'tab', 'aria-selected': String(state.thread === thread), onclick: () => location.replace(thread === null ? `#${chat.id}` : `#${chat.id}:${thread}`) },
      name, unread ? h('span.badge', {}, String(unread)) : null);
  };
  const known = (chat.topics ?? []).filter((topic) => topic.state !== 'deleted' && topic.id !== 1);
  return h('div.topics', { role: 'tablist', 'aria-label': t('topics'), onkeydown: stepAlong }, tab(null, t('all')), tab(1, t('general')), known.map((topic) => tab(topic.id, topic.name)));
}

function stepAlong(event) {
  const step = { ArrowRight: 'nextElementSibling', ArrowLeft: 'previousElementSibling' }[event.key];
  if (step) event.target[step]?.focus();
}

export function refreshTopics() {
  const chat = state.chats.get(state.open);
  const shown = column.querySelector('.topics');
  if (!chat?.is_forum || !shown) return;
  const held = [...shown.children].indexOf(document.activeElement);
  const fresh = topics(chat);
  shown.replaceWith(fresh);
  fresh.children[held]?.focus();
}

// Draw what is said in the open chat; keep the reader's place unless he reads the end, or wrote himself.
export function showMessages({ jump = false, arrived = [] } = {}) {
  const chat = state.chats.get(state.open);
  if (!chat) return;
  const said = inThread(chat.id, state.thread);
  const nodes = said.length ? withDays(said, arrived) : [emptiness(chat)];
  messages.classList.toggle('empty', said.length === 0);
  const held = heldFocus();
  arrange(messages, nodes);
  giveBack(held);
  if (scroller.arrived(arrived.length, { jump, mine: arrived.some(isMine) })) seen();
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
    nodes.push(keyed(`${place.first} ${place.last} ${album.map(version)}`, () => messageElement(message, place, album), album.some((photo) => arrived.includes(photo))));
  });
  return nodes;
}

const ofOneAlbum = (one, other) => one?.media_group_id !== undefined && one.media_group_id === other?.media_group_id;

function albumFrom(said, start) {
  let end = start + 1;
  while (ofOneAlbum(said[start], said[end])) end += 1;
  return said.slice(start, end);
}

// A message that was edited is another object: its number tells the two apart.
const versions = new WeakMap();
let lastVersion = 0;
function version(message) {
  if (!versions.has(message)) versions.set(message, ++lastVersion);
  return versions.get(message);
}

// Whoever pressed a button by keyboard stays on it when its message is drawn anew.
const within = (message) => [...message.querySelectorAll('a, button, [tabindex]')];
function heldFocus() {
  const message = document.activeElement?.closest?.('.message');
  return message ? { id: message.id, index: within(message).indexOf(document.activeElement) } : null;
}

function giveBack(held) {
  if (!held || document.activeElement?.closest?.('.message')) return;
  const message = document.getElementById(held.id);
  const places = message ? within(message) : [];
  (places[held.index] ?? places.at(-1) ?? stream).focus({ preventScroll: true });
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
    return h('div.welcome', {}, avatar(state.bot.id, chatName(chat)), h('h2', {}, t('whatCan')), h('p', {}, state.bot.description));
  }
  if (chat.is_forum && state.thread !== null) return h('div.service', {}, t('topicEmpty'));
  return h('div.service', {}, t(chat.type === 'channel' ? 'channelCreated' : 'created'));
}
