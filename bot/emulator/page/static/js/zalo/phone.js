// The Zalo phone: who one talks with, what was said, and a field to write in.

import { deskButton } from '../shared/agency.js';
import { arrange, h, icon } from '../shared/dom.js';
import { follower } from '../shared/follower.js';
import { t } from '../shared/i18n.js';
import { composer } from './composer.js';
import { botFace, elements } from './messages.js';
import { seen, state } from './store.js';

const column = document.getElementById('zalo');
const drawn = new Map();
const messages = h('div.z-messages', { role: 'log', 'aria-live': 'polite' });
const stream = h('div.z-stream', { tabIndex: 0, role: 'region' }, messages);
const unseen = h('span.badge', { hidden: true });
const toBottom = h('button.to-bottom', { type: 'button', hidden: true }, icon('down'), unseen);
const scroller = follower(stream, messages, toBottom, unseen);

const botName = () => state.bot.display_name || state.bot.account_name;

// The chat was fetched, perhaps once more: whoever is writing goes on writing.
export function loaded() {
  if (state.bot === null || column.hidden) showPhone();
  else showMessages();
}

export function showPhone() {
  column.hidden = state.bot === null;
  if (column.hidden) return;
  column.setAttribute('aria-label', t('zaloPhone'));
  stream.setAttribute('aria-label', t('zaloMessages'));
  toBottom.setAttribute('aria-label', t('bottom'));
  drawn.clear();
  scroller.begin();
  column.replaceChildren(
    h('header.z-head', {}, botFace(), h('div.z-about', {}, h('h2', {}, botName()), h('p', {}, t('zaloBot'))), deskButton()),
    h('div.z-body', {}, stream, toBottom), composer());
  showMessages({ jump: true });
}

export function showMessages({ jump = false, arrived = [] } = {}) {
  const said = state.messages;
  const shown = said.length ? elements(said, { drawn, arrived, speaker: botName() }) : [welcome()];
  messages.classList.toggle('empty', said.length === 0);
  arrange(messages, shown);
  if (scroller.arrived(arrived.length, { jump, mine: arrived.some((message) => !message.from_bot) })) seen();
}

const welcome = () => h('div.z-welcome', {}, botFace(), h('h3', {}, botName()), h('p', {}, t('zaloWelcome')));
