// Puts the page together and lets it follow what happens.

import * as phones from './phones.js';
import { showDesk, startDesk } from './shared/agency.js';
import * as api from './shared/api.js';
import { t } from './shared/i18n.js';
import { toast } from './shared/toast.js';
import * as chatlist from './telegram/chatlist.js';
import { refreshTopics, showConversation, showMessages } from './telegram/conversation.js';
import { showFoot } from './telegram/composer.js';
import { followDeepLinks } from './telegram/deeplink.js';
import { answered } from './telegram/message.js';
import { nameOf } from './telegram/people.js';
import * as telegram from './telegram/store.js';
import * as phone from './zalo/phone.js';
import * as zalo from './zalo/store.js';

const { inThread, open, seen, state } = telegram;

const app = document.getElementById('app');

function showChats() {
  chatlist.showChats();
  showUnread();
}

const showUnread = () => phones.showSwitch({ telegram: telegram.unreadInAll(), zalo: zalo.state.unread });

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

telegram.onChange(({ kind, message, answer, error }) => {
  switch (kind) {
    case 'loaded': chatlist.showFrame(); showChats(); follow(); zalo.load({ id: String(state.me.id), name: nameOf(state.me) }); break;
    case 'opened': showConversation(); showChats(); break;
    case 'language': chatlist.showFrame(); showChats(); showConversation(); phone.showPhone(); showDesk(); break;
    case 'message': hear(message, true); break;
    case 'edited': case 'deleted': hear(message, false); break;
    case 'callback_answer': answered(answer); break;
    case 'failed': toast(t('failed', { reason: error.message })); break;
    case 'connection': document.getElementById('connection').textContent = state.connected ? '' : t('lost'); break;
  }
});

zalo.onChange(({ kind, message, error }) => {
  switch (kind) {
    case 'loaded': phones.offerZalo(zalo.state.bot !== null); phone.loaded(); break;
    case 'message': phone.showMessages({ arrived: [message] }); break;
    case 'failed': toast(t('failed', { reason: error.message })); break;
  }
  showUnread();
});

// What is in sight now was seen.
function looked() {
  zalo.seen();
  if (state.open !== null) seen();
  showChats();
}

addEventListener('hashchange', follow);
document.addEventListener('visibilitychange', looked);
phones.startPhones(looked);
followDeepLinks();
startDesk();
// Watch first and fetch then, so that nothing falls between; the same after every lost connection.
api.follow({
  happened: (kind, content) => (kind === 'zalo' ? zalo.happened(content) : telegram.happened(kind, content)),
  opened: telegram.opened,
  lost: telegram.lost,
});
