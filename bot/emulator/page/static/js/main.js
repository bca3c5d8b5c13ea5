// Puts the page together and lets it follow what happens.

import { showDesk, startDesk } from './agency.js';
import { showChats, showFrame } from './chatlist.js';
import { refreshTopics, showConversation, showMessages } from './conversation.js';
import { showFoot } from './composer.js';
import { followDeepLinks } from './deeplink.js';
import { t } from './i18n.js';
import { answered } from './message.js';
import { inThread, live, onChange, open, seen, state } from './store.js';
import { toast } from './toast.js';

const app = document.getElementById('app');

// The address says which chat is open, #-1001 or #-1001:5, so that a phone's back button leads to the list.
function follow() {
  const [, chat, thread] = /^#(-?\d+)(?::(\d+))?$/.exec(location.hash) ?? [];
  const named = chat !== undefined && state.chats.has(Number(chat));
  app.classList.toggle('chat-open', named);
  const first = [...state.chats.values()].find(({ type }) => type === 'private') ?? [...state.chats.values()][0];
  const target = named ? Number(chat) : matchMedia('(max-width: 720px)').matches ? null : first?.id;
  if (target !== null && target !== undefined) open(target, thread ? Number(thread) : null);
  else {
    state.open = null;
    showChats();
  }
}

// What comes in one breath is drawn at once: measuring the page for each of a hundred messages would take long.
const BREATH = 20;
let heard = [];

function hear(message, isNew) {
  heard.push({ message, isNew });
  if (heard.length === 1) setTimeout(drawHeard, BREATH);
}

function drawHeard() {
  const here = heard.filter(({ message }) => message.chat === state.open);
  heard = [];
  if (here.length) {
    const wasEmpty = document.querySelector('.messages.empty') !== null;
    showMessages({ arrived: here.filter(({ isNew }) => isNew).map(({ message }) => message) });
    if (wasEmpty || inThread(state.open, null).length === 0) showFoot(document.querySelector('.foot'), state.chats.get(state.open));
    refreshTopics();
  }
  showChats();
}

onChange(({ kind, message, answer, error }) => {
  switch (kind) {
    case 'loaded': showFrame(); showChats(); follow(); break;
    case 'opened': showConversation(); showChats(); break;
    case 'language': showFrame(); showChats(); showConversation(); showDesk(); break;
    case 'message': hear(message, true); break;
    case 'edited': case 'deleted': hear(message, false); break;
    case 'callback_answer': answered(answer); break;
    case 'failed': toast(t('failed', { reason: error.message })); break;
    case 'connection': document.getElementById('connection').textContent = state.connected ? '' : t('lost'); break;
  }
});

addEventListener('hashchange', follow);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible' || state.open === null) return;
  seen();
  showChats();
});
followDeepLinks();
startDesk();
live();
