// What the Zalo phone knows: the bot, if there is one, and the chat that the person being played has with it.

import { isShown } from '../phones.js';
import { zaloWorld } from '../shared/api.js';

export const state = { person: null, bot: null, chat: null, messages: [], unread: 0 };

const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);
const changed = (what) => listeners.forEach((listener) => listener(what));

const isWatched = () => document.visibilityState === 'visible' && isShown('zalo');

// Messages that come while the chat is being fetched wait: the answer may be older than they are.
let waiting = null;

export async function load(person) {
  state.person = person;
  if (waiting) return;
  waiting = [];
  try {
    const { bot, chat } = await zaloWorld(person.id);
    state.bot = bot;
    state.chat = chat?.id ?? null;
    state.messages = chat?.messages ?? [];
    changed({ kind: 'loaded' });
  } catch (error) {
    changed({ kind: 'failed', error });
  }
  const late = waiting;
  waiting = null;
  late.forEach(happened);
}

export function happened(message) {
  if (waiting) {
    waiting.push(message);
    return;
  }
  if (message.chat !== state.chat || state.messages.some(({ message_id: id }) => id === message.message_id)) return;
  state.messages.push(message);
  if (message.from_bot && !isWatched()) state.unread += 1;
  changed({ kind: 'message', message });
}

// Nothing is seen on a phone that is out of sight.
export function seen() {
  if (isWatched()) state.unread = 0;
}
