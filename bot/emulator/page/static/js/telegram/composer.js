// The foot of the conversation: writing, the command menu, START, and what a reader of a channel can do.

import * as api from '../shared/api.js';
import { attachButton } from './attach.js';
import { h, icon } from '../shared/dom.js';
import { language, t } from '../shared/i18n.js';
import { inlineWords, offerer } from './inline.js';
import { pieces } from '../shared/pieces.js';
import { inThread, setBlocked, state, toggleMuted } from './store.js';
import { toast } from '../shared/toast.js';

// Characters of one message.
const LONGEST = 4096;

const drafts = new Map();
let foot;
let menu = null;
let asked = 0;
const { offer, drop } = offerer({
  place(list) {
    closeMenu();
    menu = list;
    foot.append(menu);
  },
  chosen: share,
});

export function showFoot(place, chat) {
  foot = place;
  closeMenu();
  if (chat.type === 'private' && chat.blocked) foot.replaceChildren(wide('unblock', () => setBlocked(false)));
  else if (chat.type === 'private' && inThread(chat.id, null).length === 0) foot.replaceChildren(wide('start', () => say('/start'), 'start'));
  else if (chat.type === 'channel') foot.replaceChildren(wide(state.muted.has(chat.id) ? 'unmute' : 'mute', () => toggleMuted(chat.id)));
  else foot.replaceChildren(composer(chat));
}

const wide = (key, onclick, extra = '') => h('button.wide-button', { type: 'button', class: extra, onclick }, t(key));

// One after the other: what is typed quickly arrives in its order. *unsent* takes what could not be said.
let saying = Promise.resolve();
export function say(text, unsent = () => {}) {
  const message = { ...here(), text };
  inTurn(() => api.say(message), () => unsent(text));
}

function inTurn(sending, failed = () => {}) {
  saying = saying.then(sending).catch((error) => {
    toast(t('failed', { reason: error.message }));
    failed();
  });
}

function here() {
  const place = { chat: state.open, from: state.me.id };
  if (state.thread !== null && state.thread !== 1) place.thread = state.thread;
  return place;
}

// Give back what could not be sent, after what stands there already.
function keep(key, text) {
  const kept = [drafts.get(key), text].filter(Boolean).join('\n');
  drafts.set(key, kept);
  const field = foot.querySelector('textarea');
  if (!field || key !== `${state.open}:${state.thread}`) return;
  field.value = kept;
  fit(field);
}

function composer(chat) {
  const key = `${chat.id}:${state.thread}`;
  const topic = chat.topics?.find(({ id }) => id === state.thread);
  const hint = topic ? t('writeTo', { topic: topic.name }) : t('write');
  const field = h('textarea', { rows: 1, placeholder: hint, 'aria-label': hint, value: drafts.get(key) ?? '', dir: 'auto' });
  const send = () => {
    const text = field.value.trim();
    if (!text) return;
    field.value = '';
    drafts.delete(key);
    fit(field);
    closeMenu();
    for (const piece of pieces(text, LONGEST)) say(piece, (unsent) => keep(key, unsent));
  };
  field.addEventListener('input', () => {
    drafts.set(key, field.value);
    fit(field);
    const typed = /^\/\w*$/.exec(field.value);
    const wanted = inlineWords(field.value);
    if (typed) openMenu(typed[0].slice(1));
    else if (wanted !== null) offer(wanted);
    else closeMenu();
  });
  field.addEventListener('keydown', (event) => typedKey(event, field, send));
  const menuButton = h('button.menu-button', { type: 'button', 'aria-expanded': 'false', 'aria-label': `${t('menu')}: ${t('commands')}`, onclick: () => (menu ? closeMenu() : openMenu('')) }, icon('menu'), t('menu'));
  const caption = () => {
    const text = field.value.trim();
    if (text) emptied();
    return text;
  };
  requestAnimationFrame(() => {
    fit(field);
    // Not from a button of the conversation, the other phone or the desk: whoever is there by then uses it.
    const isUsed = document.activeElement?.closest('.message, #zalo, #agency');
    if (!isUsed && matchMedia('(min-width: 721px)').matches) field.focus({ preventScroll: true });
  });
  return h('form.composer', { onsubmit: (event) => { event.preventDefault(); send(); } },
    h('div.field', {}, menuButton, field, attachButton(here, caption, inTurn)), h('button.send', { type: 'submit', 'aria-label': t('send') }, icon('send')));
}

function fit(field) {
  field.style.height = '40px';
  field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
}

function typedKey(event, field, send) {
  if (event.isComposing) return;
  const chosen = menu?.querySelector('.chosen');
  if (event.key === 'Escape' && menu) closeMenu();
  else if (menu && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) choose(event.key === 'ArrowDown' ? 1 : -1);
  else if (event.key === 'Enter' && !event.shiftKey && chosen) chosen.click();
  else if (event.key === 'Enter' && !event.shiftKey) send();
  else return;
  event.preventDefault();
}

function choose(step) {
  const items = [...menu.children];
  const next = (items.findIndex((item) => item.classList.contains('chosen')) + step + items.length) % items.length;
  items.forEach((item, index) => item.classList.toggle('chosen', index === next));
  items[next].scrollIntoView({ block: 'nearest' });
}

async function openMenu(start) {
  const place = state.open;
  const mine = ++asked;
  const all = await api.commands(state.open, state.me.id, language()).catch(() => []);
  // Meanwhile it was sent, or one typed on.
  if (mine !== asked) return;
  const commands = all.filter(({ command }) => command.startsWith(start));
  closeMenu();
  if (!commands.length || place !== state.open) return;
  menu = h('div.commands', { role: 'menu', 'aria-label': t('commands') }, commands.map(({ command, description }) =>
    h('button', { type: 'button', role: 'menuitem', onclick: () => run(command) }, h('b', {}, `/${command}`), h('span', {}, description))));
  foot.append(menu);
  foot.querySelector('.menu-button')?.setAttribute('aria-expanded', 'true');
}

function emptied() {
  const field = foot.querySelector('textarea');
  field.value = '';
  drafts.delete(`${state.open}:${state.thread}`);
  fit(field);
  field.focus();
  closeMenu();
}

function run(command) {
  emptied();
  say(`/${command}`);
}

async function share(query, result) {
  const choice = { ...here(), query, result };
  emptied();
  await api.chooseInline(choice).catch((error) => toast(t('failed', { reason: error.message })));
}

function closeMenu() {
  asked += 1;
  drop();
  menu?.remove();
  menu = null;
  foot?.querySelector('.menu-button')?.setAttribute('aria-expanded', 'false');
}

document.addEventListener('pointerdown', (event) => {
  if (menu && !foot.contains(event.target)) closeMenu();
});
document.addEventListener('click', (event) => {
  const command = event.target.closest?.('button.command')?.dataset.command;
  if (command) say(command);
});
