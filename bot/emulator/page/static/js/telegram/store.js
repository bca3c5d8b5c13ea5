// What the page knows: who is there, which messages, what was not yet seen. It tells listeners when that changes.

import { isShown } from '../phones.js';
import * as api from '../shared/api.js';

const listeners = new Set();
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
const changed = (what) => listeners.forEach((listener) => listener(what));

export const state = {
  me: null, people: [], bot: null, chats: new Map(), threads: new Map(), unread: new Map(), muted: new Set(JSON.parse(localStorage.getItem('muted') ?? '[]')),
  open: null, thread: null, connected: true, fromList: false,
};

// Events that come while the world is being fetched wait: the answer may be older than they are.
let waiting = null;

// Chats that are not ours to see, so that what happens there is fetched once at most.
const foreign = new Set();

async function load() {
  if (waiting) return;
  waiting = [];
  try {
    const world = await api.world(new URLSearchParams(location.search).get('user'));
    state.bot = world.bot;
    state.me = world.user;
    state.people = world.people;
    state.chats = new Map(world.chats.map((chat) => [chat.id, chat]));
    state.threads = new Map(world.chats.map((chat) => [chat.id, new Map(chat.messages.map((message) => [message.message_id, message]))]));
    changed({ kind: 'loaded' });
    const late = waiting;
    waiting = null;
    for (const [kind, content] of late) happened(kind, content);
  } catch (error) {
    waiting = null;
    changed({ kind: 'failed', error });
  }
}

export const history = (chatId) => [...(state.threads.get(chatId)?.values() ?? [])].sort((a, b) => a.message_id - b.message_id);

export const inThread = (chatId, thread) =>
  history(chatId).filter((message) => thread === null || (message.thread ?? 1) === thread);

export const last = (chatId) => history(chatId).at(-1);
export const isMine = (message) => message.from?.id === state.me?.id && message.kind !== 'service';
export const unreadKey = (chatId, thread) => `${chatId}:${thread ?? ''}`;

export function unreadOf(chatId) {
  return [...state.unread].filter(([key]) => key.startsWith(`${chatId}:`)).reduce((sum, [, count]) => sum + count, 0);
}

// Of muted chats nothing is counted.
export const unreadInAll = () => [...state.chats.keys()].filter((id) => !state.muted.has(id)).reduce((sum, id) => sum + unreadOf(id), 0);

export function open(chatId, thread = null) {
  state.open = chatId;
  state.thread = thread;
  seen();
  changed({ kind: 'opened' });
}

// Nothing is seen on a phone that is out of sight.
export function seen() {
  if (!isWatched()) return;
  for (const key of state.unread.keys()) {
    if (key.startsWith(`${state.open}:`) && (state.thread === null || key === unreadKey(state.open, state.thread))) state.unread.delete(key);
  }
}

export function toggleMuted(chatId) {
  if (!state.muted.delete(chatId)) state.muted.add(chatId);
  localStorage.setItem('muted', JSON.stringify([...state.muted]));
  changed({ kind: 'opened' });
}

export async function setBlocked(blocked) {
  await api.setBlocked(state.me.id, blocked);
  state.chats.get(state.open).blocked = blocked;
  changed({ kind: 'opened' });
}

const isWatched = () => document.visibilityState === 'visible' && isShown('telegram');

const watching = (message) =>
  isWatched() && state.open === message.chat && (state.thread === null || state.thread === (message.thread ?? 1));

export function happened(kind, content) {
  if (waiting) waiting.push([kind, content]);
  else if (kind === 'described') load();
  else if (kind === 'callback_answer' || kind === 'inline_answer') changed({ kind, answer: content });
  else if (!state.chats.has(content.chat)) meet(content.chat);
  else if (kind === 'deleted') removed(content);
  else received(kind, content);
}

function meet(chatId) {
  if (foreign.has(chatId)) return;
  foreign.add(chatId);
  load();
}

function received(kind, message) {
  const known = state.threads.get(message.chat);
  const isNew = kind === 'message' && !known.has(message.message_id);
  known.set(message.message_id, message);
  if (isNew && !isMine(message) && !watching(message)) {
    const key = unreadKey(message.chat, message.thread ?? 1);
    state.unread.set(key, (state.unread.get(key) ?? 0) + 1);
  }
  changed({ kind, message });
}

function removed(message) {
  state.threads.get(message.chat).delete(message.message_id);
  changed({ kind: 'deleted', message });
}

// The connection is there, for the first time or again: something may have been missed.
export function opened() {
  state.connected = true;
  changed({ kind: 'connection' });
  foreign.clear();
  load();
}

export function lost() {
  state.connected = false;
  changed({ kind: 'connection' });
}

export const languageChanged = () => changed({ kind: 'language' });
