// What the page knows: who is there, which messages, what was not yet seen. It tells listeners when that changes.

import * as api from './api.js';

const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);
const changed = (what) => listeners.forEach((listener) => listener(what));

export const state = {
  me: null, bot: null, chats: new Map(), threads: new Map(), unread: new Map(), muted: new Set(JSON.parse(localStorage.getItem('muted') ?? '[]')),
  open: null, thread: null, connected: true,
};

export async function load() {
  const world = await api.world();
  state.bot = world.bots[0] ?? null;
  state.me = world.users[0] ?? null;
  state.chats = new Map(world.chats.map((chat) => [chat.id, chat]));
  const histories = await Promise.all(world.chats.map((chat) => api.messages(chat.id)));
  state.threads = new Map(world.chats.map((chat, index) => [chat.id, new Map(histories[index].map((item) => [item.message_id, item]))]));
  changed({ kind: 'loaded' });
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

export function open(chatId, thread = null) {
  state.open = chatId;
  state.thread = thread;
  seen();
  changed({ kind: 'opened' });
}

export function seen() {
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

const watching = (message) =>
  document.visibilityState === 'visible' && state.open === message.chat && (state.thread === null || state.thread === (message.thread ?? 1));

async function received(kind, message) {
  if (!state.chats.has(message.chat)) {
    await load();
    return;
  }
  state.threads.get(message.chat).set(message.message_id, message);
  if (kind === 'message' && !isMine(message) && !watching(message)) {
    const key = unreadKey(message.chat, message.thread ?? 1);
    state.unread.set(key, (state.unread.get(key) ?? 0) + 1);
  }
  changed({ kind, message });
}

export function live() {
  api.follow({
    happened(kind, content) {
      if (kind === 'message' || kind === 'edited') received(kind, content);
      else if (kind === 'deleted') {
        state.threads.get(content.chat)?.delete(content.message_id);
        changed({ kind, message: content });
      } else changed({ kind, answer: content });
    },
    lost() {
      state.connected = false;
      changed({ kind: 'connection' });
    },
    async again() {
      await load();
      state.connected = true;
      changed({ kind: 'connection' });
    },
  });
}

export const languageChanged = () => changed({ kind: 'language' });
